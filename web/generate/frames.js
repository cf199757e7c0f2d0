// The frames of the page: new pictures of the newest setting and a first look at them; and, at rest, the long measure.

import { expose } from "../ui/for_tests.js";
import { mean } from "./measure.js";
import { Stream } from "./stream.js";

const ROOM = 8; // ms of a frame for decoding: a sheet that takes longer comes in several frames, column after column

/** A first look at the pictures shown: right is a guess of the latent classifier, where there is one. @typedef {{cosine: number, right?: number, count: number}} Look */

/**
 * What frames are drawn from and shown with.
 * @typedef {object} Parts
 * @property {import("./loader.js").Loader} loader
 * @property {() => {setting: import("./setting.js").Setting, rows: number[], draws: number}} now what is set
 * @property {(pictures: Float32Array, columns: number[]) => void} paint
 * @property {() => void} more asks for another frame
 * @property {(look: Look, kept: number|null) => void} looked kept: share of the draws that pass the filter, null without one
 * @property {(look: Look) => void} measuring the long measure begins
 * @property {(scores: import("./measure.js").Scores) => void} measured
 * @property {() => void} rested no control moves any more
 * @property {(sentence: string) => void} warn
 */

export class Frames {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.cost = 1; // ms a column
    this.next = 0;
    this.refused = "";
    this.forget();
  }

  /** Another model: what was seen of the last one does not count. */
  forget() {
    /** @type {Look|undefined} */
    this.seen = undefined;
    /** @type {import("./measure.js").Scores|undefined} of the setting that is measured */
    this.scores = undefined;
    /** @type {Float32Array|undefined} (draws, rows, pixels) */
    this.sheet = undefined;
    this.job = undefined;
    /** @type {Float32Array|undefined} latents of the sheet (draws, rows, latent) */
    this.z = undefined;
    this.measuring = "";
    this.stop();
  }

  stop() {
    this.parts.loader.measure?.stop();
  }

  /** A fresh frame begins a sheet of the newest setting; every frame goes on with the last one. @param {boolean} fresh */
  async draw(fresh) {
    const { warn } = this.parts;
    try {
      if (fresh) await this.begin();
      if (this.job?.todo.length) await this.goOn(this.job);
      if (fresh && this.refused) warn((this.refused = ""));
    } catch (error) {
      this.refused = error.message;
      this.job = undefined;
      warn(error.message);
    }
  }

  async begin() {
    const { loader, now } = this.parts;
    const { generators, latentClassifier } = loader;
    const { rows, draws, setting: moving } = now();
    if (!generators?.has(moving.family)) return;
    const setting = moving.copy();
    const stream = new Stream(generators, setting, rows, latentClassifier);
    const z = await stream.take(draws);
    const right = latentClassifier && mean(await this.guess(generators, latentClassifier, z, draws, rows));
    const key = setting.key() + rows.join();
    const size = draws * rows.length * generators.pixels;
    if (this.sheet?.length !== size) this.sheet = new Float32Array(size);
    const todo = Array.from({ length: draws }, (_, i) => (this.next + i) % draws);
    const kept = setting.tau === null ? null : mean(stream.kept);
    this.job = { generators, rows, draws, z, right, key, kept, todo };
  }

  async guess(generators, latentClassifier, z, draws, rows) {
    const { probabilities } = await latentClassifier.run({ z: { data: z, dims: [draws * rows.length, generators.latent] } });
    return generators.right(probabilities.data, draws, rows);
  }

  /** Decodes as many columns as a frame has room for. */
  async goOn(job) {
    const { loader, now, paint, more, looked } = this.parts;
    const { generators, rows, draws, z } = job;
    const columns = job.todo.splice(0, Math.max(1, Math.floor(ROOM / this.cost)));
    const began = performance.now();
    const width = rows.length * generators.latent;
    const some = new Float32Array(columns.length * width);
    columns.forEach((column, i) => some.set(z.subarray(column * width, (column + 1) * width), i * width));
    const pictures = await generators.decode(some);
    this.cost = 0.7 * this.cost + (0.3 * (performance.now() - began)) / columns.length;
    if (job !== this.job || generators !== loader.generators || rows !== now().rows) return;
    const wide = rows.length * generators.pixels;
    columns.forEach((column, i) => this.sheet.set(pictures.subarray(i * wide, (i + 1) * wide), column * wide));
    this.next = (columns.at(-1) + 1) % draws;
    paint(this.sheet, columns);
    if (job.todo.length) more();
    if (job.todo.length && !this.seen) return; // there is not yet a whole sheet to look at
    const cosine = mean([...(await generators.alike(this.sheet, draws, rows.length))]);
    this.z = z;
    this.seen = { cosine, right: job.right, count: draws * rows.length };
    expose("generate", { key: job.key, whole: !job.todo.length, z, pictures: this.sheet, live: this.seen, kept: job.kept });
    if (job.key !== this.measuring || !this.scores) looked(this.seen, job.kept);
  }

  /** A setting moves: what was measured of another one does not count. */
  moved() {
    if (this.key === this.measuring) return;
    this.stop();
    this.scores = undefined;
  }

  /** The setting came to rest: more pictures of it are measured. */
  async rest() {
    this.moved();
    const { loader, now, measuring, rested, warn } = this.parts;
    rested();
    const { measure, generators } = loader;
    const { setting, rows } = now();
    const { key } = this;
    if (!measure || !this.seen || measure.generators !== generators || key === this.measuring) return;
    this.measuring = key;
    measuring(this.seen);
    try {
      await measure.run(setting.copy(), rows, (scores) => this.report(scores));
    } catch (error) {
      this.measuring = "";
      warn(error.message);
    }
  }

  /** Everything that decides the pictures, as text. */
  get key() {
    const { setting, rows } = this.parts.now();
    return setting.key() + rows.join();
  }

  report(scores) {
    this.scores = scores;
    this.parts.measured(scores);
    expose("generate", { scores, steps: this.parts.loader.measure.steps });
  }
}
