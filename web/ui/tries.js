// What was tried, as a tree: each blend grows out of the one from which it was made, also where undo forgets it.

import { same } from "./history.js";

const MOST = 60;

/**
 * @template T
 * @typedef {object} Try
 * @property {T} recipe plain JSON
 * @property {string} face its picture as a URL
 * @property {number} parent place of the one that it grew out of, -1 for the first
 */

/** @template T */
export class Tries {
  constructor() {
    /** @type {Try<T>[]} */
    this.list = [];
    this.at = -1;
  }

  /**
   * A recipe is shown: it is a new try unless it was tried before. Of very many the oldest end of a branch goes.
   * @param {T} recipe
   * @param {() => string} face
   */
  show(recipe, face) {
    const known = this.list.findIndex((one) => same(one.recipe, recipe));
    if (known >= 0) {
      this.at = known;
      return;
    }
    this.list.push({ recipe: structuredClone(recipe), face: face(), parent: this.at });
    this.at = this.list.length - 1;
    if (this.list.length > MOST) this.forget(this.list.findIndex((_, i) => i !== this.at && !this.list.some(({ parent }) => parent === i)));
  }

  /** @param {number} gone an end of a branch, -1 where there is none */
  forget(gone) {
    if (gone < 0) gone = 0; // one single line: its beginning
    const heir = this.list[gone].parent;
    this.list.splice(gone, 1);
    const moved = (/** @type {number} */ place) => (place > gone ? place - 1 : place === gone ? heir : place);
    for (const one of this.list) one.parent = moved(one.parent);
    this.at = moved(this.at);
  }

  /**
   * Where each stands: a branch goes on in its own row, and another one that grows out of it begins a row below.
   * @returns {{row: number, column: number}[]} from 0
   */
  places() {
    /** @type {{row: number, column: number}[]} */
    const places = [];
    let rows = 0;
    for (const [i, { parent }] of this.list.entries()) {
      const first = parent >= 0 && this.list.findIndex((one) => one.parent === parent) === i;
      places.push({ row: first ? places[parent].row : rows++, column: parent < 0 ? 0 : places[parent].column + 1 });
    }
    return places;
  }
}
