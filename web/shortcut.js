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
    const rows = plan.mix_pixels.dims[1];
    const parts = [...HEAD.map((name) => plan[name].data), keep.data];
    const known = this.parts?.length === parts.length && parts.every((data, i) => equal(data, this.parts[i]));
    if (!known) {
      this.parts = parts.map((data) => data.slice());
      this.pictures = null;
      return null;
    }
    if (rows < 2) return null;
    this.pictures ??= await this.decode(plan, keep, rows);
    return (await this.mixing.run({ pictures: this.pictures, mix_pixels: plan.mix_pixels, stretch: plan.stretch })).picture.data;
  }

  /** Every row's own picture as (rows, pixels). */
  async decode(plan, keep, rows) {
    const eye = new Float32Array(rows * rows);
    for (let i = 0; i < rows; i++) eye[i * rows + i] = 1;
    const alone = { mix_pixels: { data: eye, dims: [rows, rows] }, stretch: { data: new Float32Array(1), dims: [] } };
    const { pictures } = await this.decoder.run({ ...plan, ...alone, keep });
    return tensor(pictures.data, [rows, pictures.data.length / rows]);
  }
}

function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
