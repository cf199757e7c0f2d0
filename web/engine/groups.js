// Groups, the classes that visitors make on the map: they follow the dataset's own classes, in every array.

import { appendRows } from "./arrays.js";
import { Model } from "./model.js";

/**
 * A model whose classes are followed by groups.
 * @param {Model} model
 * @param {import("./props.js").Moments[]} groups their moments in this model
 * @returns {Model} the same one where there are no groups
 */
export function withGroups(model, groups) {
  if (!groups.length) return model;
  const mean = appendRows(model.mean, groups.map((group) => group.mean));
  const std = appendRows(model.std, groups.map((group) => group.std));
  return new Model(model.slug, model.decoder, { mean, std }, [...model.ground.data], model.code.data[0]);
}

/**
 * The classes' mean pictures (classes, pixels), followed by the groups'.
 * @param {import("./arrays.js").Floats} pictures
 * @param {{picture: string}[]} groups each picture as float32 bytes in base64
 */
export function withPictures(pictures, groups) {
  return appendRows(pictures, groups.map(({ picture }) => new Float32Array(Uint8Array.from(atob(picture), (c) => c.charCodeAt(0)).buffer)));
}
