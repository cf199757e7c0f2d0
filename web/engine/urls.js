// Where the files lie that the server offers: found from this module's own place, so below any base path. The names of the
// files that every model and dataset has stand here and nowhere else in web/; the props tell those of the others.

const root = new URL("../../", import.meta.url);

/**
 * A file of a model's or a dataset's folder.
 * @param {string} slug "mnist/mmd-20" or "mnist"
 * @param {string} name
 */
export const fileUrl = (slug, name) => new URL(`models/${slug}/${name}`, root).href;

// Of a model, dataset/model.
export const decoderUrl = (/** @type {string} */ slug) => fileUrl(slug, "decoder.onnx");
export const statsUrl = (/** @type {string} */ slug) => fileUrl(slug, "stats.safetensors");
export const centresUrl = (/** @type {string} */ slug) => fileUrl(slug, "centres.safetensors");
export const latentsUrl = (/** @type {string} */ slug) => fileUrl(slug, "latents.safetensors");
export const projectionsUrl = (/** @type {string} */ slug) => fileUrl(slug, "projections.safetensors");

// Of a dataset.
export const rowsUrl = (/** @type {string} */ slug) => fileUrl(slug, "rows.safetensors");
export const originsUrl = (/** @type {string} */ slug) => fileUrl(slug, "origins.safetensors");
export const meansUrl = (/** @type {string} */ slug) => fileUrl(slug, "means.safetensors");
export const judgeUrl = (/** @type {string} */ slug) => fileUrl(slug, "judge.onnx");
export const classifierUrl = (/** @type {string} */ slug) => fileUrl(slug, "classifier.onnx");

/**
 * A graph that all models share (latent_core/graphs/shared).
 * @param {string} name without its ending
 */
export const graphUrl = (name) => new URL(`graphs/${name}.onnx`, root).href;

/** URL of the folder with onnxruntime-web, with a slash at its end. */
export const vendorFolder = new URL("web/vendor/", root).href;

/** The picture of a preset (pages/parts/presets.py). @param {string} key */
export const presetUrl = (key) => new URL(`web/presets/${key}.png`, root).href;

/**
 * A page of ours, below any base path.
 * @param {string} name "" for the home page
 * @param {string} query without its question mark
 */
export const pageUrl = (name, query) => new URL(`${name}${query ? `?${query}` : ""}`, root).href;
