// One model at work: a mix of classes in, a picture and its place in the latent space out, all by the shipped graphs.

import { fetchArrays, loadGraph, takeRows, tensor } from "./runner.js";
import { normal } from "./noise.js";
import { sharesWithout } from "./mix.js";
import { fromText, spread } from "./theta.js";
import { equal, onlyPixels, unmixed } from "./shortcut.js";
import { graphUrl } from "./urls.js";

/** The shared graph of that name (latent_core/graphs/shared). */
export function sharedGraph(name, onProgress) {
  return loadGraph(graphUrl(name), onProgress);
}

/**
 * A blending method, ready for a machine.
 * @param {{name: string, finish?: boolean, means?: string}} facts as the server tells them
 * @param {Machine} [machine] the one that will use it; it fetches what the method needs of it
 */
export async function loadMethod({ name, finish, means = "mean" }, machine) {
  const [graph, last] = await Promise.all([
    sharedGraph(`blend_${name}`),
    finish ? sharedGraph(`finish_${name}`) : null,
    means === "biggest" ? machine.needBiggest() : null,
  ]);
  return { name, graph, finish: last, means };
}

/**
 * A model's decoder and class statistics.
 *
 * A method, where one is wanted here, is {name, graph, finish, means}: its blend graph; the graph that makes the picture
 * of pictures that were decoded one by one, or null; and which means of the classes it blends, "mean" or "biggest".
 */
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
    return new Machine(folder, decoder, stats);
  }

  constructor(folder, decoder, { mean, std }) {
    this.folder = folder;
    this.decoder = decoder;
    this.mean = mean;
    this.std = std;
    this.latent = mean.dims[1];
    this.keep = tensor(new Float32Array(this.latent).fill(1), [this.latent]);
    this.key = "";
    this.pattern = "";
    this.cells = null;
  }

  /**
   * The picture of a mix.
   * @param {object} mix rows (class indexes) with shares (sum 1), theta, pattern ("" or none: all ones), n, seed,
   *   depth; moving: while a control moves, a shortcut with the same result up to rounding may be taken
   * @param {object} method
   * @param {number} [keep] dimensions that are used; all without it
   * @returns {Promise<{picture: Float32Array, place: {data: Float32Array, dims: number[]}}>}
   */
  async make(mix, method, keep) {
    const plan = await this.plan(mix, method, keep);
    if (method.finish) return { picture: await this.finish(plan, method, [mix.shares]), place: plan.place };
    const quick = mix.moving && this.shortcut && (await this.shortcut.picture(plan, this.keep));
    if (quick) return { picture: quick, place: plan.place };
    const { pictures } = await this.decoder.run({ ...plan, keep: this.keep });
    return { picture: pictures.data, place: plan.place };
  }

  /**
   * The pictures of a mix with one of its classes taken out, the proportions of the others kept.
   * @param {number[]} out places in mix.rows, one for each picture
   * @returns {Promise<Float32Array>} (out, pixels)
   */
  async without(mix, method, keep, out) {
    const plan = await this.plan(mix, method, keep);
    const ways = out.map((place) => sharesWithout(mix.shares, place));
    if (method.finish) return this.finish(plan, method, ways);
    if (this.shortcut && (await this.splits(mix, method, keep, plan))) {
      return this.shortcut.mix(plan, this.keep, { data: Float32Array.from(ways.flat()), dims: [out.length, mix.rows.length] });
    }
    const pictures = [];
    for (const place of out) {
      const left = (values) => values.filter((_, i) => i !== place);
      const shares = left(sharesWithout(mix.shares, place));
      pictures.push((await this.make({ ...mix, rows: left(mix.rows), shares, moving: false }, method, keep)).picture);
    }
    return joined(pictures);
  }

  plan(mix, method, keep = this.latent) {
    this.keep.data.fill(1, 0, keep).fill(0, keep);
    return method.graph.run(this.feeds(mix, method.means));
  }

  /** Whether the method mixes only finished pictures, so that a class can be taken out without decoding again. */
  async splits(mix, method, keep, plan) {
    const key = [method.name, mix.rows, mix.theta, mix.pattern, mix.n, mix.seed, mix.depth].join();
    if (key !== this.splitKey) {
      const other = sharesWithout(mix.shares, 0);
      this.split = onlyPixels([plan, await this.plan({ ...mix, shares: other }, method, keep)], [mix.shares, other]);
      this.splitKey = key;
    }
    return this.split;
  }

  /** The pictures that a method with a finish makes of its classes, one for each row of shares (m of the classes'). */
  async finish({ z }, method, ways) {
    if (!this.alone || !equal(z.data, this.alone.z) || !equal(this.keep.data, this.alone.keep)) {
      const [from, keep] = [z.data.slice(), this.keep.data.slice()];
      const { data, dims } = await unmixed(this.decoder, z, this.keep);
      this.alone = { z: from, keep, pictures: tensor(data, dims) };
    }
    const weights = { data: Float32Array.from(ways.flat()), dims: [ways.length, z.dims[0]] };
    return (await method.finish.run({ pictures: this.alone.pictures, weights })).picture.data;
  }

  /** Every class's centroid decoded on its own: pictures (classes, channels, height, width). */
  centroids() {
    return unmixed(this.decoder, this.mean, { data: new Float32Array(this.latent).fill(1), dims: [this.latent] });
  }

  /** Has the centres of the classes' biggest clusters ready, for methods that blend these. */
  async needBiggest() {
    if (this.biggest) return;
    const { centres } = await fetchArrays(`${this.folder}centres.safetensors`);
    const [classes, clusters] = centres.dims;
    const flat = { data: centres.data, dims: [classes * clusters, this.latent] };
    const own = takeRows(flat, Array.from({ length: classes }, (_, i) => i * clusters));
    const data = this.mean.data.slice(); // groups come after the classes and have no clusters
    data.set(own.data);
    this.biggest = { data, dims: this.mean.dims };
  }

  /** The blend graph's inputs. Their tensors are kept; only what changed since the last call is written. */
  feeds({ rows, shares, theta, pattern = "", n, seed, depth }, means) {
    const key = `${rows.join()} ${means}`;
    if (key !== this.key) {
      const dims = [rows.length, this.latent];
      const [mean, std] = [takeRows(means === "biggest" ? this.biggest : this.mean, rows), takeRows(this.std, rows)];
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
    if (pattern !== this.pattern) [this.pattern, this.cells] = [pattern, fromText(pattern)];
    spread(this.held.theta.data, theta, this.cells, rows);
    this.held.depth.data[0] = depth;
    return { ...this.held, noise: this.noise };
  }
}

/** Pictures of one size, one after the other. */
export function joined(pictures) {
  const size = pictures[0].length;
  const all = new Float32Array(pictures.length * size);
  pictures.forEach((picture, i) => all.set(picture, i * size));
  return all;
}
