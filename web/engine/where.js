// Where in the picture a class counts more: paint in 8 x 8 fields; the twin of latent_core/recipes/where.py.

/** @typedef {import("./arrays.js").Floats} Floats */

/** Fields in a row, and in a column. */
export const SIDE = 8;
export const FIELDS = SIDE * SIDE;
/** The highest level. */
export const MOST = 3;
/** How many times as much each level makes a class count. */
const TIMES = 8;
const SIGNS = /** @type {[RegExp, string][]} */ ([[/%/g, "%25"], [/,/g, "%2C"], [/:/g, "%3A"]]); // what a list takes for its own

/** Levels of paint by class name, Uint8Array (64) each, row after row; classes without paint are left out. @typedef {Map<string, Uint8Array>} Paint */

/**
 * The paint in a recipe's text, which the server has read before.
 * @param {string} text
 * @returns {Paint}
 */
export function paintIn(text) {
  const paint = new Map();
  for (const part of text ? text.split(",") : []) {
    const [name, code] = part.split(":");
    const bytes = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    paint.set(decodeURIComponent(name), Uint8Array.from({ length: FIELDS }, (_, i) => (bytes.charCodeAt(i >> 2) >> (2 * (i & 3))) & MOST));
  }
  return paint;
}

/**
 * The text of paint, as recipes and links hold it; "" without any.
 * @param {Paint} paint
 * @param {string[]} names the classes whose paint counts, in their order
 */
export function paintText(paint, names) {
  return names.flatMap((name) => {
    const levels = paint.get(name);
    if (!levels?.some((level) => level > 0)) return [];
    const bytes = Array.from({ length: FIELDS / 4 }, (_, i) => [0, 1, 2, 3].reduce((sum, place) => sum | (levels[4 * i + place] << (2 * place)), 0));
    const code = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return [`${SIGNS.reduce((so, [sign, word]) => so.replace(sign, word), name)}:${code}`];
  }).join();
}

/** Levels of some rows of a mix in every field. It does not change. */
export class Where {
  /**
   * @param {ArrayLike<number>[]} levels (64) per row; a film's are numbers between the whole ones
   * @param {number[]} rows of these levels
   */
  constructor(levels, rows) {
    this.levels = levels;
    this.rows = rows;
  }

  /** What tells paint from other paint. */
  get key() {
    return this.rows.map((row, i) => `${row}:${Array.from(this.levels[i]).join(" ")}`).join();
  }

  /**
   * The different shares that fields have.
   * @param {number[]} rows of the mix
   * @param {number[]} shares of them, sum 1
   * @returns {{ways: number[][], fields: Floats}} ways of sharing, each of sum 1; fields (ways, 64), 1 for the way that
   *   a field has
   */
  ways(rows, shares) {
    const levels = rows.map((row) => this.levels[this.rows.indexOf(row)]);
    /** @type {Map<string, {way: number[], fields: number[]}>} */
    const different = new Map();
    for (let field = 0; field < FIELDS; field++) {
      const here = levels.map((of) => of?.[field] ?? 0);
      const key = here.join();
      if (!different.has(key)) {
        const local = shares.map((share, i) => share * TIMES ** here[i]);
        const sum = local.reduce((total, share) => total + share, 0);
        different.set(key, { way: local.map((share) => share / sum), fields: [] });
      }
      different.get(key)?.fields.push(field);
    }
    const found = [...different.values()];
    const data = new Float32Array(found.length * FIELDS);
    found.forEach(({ fields }, i) => fields.forEach((field) => (data[i * FIELDS + field] = 1)));
    return { ways: found.map(({ way }) => way), fields: { data, dims: [found.length, FIELDS] } };
  }
}

/**
 * Paint on the way from one to another.
 * @param {Where|undefined} a
 * @param {Where|undefined} b
 * @param {number} t 0 to 1
 * @returns {Where|undefined}
 */
export function whereBetween(a, b, t) {
  if (a?.key === b?.key) return a;
  const rows = [...new Set([...(a?.rows ?? []), ...(b?.rows ?? [])])];
  const level = (/** @type {Where|undefined} */ where, /** @type {number} */ row, /** @type {number} */ field) => where?.levels[where.rows.indexOf(row)]?.[field] ?? 0;
  return new Where(rows.map((row) => Float32Array.from({ length: FIELDS }, (_, field) => (1 - t) * level(a, row, field) + t * level(b, row, field))), rows);
}
