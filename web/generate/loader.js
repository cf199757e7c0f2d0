// What the page loads, the first sheet before anything else: generators, then classifiers and curves.

import { fetchBytes } from "../engine/files.js";
import { t } from "../engine/language.js";
import { loadGraph } from "../engine/runner.js";
import { classifierUrl, fileUrl } from "../engine/urls.js";
import { Generators } from "./generators.js";
import { Measure } from "./measure.js";

/** @typedef {import("../engine/props.js").GenerateProps} GenerateProps */

/**
 * Whom the loader tells.
 * @typedef {object} Told
 * @property {(sentence: string) => void} waiting a model is on its way, or is there ("")
 * @property {(sentence: string) => void} warn
 * @property {() => void} drawable the chosen family can be drawn
 * @property {() => void} complete everything that there is has come
 */

export class Loader {
  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    this.ticket = 0;
    this.forget();
  }

  forget() {
    /** @type {Generators|undefined} */
    this.generators = undefined;
    /** @type {import("../engine/runner.js").Graph|undefined} latents to probabilities, taught by the reconstruction classifier */
    this.latentClassifier = undefined;
    /** @type {object|null|undefined} null where there are none */
    this.curves = undefined;
    /** @type {ArrayLike<number>|undefined} 1 where a latent dimension says nothing */
    this.dead = undefined;
    /** @type {Measure|undefined} */
    this.measure = undefined;
  }

  stop() {
    this.ticket++;
  }

  /** Opens a model; newer calls win over older ones. @param {GenerateProps} props @param {string} family */
  async open(props, family) {
    const ticket = ++this.ticket;
    const { waiting, warn, drawable } = this.told;
    const current = () => ticket === this.ticket;
    this.forget();
    waiting(t("Loading {name}", { name: props.model.title }));
    warn("");
    try {
      const generators = await Generators.open(props, (sentence) => current() && waiting(sentence));
      await generators.need(family);
      if (!current()) return;
      this.generators = generators;
      waiting("");
      drawable();
    } catch (error) {
      if (!current()) return;
      waiting("");
      warn(error.message);
      return;
    }
    await this.rest(props, current);
  }

  /** The parts that are not needed for the first sheet; one that fails says so, and the others come all the same. */
  async rest({ files, model, dataset }, current) {
    const { generators } = this;
    const trouble = [];
    const part = async (make) => {
      try {
        return await make();
      } catch (error) {
        trouble.push(error.message);
        return undefined;
      }
    };
    const graph = (url) => part(() => loadGraph(url));
    const own = (name) => name && graph(fileUrl(model.slug, name));
    const [latentClassifier, reconstruction, classifier, curves] = await Promise.all([
      own(files.latent_classifier),
      own(files.reconstruction_classifier),
      graph(classifierUrl(dataset.slug)),
      files.curves && part(() => curvesOf(model.slug, files.curves)),
      files.clouds && part(() => generators.needClouds()),
    ]);
    if (!current()) return;
    this.latentClassifier = latentClassifier || undefined;
    this.curves = curves || null;
    this.dead = generators.arrays.dead?.data;
    this.measure = new Measure(generators, { ...(reconstruction && { reconstruction }), ...(classifier && { classifier }) }, this.latentClassifier);
    this.told.warn(trouble.join(" "));
    this.told.complete();
  }

  /** Has another family ready; until then the last one goes on. @param {string} family */
  async need(family) {
    const { generators } = this;
    if (!generators || generators.has(family)) return;
    try {
      await generators.need(family);
      this.told.drawable();
    } catch (error) {
      this.told.warn(error.message);
    }
  }
}

/** What the families of a model give at every variety. @param {string} slug @param {string} file */
export async function curvesOf(slug, file) {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(fileUrl(slug, file))));
}
