// What one frame computes and draws: the blend and its evidence first, then everything that is made from the same values.

import { joined } from "../engine/arrays.js";
import { LeaveOneOut } from "../engine/leave_one_out.js";
import { expose } from "../ui/for_tests.js";

const SMALL = ["centre", "eigen", "plain"];

/**
 * Draws the blend of the newest values and reads it; what follows is left in the view's `jobs`.
 * @param {import("./desk.js").Desk} desk
 * @param {import("../engine/pictures.js").PictureMaker} studio
 * @param {import("../engine/mix.js").Mix} mix
 * @param {boolean} moving whether shortcuts may be taken; the picture that stays is made without, so that it has the same
 *   bits after a reload
 * @returns {Promise<object>} the view: values, the pictures and figures made of them by part, and the jobs
 */
export async function paint(desk, studio, mix, moving) {
  const values = { ...valuesOf(mix, studio), moving };
  const { picture, place } = await studio.blend(values);
  const view = { studio, values, place, resting: !moving, pictures: { blend: picture }, bits: {}, sharpness: {}, measured: {} };
  desk.board.pictures.draw("blend", picture, studio.props.dataset.shape);
  expose("pictures", { blend: picture, place: place.data, values }, moving); // what follows keeps its last values until then
  view.judged = values.rows.filter((row) => row < studio.props.dataset.classes.length);
  if (studio.judge) {
    await rate(view, ["blend"]);
    view.lost = lostOf(studio, view);
  }
  view.jobs = jobsOf(desk, view);
  return view;
}

/** What follows the blend, in order; `slow` is what frames may do without for a while. */
function jobsOf(desk, view) {
  const { studio } = view;
  const { board } = desk;
  const parts = SMALL.filter((part) => studio.has(part));
  const jobs = parts.map((part) => ({
    name: part,
    step: async () => {
      view.pictures[part] = await studio.other(part, view.values);
      expose("pictures", { [part]: view.pictures[part] });
      board.pictures.draw(part, view.pictures[part], studio.props.dataset.shape);
      return true;
    },
  }));
  if (parts.length && studio.judge) {
    jobs.push({
      name: "rates",
      step: async () => {
        const made = parts.filter((part) => view.pictures[part]);
        if (made.length) await rate(view, made);
        return made.length === parts.length;
      },
    });
  }
  if (board.map.places && studio.places?.[board.map.kind] === board.map.places) {
    const { shares } = desk.mix;
    jobs.push({
      name: "marker",
      step: async () => {
        const marker = await board.map.places.of(view.place);
        board.map.mark(marker, shares);
        expose("pictures", { marker });
        return true;
      },
    });
  }
  if (view.lost) {
    for (const part of ["blend", ...parts]) {
      jobs.push({ name: `without ${part}`, slow: true, step: (room) => view.lost.some(part, view, studio, room) });
    }
  }
  return jobs;
}

/** Has pictures of a view judged and their sharpness measured. */
async function rate(view, parts) {
  const { studio } = view;
  const all = parts.length === 1 ? view.pictures[parts[0]] : joined(parts.map((part) => view.pictures[part]));
  const bits = await studio.bits(all, parts.length);
  const sharpness = studio.sharpness ? await studio.crispness(all, parts.length) : [];
  const classes = bits.length / parts.length;
  parts.forEach((part, i) => {
    view.bits[part] = bits.slice(i * classes, (i + 1) * classes);
    view.sharpness[part] = sharpness[i];
  });
  expose("pictures", { bits: view.bits.blend, bitsOf: view.bits, sharpness: view.sharpness });
}

/** The leave-one-out that goes on from the last frame's, or null where some class is not in the blend. */
function lostOf(studio, { values: { rows }, judged }) {
  if (judged.length < studio.props.dataset.classes.length || judged.length < 2) return null;
  const key = rows.join();
  if (studio.lost?.key !== key) {
    studio.lost = new LeaveOneOut(judged.map((row) => rows.indexOf(row)), judged);
    studio.lost.key = key;
  }
  return studio.lost;
}

/** The graphs' values of a mix: only classes with a share, as the others add nothing. */
function valuesOf(mix, studio) {
  const { n, seed, depth, k, method } = mix.rest;
  const shares = mix.shares;
  const used = mix.chosen.map((row, i) => ({ row, share: shares[i] })).filter(({ share }) => share > 0);
  return {
    rows: used.map(({ row }) => row),
    shares: used.map(({ share }) => share),
    theta: mix.theta, n, seed, depth, k,
    // A method whose graph is still on its way: the one that was there first goes on until then.
    method: studio.methods[method] ? method : Object.keys(studio.methods)[0],
  };
}
