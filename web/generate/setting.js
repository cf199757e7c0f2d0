// What is set on the Generate page: theta as number and pattern, draws, family, filter and mode.

import { STEPS, fromText, toText } from "../engine/theta.js";

const MODES = ["simple", "medium1", "medium2"];

/** The values under the visitor's hands; `cells` is the pattern (classes * latent bytes), null where all are 100. */
export class Setting {
  /** @param {number} classes @param {number} latent */
  constructor(classes, latent) {
    this.classes = classes;
    this.latent = latent;
    this.row = 0; // the class that was worked on last
    this.theta = 0;
    this.n = 1;
    this.seed = 0;
    this.family = "";
    /** Least probability that the filter asks for. @type {number|null} null without a filter */
    this.tau = null;
    this.mode = MODES[0];
    /** @type {Uint8Array|null} */
    this.cells = null;
    /** The pattern before Simple was chosen. @type {Uint8Array|null} */
    this.memory = null;
    /** The rest of the recipe. @type {Record<string, any>} */
    this.base = {};
  }

  /** Takes over a recipe and the way of drawing. */
  apply(recipe, way) {
    this.base = recipe;
    ({ theta: this.theta, n: this.n, seed: this.seed } = recipe);
    ({ family: this.family, tau: this.tau, mode: this.mode } = way);
    this.cells = fromText(recipe.pattern);
    this.memory = null;
  }

  get pattern() {
    return toText(this.cells);
  }

  /** The recipe as plain JSON. */
  recipe() {
    return { ...this.base, theta: this.theta, n: this.n, seed: this.seed, pattern: this.pattern };
  }

  way() {
    return { family: this.family, tau: this.tau, mode: this.mode };
  }

  /** A cell of the pattern, 0 to 100. */
  cell(row, column) {
    return this.cells ? this.cells[row * this.latent + column] : STEPS;
  }

  /** What the pattern leaves of theta, mean over its cells, 0 to 100. */
  left() {
    return this.cells ? this.cells.reduce((sum, cell) => sum + cell, 0) / this.cells.length : STEPS;
  }

  /** theta of a cell, as a number to read. */
  effective(row, column) {
    return this.theta * (this.cell(row, column) / STEPS);
  }

  /** Paints a cell, and with it what the mode holds equal: everything, or its column. @param {number} value 0 to 100 */
  paint(row, column, value) {
    this.row = row;
    if (this.mode === "simple") {
      this.theta = value / STEPS;
      return;
    }
    this.cells ??= new Uint8Array(this.classes * this.latent).fill(STEPS);
    const rows = this.mode === "medium1" ? this.cells.length / this.latent : 1;
    for (let i = 0; i < rows; i++) this.cells[(rows > 1 ? i : row) * this.latent + column] = value;
  }

  /**
   * Takes over a setting: family, tau, n, and theta with a pattern, or thetas (classes, latent) of 0 to 1.
   * A mode that cannot hold the pattern becomes one that can.
   */
  load({ family, tau, n, theta, pattern = "", thetas = undefined, mode = undefined }) {
    Object.assign(this, { family, tau, n });
    const flat = thetas?.flat();
    const one = flat && flat.every((value) => value === flat[0]);
    this.theta = flat ? (one ? flat[0] : 1) : theta;
    this.cells = flat && !one ? Uint8Array.from(flat, (value) => Math.round(STEPS * value)) : fromText(pattern);
    const rows = this.cells && Array.from({ length: this.classes }, (_, i) => this.cells.slice(i * this.latent, (i + 1) * this.latent).join());
    this.mode = mode ?? (rows ? MODES[rows.every((row) => row === rows[0]) ? 1 : 2] : MODES[0]);
  }

  /** Another mode; what it holds equal becomes so, and Simple remembers the pattern for the way back. */
  choose(mode) {
    const cells = this.cells ?? this.memory;
    this.mode = mode;
    if (mode === "simple") {
      [this.memory, this.cells] = [cells, null];
      return;
    }
    this.cells = cells;
    if (mode !== "medium1" || !cells) return;
    const own = cells.slice(this.row * this.latent, (this.row + 1) * this.latent);
    for (let i = 0; i < this.classes; i++) cells.set(own, i * this.latent);
  }

  /** Forgets the pattern. */
  reset() {
    this.cells = this.memory = null;
  }

  /** Everything that decides the pictures, as text. */
  key() {
    return [this.theta, this.pattern, this.n, this.seed, this.family, this.tau].join(" ");
  }

  /** A copy that nobody moves. */
  copy() {
    const held = Object.assign(new Setting(this.classes, this.latent), this);
    held.cells = this.cells && this.cells.slice();
    return held;
  }
}

/** The recipe with a saved setting of another model in it. @param {any} recipe @param {any} setting */
export function foreign({ w, ...recipe }, { slug, theta, n, pattern }) {
  const [data, model] = slug.split("/");
  return { ...recipe, ...(data === recipe.data && { w }), data, model, theta, n, pattern };
}
