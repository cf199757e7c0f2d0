// How varied and how right a setting is, over more and more pictures, measured while the page has nothing else to do.

import { Pace, pause } from "./idle.js";
import { Stream } from "./stream.js";

const MOST_DRAWS = 300; // a class
const MOST_NUMBERS = 5e6; // pixels that are kept for the cosine of all pairs
const BLOCK = 10; // draws between two looks
const REPORTS = [20, 50, 100, 150, 200, 250, 300];

/** Measures one setting at a time; a new one ends the last. */
export class Measure {
  /** @param {import("./factory.js").Factory} factory @param {Record<string, import("../engine/runner.js").Graph>} judges own and judge, as far as there are */
  constructor(factory, judges, scorer) {
    Object.assign(this, { factory, judges, scorer });
    this.paces = { decode: new Pace(), own: new Pace(), judge: new Pace() };
    this.ticket = 0;
  }

  stop() {
    this.ticket++;
  }

  /**
   * @param {import("./setting.js").Setting} setting a copy that stays as it is
   * @param {number[]} rows classes
   * @param {(scores: object) => void} report told {draws, pictures, cosine, own, judge, kept, done}: means, worst and by row
   */
  async run(setting, rows, report) {
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    const { factory } = this;
    const most = Math.max(4, Math.min(MOST_DRAWS, Math.floor(MOST_NUMBERS / (rows.length * factory.pixels))));
    const classes = factory.spec.dataset.classes.length;
    const stream = new Stream(factory, setting, rows, this.scorer);
    const kept = rows.map(() => new Float32Array(most * factory.pixels)); // pictures, class by class
    const said = Object.fromEntries(Object.keys(this.judges).map((name) => [name, new Float32Array(most * rows.length * classes)]));
    for (let draws = 0; draws < most; ) {
      const block = Math.min(BLOCK, most - draws);
      await pause();
      if (!current()) return;
      const z = await stream.take(block);
      const pictures = await this.piecewise("decode", z, factory.latent, current, (part) => factory.decode(part));
      if (!pictures) return;
      for (const [name, graph] of Object.entries(this.judges)) {
        const look = async (part) => (await graph.run({ pictures: factory.shaped(part) })).probabilities.data;
        const found = await this.piecewise(name, pictures, factory.pixels, current, look);
        if (!found) return;
        said[name].set(found, draws * rows.length * classes);
      }
      for (let i = 0; i < block * rows.length; i++) {
        const one = pictures.subarray(i * factory.pixels, (i + 1) * factory.pixels);
        kept[i % rows.length].set(one, (draws + Math.floor(i / rows.length)) * factory.pixels);
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

  async scores(kept, said, draws, rows, current) {
    const { factory } = this;
    const by = { cosine: [] };
    for (const pictures of kept) {
      await pause();
      if (!current()) return null;
      by.cosine.push((await factory.alike(pictures.subarray(0, draws * factory.pixels), draws, 1))[0]);
    }
    const classes = factory.spec.dataset.classes.length;
    for (const name of Object.keys(said)) {
      await pause();
      by[name] = await factory.right(said[name].subarray(0, draws * rows.length * classes), draws, rows);
    }
    if (!current()) return null;
    const whole = { by, cosine: mean(by.cosine) };
    for (const name of Object.keys(said)) {
      const worst = by[name].indexOf(Math.min(...by[name]));
      whole[name] = { mean: mean(by[name]), worst: by[name][worst], row: rows[worst] };
    }
    return whole;
  }
}

/** The mean of a list. */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
