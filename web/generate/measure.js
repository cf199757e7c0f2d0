// How varied and how right a setting is, over more and more pictures, measured while the page has nothing else to do.

import { Pace, pause } from "./idle.js";
import { Stream } from "./stream.js";

const MOST_DRAWS = 300; // per class
const MOST_NUMBERS = 5e6; // pixels that are kept for the cosine of all pairs
const BLOCK = 10; // draws between two looks
const REPORTS = [20, 50, 100, 150, 200, 250, 300];

/** @typedef {import("../engine/runner.js").Graph} Graph */

/** Share that a classifier takes for the class they were made for, over all rows, and of the worst one. @typedef {{mean: number, worst: number, row: number}} Accuracy */

/**
 * What was measured of a setting. reconstruction: by the classifier that was trained on the model's reconstructions;
 * classifier: by the one that was trained on real pictures; kept: share of the draws that pass the filter.
 * @typedef {{draws: number, pictures: number, done: boolean, kept: number, cosine: number, reconstruction?: Accuracy,
 *   classifier?: Accuracy, by: Record<string, number[]>}} Scores
 */

/** Measures one setting at a time; a new one ends the last. */
export class Measure {
  /**
   * @param {import("./generators.js").Generators} generators
   * @param {{reconstruction?: Graph, classifier?: Graph}} classifiers as far as there are
   * @param {Graph} [latentClassifier] what a filter asks
   */
  constructor(generators, classifiers, latentClassifier) {
    this.generators = generators;
    this.classifiers = classifiers;
    this.latentClassifier = latentClassifier;
    this.paces = { decode: new Pace(), reconstruction: new Pace(), classifier: new Pace() };
    this.ticket = 0;
  }

  /** ms that the last steps took. */
  get steps() {
    return Object.values(this.paces).flatMap(({ steps }) => steps);
  }

  stop() {
    this.ticket++;
  }

  /**
   * @param {import("./setting.js").Setting} setting a copy that stays as it is
   * @param {number[]} rows classes
   * @param {(scores: Scores) => void} report
   */
  async run(setting, rows, report) {
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    const { generators } = this;
    const most = Math.max(4, Math.min(MOST_DRAWS, Math.floor(MOST_NUMBERS / (rows.length * generators.pixels))));
    const classes = generators.classes.length;
    const stream = new Stream(generators, setting, rows, this.latentClassifier);
    const kept = rows.map(() => new Float32Array(most * generators.pixels)); // pictures, class by class
    const said = Object.fromEntries(Object.keys(this.classifiers).map((name) => [name, new Float32Array(most * rows.length * classes)]));
    for (let draws = 0; draws < most; ) {
      const block = Math.min(BLOCK, most - draws);
      await pause();
      if (!current()) return;
      const z = await stream.take(block);
      const pictures = await this.piecewise("decode", z, generators.latent, current, (part) => generators.decode(part));
      if (!pictures) return;
      for (const [name, graph] of Object.entries(this.classifiers)) {
        const look = async (part) => (await graph.run({ pictures: generators.shaped(part) })).probabilities.data;
        const found = await this.piecewise(name, pictures, generators.pixels, current, look);
        if (!found) return;
        said[name].set(found, draws * rows.length * classes);
      }
      for (let i = 0; i < block * rows.length; i++) {
        const one = pictures.subarray(i * generators.pixels, (i + 1) * generators.pixels);
        kept[i % rows.length].set(one, (draws + Math.floor(i / rows.length)) * generators.pixels);
      }
      draws += block;
      const done = draws === most;
      if (!done && !REPORTS.includes(draws)) continue;
      const scores = await this.scores(kept, said, draws, rows, current);
      if (!scores) return;
      const shares = stream.kept;
      report({ ...scores, kept: mean(shares), draws, pictures: draws * rows.length, done });
    }
  }

  /** A result (count, ...) made in steps of a few items of `width` numbers each; null when nobody wants it any more. */
  async piecewise(kind, data, width, current, work) {
    const parts = [];
    const pace = this.paces[kind];
    for (let at = 0; at < data.length; ) {
      await pause();
      if (!current()) return null;
      const size = pace.size * width;
      parts.push(await pace.time(() => work(data.subarray(at, at + size))));
      at += size;
    }
    const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** @returns {Promise<Pick<Scores, "cosine"|"by"|"reconstruction"|"classifier">|null>} null when nobody wants it any more */
  async scores(kept, said, draws, rows, current) {
    const { generators } = this;
    /** @type {Record<string, number[]>} */
    const by = { cosine: [] };
    for (const pictures of kept) {
      await pause();
      if (!current()) return null;
      by.cosine.push((await generators.alike(pictures.subarray(0, draws * generators.pixels), draws, 1))[0]);
    }
    const classes = generators.classes.length;
    for (const name of Object.keys(said)) {
      await pause();
      by[name] = await generators.right(said[name].subarray(0, draws * rows.length * classes), draws, rows);
    }
    if (!current()) return null;
    /** @type {any} */
    const whole = { by, cosine: mean(by.cosine) };
    for (const name of Object.keys(said)) {
      const worst = by[name].indexOf(Math.min(...by[name]));
      whole[name] = { mean: mean(by[name]), worst: by[name][worst], row: rows[worst] };
    }
    return whole;
  }
}

/**
 * The place of the only class that a classifier ever names, so that its figures say nothing; -1 where it names several.
 * @param {number[]} shares of each class's pictures that are called that class
 */
export function theOnlyOne(shares) {
  const only = shares.indexOf(1);
  return shares.length > 1 && only >= 0 && shares.every((share, i) => i === only || share === 0) ? only : -1;
}

/** The mean of a list. @param {number[]} values */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
