// While only weights move, many methods decode the same pictures in every frame: decode them once, and mix them again.

import { equal, identity } from "./arrays.js";
import { tensor } from "./runner.js";

/** @typedef {import("./arrays.js").Floats} Floats */
/** A blend graph's outputs: what the decoder is to do. @typedef {import("./runner.js").Results} Plan */

const HEAD = ["z", "mix_first", "mix_second", "mix_logits"]; // what decides the pictures before they are mixed
const NONE = { data: new Float32Array(1), dims: [] };

/** Keeps a decoder's unmixed pictures for as long as the plan up to them stays the same. */
export class Shortcut {
  /** What the pictures are of. @type {Float32Array[]|null} */
  parts = null;
  /** (rows, pixels) of the last plan, once they were asked for. @type {Floats|null} */
  pictures = null;

  /**
   * @param {import("./runner.js").Graph} decoder
   * @param {import("./runner.js").Graph} mixing the graph mix_pictures, a decoder's last step alone
   * @param {ArrayLike<number>} ground the colour behind what is drawn, 0..1 for each channel
   */
  constructor(decoder, mixing, ground) {
    this.decoder = decoder;
    this.mixing = mixing;
    this.ground = ground;
    /** A picture of nothing but ground, (pixels,). @type {Floats|null} */
    this.sheet = null;
  }

  /**
   * The plan's picture, or null when its classes have to be decoded anew: with a plan that differs from the last one,
   * or one that mixes only a single row, which a decoder does as fast.
   * @param {Plan} plan
   * @param {Floats} keep the decoder's input of that name
   * @returns {Promise<Float32Array|null>}
   */
  async picture(plan, keep) {
    if (!this.knows(plan, keep) || plan.mix_pixels.dims[1] < 2) return null;
    return this.mix(plan, keep, plan.mix_pixels);
  }

  /**
   * The plan's rows mixed in other ways.
   * @param {Plan} plan
   * @param {Floats} keep
   * @param {Plan[string]} mix_pixels (count, rows)
   * @returns {Promise<Float32Array>} (count * pixels)
   */
  async mix(plan, keep, mix_pixels) {
    this.knows(plan, keep);
    const pictures = (this.pictures ??= await this.decode(plan, keep));
    this.sheet ??= sheetOf(this.ground, pictures.dims[1]);
    return (await this.mixing.run({ pictures, mix_pixels, stretch: plan.stretch, ground: this.sheet })).picture.data;
  }

  /**
   * Whether this plan's pictures are the last one's; from now on it is the last one.
   * @param {Plan} plan
   * @param {Floats} keep
   */
  knows(plan, keep) {
    const parts = [...HEAD.map((name) => plan[name].data), keep.data];
    const last = this.parts;
    if (last && parts.every((data, i) => equal(data, last[i]))) return true;
    this.parts = parts.map((data) => data.slice());
    this.pictures = null;
    return false;
  }

  /**
   * Every row's own picture, (rows, pixels).
   * @param {Plan} plan
   * @param {Floats} keep
   */
  async decode(plan, keep) {
    const rows = plan.mix_pixels.dims[1];
    const { pictures } = await this.decoder.run({ ...plan, mix_pixels: identity(rows), stretch: NONE, keep });
    return tensor(pictures.data, [rows, pictures.data.length / rows]);
  }
}

/**
 * A picture of nothing but ground, (pixels,).
 * @param {ArrayLike<number>} ground 0..1 for each channel
 * @param {number} pixels of all channels
 */
export function sheetOf(ground, pixels) {
  const plane = pixels / ground.length;
  return tensor(Float32Array.from({ length: pixels }, (_, i) => ground[Math.floor(i / plane)]), [pixels]);
}

/**
 * A decoder's inputs that mix nothing: a picture per row of z. `keep` is still to be given.
 * @param {Floats} z (rows, latent)
 */
export function unmixing(z) {
  const eye = identity(z.dims[0]);
  return { z, mix_first: eye, mix_second: eye, mix_logits: eye, mix_pixels: eye, stretch: NONE };
}

/**
 * Latents decoded one by one.
 * @param {import("./runner.js").Graph} decoder
 * @param {{data: Float32Array, dims: number[]}} z (rows, latent)
 * @param {Floats} keep
 * @returns {Promise<Floats>} pictures (rows, channels, height, width)
 */
export async function unmixed(decoder, z, keep) {
  return (await decoder.run({ ...unmixing(z), keep })).pictures;
}

/**
 * Whether plans for the same classes and other shares mix nothing but finished pictures, and by the shares alone.
 * @param {Plan[]} plans
 * @param {number[][]} shares of each plan
 */
export function onlyPixels(plans, shares) {
  const [first] = plans;
  const rows = shares[0].length;
  const eye = identity(rows).data;
  return plans.every((plan, i) => {
    const weights = /** @type {Float32Array} */ (plan.mix_pixels.data);
    return (
      weights.length === rows &&
      HEAD.slice(1).every((name) => equal(plan[name].data, eye)) &&
      equal(plan.z.data, first.z.data) &&
      equal(plan.stretch.data, first.stretch.data) &&
      weights.every((weight, row) => Math.abs(weight - shares[i][row]) < 1e-6)
    );
  });
}
