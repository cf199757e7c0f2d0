// The frames of the page: new pictures of the newest setting and a first look at them; and, at rest, the long measure.

import { mean } from "./measure.js";
import { Stream } from "./stream.js";

const ROOM = 8; // ms of a frame for decoding: a sheet that takes longer comes in several frames, column after column

export class Live {
  constructor(view) {
    this.view = view;
    this.cost = 1; // ms a column
    this.next = 0;
  }

  /** Another model: what was seen of the last one does not count. */
  forget() {
    this.seen = this.scores = this.sheet = this.job = undefined;
    this.measuring = "";
    this.stop();
  }

  /** Whether there was ever a whole sheet. */
  get drawn() {
    return Boolean(this.seen);
  }

  stop() {
    this.view.opening?.measure?.stop();
  }

  /** A fresh frame begins a sheet of the newest setting; every frame goes on with the last one. */
  async draw(fresh) {
    const { view } = this;
    try {
      if (fresh) await this.begin();
      if (this.job?.todo.length) await this.goOn(this.job);
      if (fresh && this.refused) view.warn((this.refused = ""));
    } catch (error) {
      this.refused = error.message;
      this.job = undefined;
      view.warn(error.message);
    }
  }

  async begin() {
    const { view } = this;
    const { factory, scorer } = view.opening;
    if (!factory?.has(view.setting.family)) return;
    const { draws } = view;
    const { rows } = view.spec;
    const setting = view.setting.copy();
    const stream = new Stream(factory, setting, rows, scorer);
    const z = await stream.take(draws);
    const right = scorer && mean(await this.guess(factory, scorer, z, draws, rows));
    const key = setting.key() + rows.join();
    const size = draws * rows.length * factory.pixels;
    if (this.sheet?.length !== size) this.sheet = new Float32Array(size);
    const todo = Array.from({ length: draws }, (_, i) => (this.next + i) % draws);
    this.kept = setting.tau === null ? null : mean(stream.kept);
    this.job = { factory, rows, draws, z, right, key, todo };
  }

  async guess(factory, scorer, z, draws, rows) {
    const { probabilities } = await scorer.run({ z: { data: z, dims: [draws * rows.length, factory.latent] } });
    return factory.right(probabilities.data, draws, rows);
  }

  /** Decodes as many columns as a frame has room for. */
  async goOn(job) {
    const { view } = this;
    const { factory, rows, draws, z } = job;
    const columns = job.todo.splice(0, Math.max(1, Math.floor(ROOM / this.cost)));
    const began = performance.now();
    const width = rows.length * factory.latent;
    const some = new Float32Array(columns.length * width);
    columns.forEach((column, i) => some.set(z.subarray(column * width, (column + 1) * width), i * width));
    const pictures = await factory.decode(some);
    this.cost = 0.7 * this.cost + (0.3 * (performance.now() - began)) / columns.length;
    if (job !== this.job || factory !== view.opening.factory || rows !== view.spec.rows) return;
    const wide = rows.length * factory.pixels;
    columns.forEach((column, i) => this.sheet.set(pictures.subarray(i * wide, (i + 1) * wide), column * wide));
    this.next = (columns.at(-1) + 1) % draws;
    view.sheet.paint(this.sheet, columns);
    if (job.todo.length) view.loop.more();
    if (job.todo.length && !this.seen) return; // there is not yet a whole sheet to look at
    const cosine = mean([...(await factory.alike(this.sheet, draws, rows.length))]);
    this.seen = { cosine, right: job.right, count: draws * rows.length };
    window.medleyGenerate = { ...window.medleyGenerate, key: job.key, whole: !job.todo.length, z, pictures: this.sheet, live: this.seen, kept: this.kept };
    if (job.key !== this.measuring || !this.scores) this.tell();
  }

  /** Shows what the pictures on the sheet say. */
  tell() {
    const { view } = this;
    view.reading.live(this.seen);
    view.controls.keeps(this.kept);
    view.sheet.rate(null);
    view.moved(this.seen);
  }

  /** The setting came to rest, or moves. */
  async rest(yes) {
    const { view } = this;
    const { measure, factory } = view.opening;
    const key = view.setting.key() + view.spec.rows.join();
    if (key !== this.measuring) {
      this.stop();
      this.scores = undefined;
    }
    if (!yes) return;
    view.theta.heat.describe();
    if (!measure || !this.seen || measure.factory !== factory || key === this.measuring) return;
    this.measuring = key;
    view.reading.waiting(this.seen);
    try {
      await measure.run(view.setting.copy(), view.spec.rows, (scores) => this.report(scores));
    } catch (error) {
      this.measuring = "";
      view.warn(error.message);
    }
  }

  report(scores) {
    const { view } = this;
    this.scores = scores;
    view.reading.show(scores);
    view.sheet.rate(scores.by.own ?? scores.by.judge ?? null);
    if (view.setting.tau !== null) view.controls.keeps(scores.kept);
    view.measured(scores);
    window.medleyGenerate = { ...window.medleyGenerate, scores };
    if (scores.done) view.root.dataset.ready = "all";
  }
}
