// One model at work: a mix of classes in, a picture and its place in the latent space out, all by the shipped graphs.

import { fetchArrays, loadGraph, takeRows, tensor } from "./runner.js";
import { normal } from "./noise.js";

const graphUrl = (name) => new URL(`./graphs/${name}.onnx`, import.meta.url).href;

/** The graph web/graphs/NAME.onnx. */
export function sharedGraph(name, onProgress) {
  return loadGraph(graphUrl(name), onProgress);
}

/** A model's decoder and class statistics. */
export class Machine {
  /**
   * @param {string} folder URL of the model's folder, with a slash at its end
   * @param {(name: string, received: number, total: number) => void} [onProgress]
   */
  static async open(folder, onProgress) {
    const tell = (name) => onProgress && ((received, total) => onProgress(name, received, total));
    const [decoder, stats] = await Promise.all([
      loadGraph(`${folder}decoder.onnx`, tell("the decoder")),
      fetchArrays(`${folder}stats.safetensors`, tell("the class statistics")),
    ]);
    return new Machine(decoder, stats);
  }

  constructor(decoder, { mean, std }) {
    this.decoder = decoder;
    this.mean = mean;
    this.std = std;
    this.latent = mean.dims[1];
    this.keep = tensor(new Float32Array(this.latent).fill(1), [this.latent]);
    this.key = "";
  }

  /**
   * The picture of a mix.
   * @param {object} mix rows (class indexes) with shares (sum 1), theta, n, seed, depth; moving: while a control moves,
   *   a shortcut with the same result up to rounding may be taken
   * @param {import("./runner.js").Graph} method a blend graph
   * @param {number} [keep] dimensions that are used; all without it
   * @returns {Promise<{picture: Float32Array, place: {data: Float32Array, dims: number[]}}>}
   */
  async make(mix, method, keep = this.latent) {
    const plan = await method.run(this.feeds(mix));
    this.keep.data.fill(1, 0, keep).fill(0, keep);
    const quick = mix.moving && this.shortcut && (await this.shortcut.picture(plan, this.keep));
    if (quick) return { picture: quick, place: plan.place };
    const { pictures } = await this.decoder.run({ ...plan, keep: this.keep });
    return { picture: pictures.data, place: plan.place };
  }

  /** Every class's centroid decoded on its own: pictures (classes, channels, height, width). */
  async centroids() {
    const count = this.mean.dims[0];
    const eye = new Float32Array(count * count);
    for (let i = 0; i < count; i++) eye[i * count + i] = 1;
    const mix = { data: eye, dims: [count, count] };
    const { pictures } = await this.decoder.run({
      z: this.mean, keep: { data: new Float32Array(this.latent).fill(1), dims: [this.latent] },
      mix_first: mix, mix_second: mix, mix_logits: mix, mix_pixels: mix, stretch: { data: new Float32Array(1), dims: [] },
    });
    return pictures;
  }

  /** The blend graph's inputs. Their tensors are kept; only what changed since the last call is written. */
  feeds({ rows, shares, theta, n, seed, depth }) {
    const key = rows.join();
    if (key !== this.key) {
      const dims = [rows.length, this.latent];
      const [mean, std] = [takeRows(this.mean, rows), takeRows(this.std, rows)];
      this.held = {
        weights: tensor(new Float32Array(rows.length), [rows.length]),
        theta: tensor(new Float32Array(rows.length * this.latent), dims),
        mean: tensor(mean.data, dims),
        std: tensor(std.data, dims),
        depth: tensor(new Float32Array(1), []),
      };
      this.key = key;
    }
    const draw = `${seed} ${n}`;
    if (draw !== this.draw) {
      this.noise = tensor(normal(seed, n, this.latent), [n, this.latent]);
      this.draw = draw;
    }
    this.held.weights.data.set(shares);
    this.held.theta.data.fill(theta);
    this.held.depth.data[0] = depth;
    return { ...this.held, noise: this.noise };
  }
}
