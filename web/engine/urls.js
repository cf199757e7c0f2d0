// Where the files lie that the server offers: found from this module's own place, so below any base path.

const root = new URL("../../", import.meta.url);

/**
 * URL of a model's folder, with a slash at its end.
 * @param {string} slug dataset/model, as "mnist/mmd-20"
 */
export const modelFolder = (slug) => new URL(`models/${slug}/`, root).href;

/**
 * URL of a dataset's folder, with a slash at its end.
 * @param {string} slug as "mnist"
 */
export const datasetFolder = (slug) => new URL(`models/${slug}/`, root).href;

/**
 * URL of a graph that all models share (latent_core/graphs/shared).
 * @param {string} name without its ending
 */
export const graphUrl = (name) => new URL(`graphs/${name}.onnx`, root).href;

/** URL of the folder with onnxruntime-web, with a slash at its end. */
export const vendorFolder = new URL("web/vendor/", root).href;
