// Draw after draw of a setting, and with a filter only those that the latent classifier believes.

import { className, t } from "../engine/language.js";

const MOST_TRIES = 20; // candidates a wanted draw, as in latent_core/models/generator.py

/** What a person is told when a filter lets too little through. */
class TooFew extends Error {}

/** The draws of one setting in order, each looked at once. */
export class Stream {
  /**
   * @param {import("./generators.js").Generators} generators
   * @param {import("./setting.js").Setting} setting it must not change while the stream is used
   * @param {number[]} rows classes
   * @param {import("../engine/runner.js").Graph} [latentClassifier] latents to probabilities
   */
  constructor(generators, setting, rows, latentClassifier) {
    this.generators = generators;
    this.setting = setting;
    this.rows = rows;
    this.latentClassifier = latentClassifier;
    this.seen = 0;
    this.given = 0;
    /** @type {Float32Array[][]} latents of each class that were believed, in order */
    this.passed = rows.map(() => []);
    this.believed = rows.map(() => 0);
  }

  /** Share of the candidates that passed, of each row; ones without a filter. */
  get kept() {
    return this.believed.map((count) => (this.seen ? count / this.seen : 1));
  }

  /**
   * The next draws.
   * @returns {Promise<Float32Array>} (draws, rows, latent)
   * @throws {TooFew} a class whose candidates hardly ever pass
   */
  async take(draws) {
    const { generators, rows, setting } = this;
    if (setting.tau === null || !this.latentClassifier) {
      const { data } = await generators.latents(setting, rows, this.given, draws);
      this.given += draws;
      this.seen += draws;
      this.believed = rows.map(() => this.seen);
      return data;
    }
    while (this.passed.some((held) => held.length < draws)) {
      if (this.seen >= MOST_TRIES * (this.given + draws)) throw this.tooFew();
      await this.look(2 * draws);
    }
    const { latent } = generators;
    const out = new Float32Array(draws * rows.length * latent);
    this.passed.forEach((held, i) => {
      held.splice(0, draws).forEach((z, draw) => out.set(z, (draw * rows.length + i) * latent));
    });
    this.given += draws;
    return out;
  }

  /** Sorts the next candidates. */
  async look(count) {
    const { generators, rows, setting } = this;
    const { latent } = generators;
    const z = await generators.latents(setting, rows, this.seen, count);
    const flat = { data: z.data, dims: [count * rows.length, latent] };
    const { probabilities } = await this.latentClassifier.run({ z: flat });
    const classes = probabilities.dims[1];
    for (let draw = 0; draw < count; draw++) {
      rows.forEach((row, i) => {
        const at = draw * rows.length + i;
        if (probabilities.data[at * classes + row] < setting.tau) return;
        this.believed[i]++;
        this.passed[i].push(z.data.slice(at * latent, (at + 1) * latent));
      });
    }
    this.seen += count;
  }

  tooFew() {
    const worst = this.believed.indexOf(Math.min(...this.believed));
    const name = className(this.generators.classes[this.rows[worst]]);
    return new TooFew(t("Too few pictures of {name} pass the filter: lower tau or the variety.", { name }));
  }
}
