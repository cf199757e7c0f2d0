// A model's generators at work: settings in, latents and pictures out, all by the shipped graphs.

import { takeRows } from "../engine/arrays.js";
import { loadGraph, sharedGraph, tensor } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { normal } from "../engine/noise.js";
import { Theta } from "../engine/theta.js";
import { unmixed } from "../engine/shortcut.js";

const TOGETHER = 25; // pictures decoded at once: more would only make the decoder's mixing matrices larger

/** Statistics, decoder and the families' graphs of one model. */
export class Factory {
  /**
   * @param {object} spec dataset, model and families, as pages/parts/generateview.py tells them, with whole URLs
   * @param {(sentence: string) => void} [onProgress]
   */
  static async open(spec, onProgress) {
    const { folder } = spec.model;
    const tell = (name) => (received) => onProgress?.(`Loading ${name}: ${(received / 1e6).toFixed(1)} MB`);
    const [decoder, stats, alike, right] = await Promise.all([
      loadGraph(`${folder}decoder.onnx`, tell("the decoder")),
      fetchArrays(`${folder}stats.safetensors`, tell("the class statistics")),
      sharedGraph("alike"),
      sharedGraph("right"),
    ]);
    return new Factory(spec, decoder, stats, { alike, right });
  }

  constructor(spec, decoder, stats, measures) {
    Object.assign(this, { spec, decoder, measures });
    this.arrays = { mean: stats.mean, std: stats.std };
    this.latent = spec.model.latent;
    this.pixels = spec.dataset.shape.reduce((product, size) => product * size, 1);
    this.keep = tensor(new Float32Array(this.latent).fill(1), [this.latent]);
    this.graphs = {};
    this.held = {};
  }

  /** Has a family's graph and numbers ready. */
  async need(name) {
    const { inputs } = this.spec.families.find((one) => one.name === name);
    this.graphs[name] ??= await sharedGraph(`generate_${name}`);
    const known = ["noise", "theta", "n"];
    if (inputs.some((input) => !known.includes(input) && !this.arrays[input])) await this.needArrays();
  }

  /** Has the numbers of the richer families ready, and which dimensions say nothing. */
  async needArrays() {
    Object.assign(this.arrays, await fetchArrays(`${this.spec.model.folder}generators.safetensors`));
  }

  /** Whether a family can be drawn now. */
  has(name) {
    const inputs = this.spec.families.find((one) => one.name === name).inputs;
    return Boolean(this.graphs[name]) && inputs.every((input) => ["noise", "theta", "n"].includes(input) || this.arrays[input]);
  }

  /**
   * Latents of new pictures.
   * @param {object} setting theta, cells, n, seed, family
   * @param {number[]} rows classes
   * @param {number} first number of the first draw; a draw does not depend on how many are asked for
   * @param {number} draws
   * @returns {Promise<{data: Float32Array, dims: number[]}>} (draws, rows, latent)
   */
  async latents(setting, rows, first, draws) {
    const feeds = this.feeds(setting, rows);
    feeds.noise = this.noise(setting.seed, rows, first, draws);
    return (await this.graphs[setting.family].run(feeds)).z;
  }

  feeds({ theta, cells, n, family }, rows) {
    const key = `${family} ${rows.join()}`;
    if (key !== this.key) {
      this.key = key;
      this.held = { theta: tensor(new Float32Array(rows.length * this.latent), [rows.length, this.latent]), n: tensor(new Float32Array(1), []) };
      for (const input of this.spec.families.find((one) => one.name === family).inputs) {
        if (this.arrays[input]) this.held[input] = takeRows(this.arrays[input], rows);
      }
    }
    Theta.fromCells(theta, cells).rows(rows, this.latent, this.held.theta.data);
    this.held.n.data[0] = n;
    return { ...this.held };
  }

  /** Row draw * classes + class of the seed's noise, for each draw and row; the last draws asked for are kept. */
  noise(seed, rows, first, draws) {
    const key = [seed, first, draws, rows].join();
    if (first === 0 && this.drawn?.key === key) return this.drawn.noise;
    const classes = this.spec.dataset.classes.length;
    const width = this.latent + 1;
    const data = new Float32Array(draws * rows.length * width);
    if (rows.length === classes) data.set(normal(seed, draws * classes, width, first * classes));
    else {
      for (let draw = 0; draw < draws; draw++) {
        rows.forEach((row, i) => data.set(normal(seed, 1, width, (first + draw) * classes + row), (draw * rows.length + i) * width));
      }
    }
    const noise = tensor(data, [draws, rows.length, width]);
    if (first === 0) this.drawn = { key, noise };
    return noise;
  }

  /** Pictures (count, pixels) of latents (count, latent). @param {Float32Array} z */
  async decode(z) {
    const count = z.length / this.latent;
    const out = new Float32Array(count * this.pixels);
    for (let at = 0; at < count; at += TOGETHER) {
      const rows = Math.min(TOGETHER, count - at);
      const part = { data: z.subarray(at * this.latent, (at + rows) * this.latent), dims: [rows, this.latent] };
      out.set((await unmixed(this.decoder, part, this.keep)).data, at * this.pixels);
    }
    return out;
  }

  /** Mean cosine of the pairs of each class, of pictures (draws, rows, pixels). */
  async alike(data, draws, rows) {
    return (await this.measures.alike.run({ pictures: { data, dims: [draws, rows, this.pixels] } })).cosine.data;
  }

  /** Share of each row's draws that a classifier takes for their class. @param {Float32Array} said (draws, rows, classes) */
  async right(said, draws, rows) {
    const classes = this.spec.dataset.classes.length;
    let data = said;
    if (rows.length < classes) {
      // The graph wants every class in its place: what is said about the shown ones goes there.
      data = new Float32Array(draws * classes * classes);
      for (let draw = 0; draw < draws; draw++) {
        rows.forEach((row, i) => {
          const at = (draw * rows.length + i) * classes;
          data.set(said.subarray(at, at + classes), (draw * classes + row) * classes);
        });
      }
    }
    const { right } = await this.measures.right.run({ probabilities: { data, dims: [draws, classes, classes] } });
    return rows.map((row) => right.data[row]);
  }

  shaped(data) {
    return { data, dims: [data.length / this.pixels, ...this.spec.dataset.shape] };
  }
}
