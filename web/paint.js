// What one frame computes and draws: the blend first, then everything that is made from the same values.

import { Loop } from "./loop.js";

const ROOM = 9; // ms after which the rest of the pictures waits for the next frame, so that the blend stays quick

/**
 * @param {import("./desk.js").Desk} desk
 * @param {import("./studio.js").Studio} studio
 * @param {import("./mix.js").Mix} mix
 * @param {boolean} moving whether shortcuts may be taken; the picture that stays is made without, so that it has the same
 *   bits after a reload
 * @returns {Promise<number>} ms that were spent waiting for another frame
 */
export async function paint(desk, studio, mix, moving) {
  const began = performance.now();
  const { board } = desk;
  const shape = studio.spec.dataset.shape;
  const values = { ...valuesOf(mix, studio), moving };
  const blend = await studio.blend(values);
  board.pictures.draw("blend", blend.picture, shape);
  const seen = { blend: blend.picture, place: blend.place.data, values };
  let idle = 0;
  if (performance.now() - began > ROOM) {
    const from = performance.now();
    await Loop.next();
    idle = performance.now() - from;
    if (studio !== desk.studio) return idle;
  }
  if (studio.classifier) {
    seen.guess = await studio.guess(blend.picture);
    board.guess.show(seen.guess);
  }
  if (studio.centre) {
    seen.centre = (await studio.centreOfMass(values)).picture;
    board.pictures.draw("centre", seen.centre, shape);
    if (studio.linear) {
      seen.eigen = (await studio.eigenImage(values)).picture;
      board.pictures.draw("eigen", seen.eigen, shape);
    }
  }
  if (studio.average) {
    seen.plain = await studio.plainAverage(values);
    board.pictures.draw("plain", seen.plain, shape);
  }
  if (board.map.places && studio.places?.[board.map.kind] === board.map.places) {
    seen.marker = await board.map.places.of(blend.place);
    board.map.mark(seen.marker, mix.shares);
  }
  window.medleyPictures = seen;
  desk.root.dataset.ready = desk.complete === studio ? "all" : "blend";
  return idle;
}

/** The graphs' values of a mix: only classes with a share, as the others add nothing. */
function valuesOf(mix, studio) {
  const { theta, n, seed, depth, k, method } = mix.rest;
  const shares = mix.shares;
  const used = mix.chosen.map((row, i) => ({ row, share: shares[i] })).filter(({ share }) => share > 0);
  return {
    rows: used.map(({ row }) => row),
    shares: used.map(({ share }) => share),
    theta, n, seed, depth, k,
    // A method whose graph is still on its way: the one that was there first goes on until then.
    method: studio.methods[method] ? method : Object.keys(studio.methods)[0],
  };
}
