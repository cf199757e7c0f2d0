// What the map shows and what is chosen on it: one plain record that the controller writes and the parts read.

/**
 * @import { DatasetRef, MapChoice, ModelRef, ThumbsRef } from "../engine/props.js"
 * @import { Files } from "./files.js"
 * @import { Rows } from "./rows.js"
 */

/**
 * @typedef {"move"|"decode"|"box"|"lasso"} Tool what a drag does
 * @typedef {{name: string, rows: Int32Array}} Group a class that the visitor made of rows
 *
 * @typedef {object} MapState
 * @property {DatasetRef} dataset
 * @property {ModelRef} model
 * @property {ThumbsRef} thumbs
 * @property {MapChoice} view what the link holds
 * @property {Group[]} groups
 * @property {number} groupLimit how many groups there may be
 * @property {Tool} tool
 * @property {Int32Array|null} selected rows in the box or lasso that stood out when it was drawn
 * @property {number} leftOut how many others are inside it
 * @property {Files} files
 * @property {Rows} rows null until they are loaded
 */

/** The state before anything is known. @returns {MapState} */
export function emptyState() {
  return { dataset: null, model: null, thumbs: null, view: null, groups: [], groupLimit: 0, tool: "move", selected: null, leftOut: 0, files: null, rows: null };
}

/**
 * Which classes and groups are chosen, by their indices.
 * @param {MapState} state
 * @returns {{classes: Set<number>, groups: Set<number>}}
 */
export function chosenIn({ view, dataset, groups }) {
  const indices = (names) => new Set(names.flatMap((name, index) => (view.chosen.includes(name) ? [index] : [])));
  return { classes: indices(dataset.classes), groups: indices(groups.map((group) => group.name)) };
}

/**
 * Which points stand out: the selection's, else those of chosen classes and groups, else all.
 * @param {MapState} state
 * @returns {Uint8Array} (rows,) 1 stands out, 0 is dimmed
 */
export function levelsOf(state) {
  const { y } = state.rows;
  const chosen = chosenIn(state);
  const level = new Uint8Array(y.length).fill(1);
  if (state.selected) {
    level.fill(0);
    for (const row of state.selected) level[row] = 1;
  } else if (chosen.classes.size + chosen.groups.size) {
    for (let i = 0; i < level.length; i++) level[i] = chosen.classes.has(y[i]) ? 1 : 0;
    for (const index of chosen.groups) for (const row of state.groups[index].rows) level[row] = 1;
  }
  return level;
}
