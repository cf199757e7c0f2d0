// One frame of the page: new pictures of the newest setting and a first look at them; and, at rest, the long measure.

import { mean } from "./measure.js";
import { Stream } from "./stream.js";

export class Live {
  constructor(view) {
    this.view = view;
  }

  /** Another model: what was seen of the last one does not count. */
  forget() {
    this.seen = this.scores = undefined;
    this.measured = "";
    this.stop();
  }

  /** Whether there was ever a picture. */
  get drawn() {
    return Boolean(this.seen);
  }

  stop() {
    this.view.opening?.measure?.stop();
  }

  async draw(fresh) {
    const { view } = this;
    const { factory, scorer } = view.opening;
    if (!fresh || !factory?.has(view.setting.family)) return;
    const setting = view.setting.copy();
    const rows = view.spec.rows;
    const { draws } = view;
    try {
      const stream = new Stream(factory, setting, rows, scorer);
      const z = await stream.take(draws);
      const pictures = await factory.decode(z);
      if (factory !== view.opening.factory || rows !== view.spec.rows) return;
      view.sheet.paint(pictures);
      const cosine = await factory.alike(pictures, draws, rows.length);
      const right = scorer && (await this.guess(factory, scorer, z, draws, rows));
      this.seen = { cosine: mean([...cosine]), right: right && mean(right), count: draws * rows.length };
      this.kept = setting.tau === null ? null : mean(stream.kept);
      window.medleyGenerate = { ...window.medleyGenerate, key: setting.key(), z, pictures, live: this.seen, kept: this.kept };
      if (setting.key() !== this.measured) this.tell();
      if (this.refused) view.warn((this.refused = ""));
    } catch (error) {
      this.refused = error.message;
      view.warn(error.message);
    }
  }

  async guess(factory, scorer, z, draws, rows) {
    const { probabilities } = await scorer.run({ z: { data: z, dims: [draws * rows.length, factory.latent] } });
    return factory.right(probabilities.data, draws, rows);
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
    if (!yes) {
      if (view.setting.key() !== this.measured) this.stop();
      return;
    }
    view.theta.heat.describe();
    if (!measure || !this.seen || measure.factory !== factory) return;
    const setting = view.setting.copy();
    const key = setting.key() + view.spec.rows.join();
    if (key === this.measuredAt && this.scores?.done) return;
    [this.measured, this.measuredAt] = ["", key];
    view.reading.waiting(this.seen);
    try {
      await measure.run(setting, view.spec.rows, (scores) => {
        this.measured = setting.key();
        this.report(scores);
      });
    } catch (error) {
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
