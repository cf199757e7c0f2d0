// The rows of a dataset, their classes and splits; and sets of rows as bits, which is how Python is sent them.

import { className, many, t, whole } from "../engine/language.js";

/**
 * @typedef {object} Origins where the pictures come from
 * @property {ArrayLike<number>} changed 1 for a changed copy of a drawing, of each row
 * @property {ArrayLike<number>|null} artist of each row, index into artists; null where nobody is named
 * @property {string[]} artists
 */

/** Every picture that the map has a point for; row i is point i. */
export class Rows {
  /**
   * @param {string[]} classes
   * @param {Int16Array} y class index of each row
   * @param {ArrayLike<number>} split 0 for a training picture, 1 for a test picture
   * @param {Origins|null} [origins] null where nothing is known
   */
  constructor(classes, y, split, origins = null) {
    this.origins = origins;
    this.classes = classes;
    this.y = y;
    this.split = split;
  }

  get count() {
    return this.y.length;
  }

  /** What a row's class is called. @param {number} row */
  className(row) {
    return className(this.classes[this.y[row]]);
  }

  /** Whether no model was trained on it. @param {number} row */
  isTest(row) {
    return Boolean(this.split[row]);
  }

  /** Whether it is a changed copy of a drawing. @param {number} row */
  isChanged(row) {
    return Boolean(this.origins?.changed[row]);
  }

  /** What a row's picture is: a drawing, or a changed copy of one, and by whom; "" where nobody knows. @param {number} row */
  origin(row) {
    const { artist, artists } = this.origins ?? { artist: null, artists: [] };
    if (!artist) return this.isChanged(row) ? t("A changed copy of a drawing.") : "";
    const named = { artist: artists[artist[row]] };
    return this.isChanged(row) ? t("A changed copy of a drawing by {artist}.", named) : t("A drawing by {artist}.", named);
  }

  /** How many of the points are changed copies, as a sentence; "" where none is. */
  copies() {
    const changed = this.origins ? Array.from(this.origins.changed).filter(Boolean).length : 0;
    if (!changed) return "";
    const values = { n: whole(changed), all: whole(this.count) };
    if (changed === this.count) return t("All {all} points are changed copies of drawings: turned, shifted or bent a little.", values);
    return many(changed, "{n} of {all} points is a changed copy of a drawing: turned, shifted or bent a little.", "{n} of {all} points are changed copies of drawings: turned, shifted or bent a little.", values);
  }
}

/**
 * Number of rows of each class, largest first.
 * @param {ArrayLike<number>} rows
 * @param {Int16Array} y class index of every row
 * @returns {[number, number][]} [class index, rows]; classes without a row are left out
 */
export function countByClass(rows, y) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const row of Array.from(rows)) counts.set(y[row], (counts.get(y[row]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/**
 * Rows as one bit each, in base64; row 0 is the lowest bit of the first byte.
 * @param {ArrayLike<number>} rows
 * @param {number} total rows that there are
 */
export function packRows(rows, total) {
  const bits = new Uint8Array(Math.ceil(total / 8));
  for (const row of Array.from(rows)) bits[row >> 3] |= 1 << (row & 7);
  let text = "";
  for (const byte of bits) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The rows of `packRows`, in increasing order. @param {string} packed */
export function unpackRows(packed) {
  const text = atob(packed);
  const rows = [];
  for (let at = 0; at < text.length; at++) {
    for (let bit = 0; bit < 8; bit++) if (text.charCodeAt(at) & (1 << bit)) rows.push(8 * at + bit);
  }
  return Int32Array.from(rows);
}
