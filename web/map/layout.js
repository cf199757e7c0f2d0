// Which numbers a map shows: the places of all rows for a choice of projection, and how a latent gets its place there.

import { decimals, language, many, t } from "../engine/language.js";

/**
 * @import { MapChoice } from "../engine/props.js"
 * @import { Files } from "./files.js"
 */

/**
 * @typedef {{data: Float32Array, dims: number[]}} Matrix
 *
 * @typedef {object} Layout
 * @property {Float32Array} places (rows, dims)
 * @property {number} dims 2 or 3
 * @property {string[]} names of the axes
 * @property {string[]} titles of the axes: what stands at them
 * @property {{centre: Matrix, components: Matrix}|null} linear the way there and back, centre (latent,) and components
 *   (dims, latent); null where a place cannot be turned into a latent
 */

/** The maps there are. */
export const MAPS = [
  { name: "pca", title: "PCA" },
  { name: "umap", title: "UMAP" },
  { name: "raw", title: t("Raw latent") },
];

/**
 * The layout for a choice.
 * @param {Pick<MapChoice, "projection"|"dims"|"axes">} view
 * @param {Pick<Files, "projections"|"latents">} files
 * @param {number} latent dimensions of the model's latent
 * @returns {Promise<Layout>}
 */
export async function layoutOf(view, files, latent) {
  const { projection, dims } = view;
  const maps = await files.projections();
  if (projection === "umap") {
    const chosen = dims === 3 ? maps.umap3 : maps.umap;
    const names = [1, 2, 3].slice(0, dims).map((i) => `UMAP ${i}`);
    return { places: chosen.data, dims, names, titles: names, linear: null };
  }
  if (projection === "pca") {
    const names = [1, 2, 3].slice(0, dims).map((i) => `PCA ${i}`);
    const titles = names.map((name, i) => t("{name}, {share} of the variance", { name, share: percent(maps.pca_share.data[i]) }));
    const components = { data: maps.pca_components.data.slice(0, dims * latent), dims: [dims, latent] };
    return { places: columns(maps.pca, [0, 1, 2].slice(0, dims)), dims, names, titles, linear: { centre: maps.pca_centre, components } };
  }
  const axes = view.axes.slice(0, dims);
  const latents = await files.latents();
  // A raw axis is a linear map too: it keeps one number of the latent, and the way back fills the rest from the mean.
  const centre = { data: maps.pca_centre.data.slice(), dims: maps.pca_centre.dims };
  const components = { data: new Float32Array(dims * latent), dims: [dims, latent] };
  axes.forEach((axis, i) => {
    centre.data[axis] = 0;
    components.data[i * latent + axis] = 1;
  });
  const names = axes.map((axis) => `z ${axis + 1}`);
  return { places: columns(latents.z, axes), dims, names, titles: names, linear: { centre, components } };
}

/** Chosen columns of a (n, width) array, (n, chosen). */
function columns({ data, dims: [n, width] }, chosen) {
  const out = new Float32Array(n * chosen.length);
  for (let i = 0, at = 0; i < n; i++) for (const axis of chosen) out[at++] = data[i * width + axis];
  return out;
}

function percent(share) {
  return t("{share} %", { share: share >= 0.0995 ? Math.round(100 * share) : decimals(100 * share, 1) });
}

/**
 * In words, what the latent's other numbers are when a place of the map is decoded.
 * @param {Pick<MapChoice, "projection"|"dims">} view
 * @param {number} latent dimensions of the model's latent
 */
export function restInWords(view, latent) {
  const others = latent - view.dims;
  if (view.projection === "pca") {
    if (others <= 0) return t("These components are the whole latent space: nothing else is set.");
    return view.dims === 2
      ? t("Every direction other than these two components is at the average of all pictures.")
      : t("Every direction other than these three components is at the average of all pictures.");
  }
  if (others <= 0) return t("These numbers are the whole latent: nothing else is set.");
  return many(others, "The one other number of the latent is at its average over all pictures.", "The {n} other numbers of the latent are at their averages over all pictures.");
}

/**
 * Place of a point in words: "PCA 1 = 2.31, PCA 2 = -0.40".
 * @param {ArrayLike<number>} place (dims,)
 * @param {string[]} names of the axes
 */
export function placeInWords(place, names) {
  const between = language.decimal === "," ? "; " : ", ";
  return names.map((name, i) => `${name} = ${decimals(Number(place[i]), 2)}`).join(between);
}
