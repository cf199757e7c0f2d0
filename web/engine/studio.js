// A model with its judge, ready to make single pictures of recipes, without a mixer around it.

import { PictureMaker } from "./pictures.js";
import { Theta } from "./theta.js";

/**
 * @typedef {object} Kit what a picture needs to be told
 * @property {import("./props.d.ts").RecipeProps} recipe
 * @property {import("./props.d.ts").DatasetRef} dataset
 * @property {import("./props.d.ts").ModelRef} model
 * @property {import("./props.d.ts").BlendProps["methods"]} methods
 */

/**
 * @param {Kit} kit
 * @param {string[]} depths
 * @param {string} method a blending method to have ready
 * @param {(sentence: string) => void} [onProgress]
 * @throws {import("./files.js").FileError} a file is missing or damaged
 */
export async function openMaker({ recipe, dataset, model, methods }, depths, method, onProgress) {
  const given = { recipe, dataset, model, methods, depths, linear: null, centre: method, groups: [], controls: [], moves: false, nonce: 0, told: "", picture: "", made: null, first: recipe };
  const maker = await PictureMaker.open(given, method, onProgress);
  await maker.openReading(() => {});
  return maker;
}

/**
 * The values of a blend in equal or given parts.
 * @param {Kit["recipe"]} recipe method, depth and k are taken from it
 * @param {{rows: number[], shares?: number[], theta?: number, seed?: number, where?: import("./where.js").Where}} what
 * @returns {import("./pictures.js").Values}
 */
export function valuesOf({ method, depth, k }, { rows, shares = rows.map(() => 1 / rows.length), theta = 0, seed = 1, where }) {
  return { rows, shares, theta: new Theta(theta), n: 1, seed, depth, k, method, where };
}
