// A model's generators at work: settings in, latents and pictures out, all by the shipped graphs.

import { identity, takeRows } from "../engine/arrays.js";
import { decimals, t } from "../engine/language.js";
import { loadGraph, sharedGraph, tensor } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { normal } from "../engine/noise.js";
import { Theta } from "../engine/theta.js";
import { sheetOf, unmixed } from "../engine/shortcut.js";
import { decoderUrl, fileUrl, statsUrl } from "../engine/urls.js";

const SET = ["noise", "theta", "n"]; // inputs that are made here and not read from files
const TOGETHER = 25; // pictures decoded at once: more would only make the decoder's mixing matrices larger

/** @typedef {import("../engine/arrays.js").Floats} Floats */
/** @typedef {import("../engine/props.js").GenerateProps} GenerateProps */
/** @typedef {import("../engine/runner.js").Graph} Graph */

/** Statistics, decoder and the families' graphs of one model. */
export class Generators {
  /**
   * @param {GenerateProps} props
   * @param {(sentence: string) => void} [onProgress]
   */
  static async open(props, onProgress) {
    const { slug } = props.model;
    const tell = (name) => (received) => onProgress?.(t("Loading {name}: {received} MB", { name, received: decimals(received / 1e6, 1) }));
    const [decoder, stats, alike, right] = await Promise.all([
      loadGraph(decoderUrl(slug), tell(t("the decoder"))),
      fetchArrays(statsUrl(slug), tell(t("the class statistics"))),
      sharedGraph("alike"),
      sharedGraph("right"),
    ]);
    return new Generators(props, decoder, stats, { alike, right });
  }

  /**
   * @param {GenerateProps} props
   * @param {Graph} decoder
   * @param {Record<string, Floats>} stats mean and std (classes, latent)
   * @param {{alike: Graph, right: Graph}} measures
   */
  constructor(props, decoder, { mean, std }, measures) {
    this.decoder = decoder;
    this.measures = measures;
    this.clouds = props.files.clouds && fileUrl(props.model.slug, props.files.clouds);
    /** Names of the inputs of each family's graph. @type {Record<string, string[]>} */
    this.inputs = Object.fromEntries(props.families.map(({ family }) => [family.name, family.inputs]));
    /** @type {Record<string, Floats>} */
    this.arrays = { mean, std, which: identity(props.dataset.classes.length) };
    /** Where the families' graphs are that are the model's own. @type {Record<string, string>} */
    this.own = Object.fromEntries(props.families.filter(({ family }) => family.own).map(({ family }) => [family.name, fileUrl(props.model.slug, family.own)]));
    this.classes = props.dataset.classes;
    this.shape = props.dataset.shape;
    this.latent = props.model.latent;
    this.pixels = this.shape.reduce((product, size) => product * size, 1);
    this.sheet = sheetOf(props.dataset.ground, this.pixels);
    this.keep = tensor(new Float32Array(this.latent).fill(1), [this.latent]);
    /** @type {Record<string, Graph>} */
    this.graphs = {};
    /** The inputs that were made last. @type {Record<string, Floats>} */
    this.held = {};
    this.key = "";
    /** The noise of the sheet. @type {{key: string, noise: Floats}|null} */
    this.drawn = null;
  }

  /** Has a family's graph and numbers ready. @param {string} family */
  async need(family) {
    this.graphs[family] ??= await (this.own[family] ? loadGraph(this.own[family]) : sharedGraph(`generate_${family}`));
    if (!this.has(family)) await this.needClouds();
  }

  /** Has the numbers of the richer families ready, and which dimensions say nothing. */
  async needClouds() {
    Object.assign(this.arrays, await fetchArrays(this.clouds));
  }

  /** Whether a family can be drawn now. @param {string} family */
  has(family) {
    return Boolean(this.graphs[family]) && this.inputs[family].every((input) => SET.includes(input) || this.arrays[input]);
  }

  /**
   * Latents of new pictures.
   * @param {import("./setting.js").Setting} setting
   * @param {number[]} rows classes
   * @param {number} first number of the first draw; a draw does not depend on how many are asked for
   * @param {number} draws
   * @returns {Promise<{data: Float32Array, dims: number[]}>} (draws, rows, latent)
   */
  async latents(setting, rows, first, draws) {
    const noise = this.noise(setting.seed, rows, first, draws);
    return (await this.graphs[setting.family].run({ ...this.feeds(setting, rows), noise })).z;
  }

  feeds({ theta, cells, n, family }, rows) {
    const key = `${family} ${rows.join()}`;
    if (key !== this.key) {
      this.key = key;
      this.held = { theta: tensor(new Float32Array(rows.length * this.latent), [rows.length, this.latent]), n: tensor(new Float32Array(1), []) };
      for (const input of this.inputs[family]) {
        if (this.arrays[input]) this.held[input] = takeRows(this.arrays[input], rows);
      }
    }
    Theta.fromCells(theta, cells).rows(rows, this.latent, this.held.theta.data);
    this.held.n.data[0] = n;
    return this.held;
  }

  /** Row draw * classes + class of the seed's noise, for each draw and row; the last draws asked for are kept. */
  noise(seed, rows, first, draws) {
    const key = [seed, first, draws, rows].join();
    if (first === 0 && this.drawn?.key === key) return this.drawn.noise;
    const classes = this.classes.length;
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

  /**
   * Mean cosine of the pairs of each class, of pictures (draws, rows, pixels).
   * @param {Float32Array} data @param {number} draws @param {number} rows
   */
  async alike(data, draws, rows) {
    return (await this.measures.alike.run({ pictures: { data, dims: [draws, rows, this.pixels] }, ground: this.sheet })).cosine.data;
  }

  /** Share of each row's draws that a classifier takes for their class. @param {Float32Array} said (draws, rows, classes) */
  async right(said, draws, rows) {
    const classes = this.classes.length;
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
    return { data, dims: [data.length / this.pixels, ...this.shape] };
  }
}
