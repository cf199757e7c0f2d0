// The files behind the map: each is fetched when it is first needed and then held, with one sentence while any are coming.

import { FileError, fetchBytes, fileName, remember } from "../engine/files.js";
import { t } from "../engine/language.js";
import { loadGraph } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { decoderUrl, fileUrl, graphUrl, latentsUrl, originsUrl, projectionsUrl, rowsUrl } from "../engine/urls.js";
import { Sheet } from "./thumbnails.js";

/** @import { DatasetRef, ModelRef, ThumbsRef } from "../engine/props.js" */

const sheets = new Map();

/** The files of one model and its dataset. */
export class Files {
  /**
   * @param {DatasetRef} dataset
   * @param {ModelRef} model
   * @param {ThumbsRef} thumbs
   * @param {(sentence: string) => void} tell is given a line while files come, and "" when they are there
   */
  constructor(dataset, model, thumbs, tell) {
    this.dataset = dataset;
    this.model = model;
    this.thumbs = thumbs;
    this.tell = tell;
    /** @type {Map<string, string>} how far each file has come */
    this.coming = new Map();
  }

  /** `y` (class of each row), `index` in the source's split, and `split`. */
  rows() {
    return this.arrays(t("rows"), rowsUrl(this.dataset.slug));
  }

  /** `changed` (rows,), 1 for a changed copy of a drawing, and `artist` of each row where artists are named. */
  origins() {
    return this.arrays(t("rows"), originsUrl(this.dataset.slug));
  }

  /** Places of all rows on PCA and UMAP, and the PCA's centre, components and shares. */
  projections() {
    return this.arrays(t("the map"), projectionsUrl(this.model.slug));
  }

  /** `z` (rows, latent). */
  latents() {
    return this.arrays(t("the latents"), latentsUrl(this.model.slug));
  }

  decoder() {
    const what = t("the decoder");
    return this.held(what, () => loadGraph(decoderUrl(this.model.slug), this.progress(what)));
  }

  /** A graph that all models share. @param {string} name */
  graph(name) {
    const what = t("the graphs");
    return this.held(what, () => loadGraph(graphUrl(name), this.progress(what)));
  }

  /** The sheet with a tile for every row. @returns {Promise<Sheet>} */
  sheet() {
    const url = fileUrl(this.dataset.slug, this.thumbs.file);
    const what = t("the pictures");
    const load = async () => {
      const bytes = await fetchBytes(url, this.progress(what));
      try {
        // Neither colour management nor premultiplication: a tile's pixels stay exactly the dataset's.
        const image = await createImageBitmap(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]), { premultiplyAlpha: "none", colorSpaceConversion: "none" });
        return new Sheet(image, this.thumbs.columns, this.dataset.shape);
      } catch {
        throw new FileError(t("{file} is damaged: it is not a picture. Copy it again.", { file: fileName(url) }), url);
      }
    };
    return this.held(what, () => remember(sheets, url, load));
  }

  arrays(what, url) {
    return this.held(what, () => fetchArrays(url, this.progress(what)));
  }

  async held(what, load) {
    try {
      return await load();
    } finally {
      if (this.coming.delete(what)) this.report();
    }
  }

  progress(what) {
    return (received, total) => {
      this.coming.set(what, total ? t("{share} %", { share: Math.round((100 * received) / total) }) : `${Math.ceil(received / 1024)} kB`);
      this.report();
    };
  }

  /** Tells what is still coming. */
  report() {
    const parts = [...this.coming].map(([what, share]) => `${what} ${share}`);
    this.tell(parts.length ? t("Loading {parts}", { parts: parts.join(", ") }) : "");
  }
}
