// While only weights move, many methods decode the same pictures in every frame: decode them once, and mix them again.

import { tensor } from "./runner.js";

const HEAD = ["z", "mix_first", "mix_second", "mix_logits"]; // what decides the pictures before they are mixed

/** Keeps a decoder's unmixed pictures for as long as the plan up to them stays the same. */
export class Shortcut {
  /**
   * @param {import("./runner.js").Graph} decoder
   * @param {import("./runner.js").Graph} mixing the graph mix_pictures, a decoder's last step alone
   */
  constructor(decoder, mixing) {
    this.decoder = decoder;
    this.mixing = mixing;
  }

  /**
   * The plan's picture, or null when its classes have to be decoded anew: with a plan that differs from the last one,
   * or one that mixes only a single row, which a decoder does as fast.
   * @param {Record<string, {data: Float32Array, dims: number[]}>} plan a blend graph's outputs
   * @param {{data: Float32Array}} keep
   * @returns {Promise<Float32Array|null>}
   */
  async picture(plan, keep) {
    if (!this.knows(plan, keep) || plan.mix_pixels.dims[1] < 2) return null;
    return this.mix(plan, keep, plan.mix_pixels);
  }

  /** The plan's rows mixed in other ways: (count, pixels) for mix_pixels (count, rows). */
  async mix(plan, keep, mix_pixels) {
    this.knows(plan, keep);
    this.pictures ??= await this.decode(plan, keep);
    return (await this.mixing.run({ pictures: this.pictures, mix_pixels, stretch: plan.stretch })).picture.data;
  }

  /** Whether this plan's pictures are the last one's; from now on it is the last one. */
  knows(plan, keep) {
    const parts = [...HEAD.map((name) => plan[name].data), keep.data];
    if (this.parts && parts.every((data, i) => equal(data, this.parts[i]))) return true;
    this.parts = parts.map((data) => data.slice());
    this.pictures = null;
    return false;
  }

  /** Every row's own picture as (rows, pixels). */
  async decode(plan, keep) {
    const rows = plan.mix_pixels.dims[1];
    const { pictures } = await this.decoder.run({ ...plan, mix_pixels: identity(rows), stretch: NONE, keep });
    return tensor(pictures.data, [rows, pictures.data.length / rows]);
  }
}

const NONE = { data: new Float32Array(1), dims: [] };

/** Latents z (rows, latent) decoded one by one: pictures (rows, channels, height, width). */
export async function unmixed(decoder, z, keep) {
  const eye = identity(z.dims[0]);
  const mixes = { mix_first: eye, mix_second: eye, mix_logits: eye, mix_pixels: eye };
  return (await decoder.run({ z, keep, ...mixes, stretch: NONE })).pictures;
}

/**
 * Whether two plans for the same classes and other shares mix nothing but finished pictures, and by the shares alone.
 * @param {object[]} plans of a blend graph
 * @param {number[][]} shares of each plan
 */
export function onlyPixels(plans, shares) {
  const [first] = plans;
  const rows = shares[0].length;
  const eye = identity(rows).data;
  return plans.every(
    (plan, i) =>
      plan.mix_pixels.data.length === rows &&
      HEAD.slice(1).every((name) => equal(plan[name].data, eye)) &&
      equal(plan.z.data, first.z.data) &&
      equal(plan.stretch.data, first.stretch.data) &&
      plan.mix_pixels.data.every((weight, row) => Math.abs(weight - shares[i][row]) < 1e-6),
  );
}

function identity(rows) {
  const eye = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) eye[i * rows + i] = 1;
  return { data: eye, dims: [rows, rows] };
}

/** Whether two arrays hold the same numbers. */
export function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
