// The recipe while it is being changed: amounts by class index, shares, and back to plain JSON.

import { AMOUNT, CLASSES } from "./limits.js";
import { Theta } from "./theta.js";
import { Where, paintIn, paintText } from "./where.js";

/** @typedef {import("./props.js").RecipeProps} Recipe */

/** Amounts keep two decimals, so that the link says exactly what the picture was made of. @param {number} amount */
export const tidy = (amount) => Math.round(Math.min(AMOUNT.high, Math.max(AMOUNT.low, amount)) * 100) / 100;

/** Everything that decides the pictures. `amounts[i]` is null where class i is not chosen. */
export class Mix {
  /** Everything of the recipe but the amounts. @type {Omit<Recipe, "w">} */
  rest;
  /** @type {(number|null)[]} */
  amounts = [];
  #theta = new Theta(0);
  /** @type {{text: string, paint: import("./where.js").Paint}} */
  #painted = { text: "", paint: new Map() };

  /**
   * @param {Recipe} recipe
   * @param {string[]} classes all class names of the dataset
   */
  constructor(recipe, classes) {
    this.classes = classes;
    this.rest = recipe;
    this.apply(recipe);
  }

  /** Takes over a recipe's values. @param {Recipe} recipe */
  apply(recipe) {
    const { w, ...rest } = recipe;
    this.rest = rest;
    this.amounts = this.classes.map((name) => (Object.hasOwn(w, name) ? w[name] : null));
  }

  /** theta with its pattern, for the blend. */
  get theta() {
    const { theta, pattern } = this.rest;
    if (theta !== this.#theta.scale || pattern !== this.#theta.pattern) this.#theta = new Theta(theta, pattern);
    return this.#theta;
  }

  /** Paint of the classes, chosen or not; what is not chosen comes back with its class. */
  get paint() {
    const { where } = this.rest;
    if (where !== this.#painted.text) this.#painted = { text: where, paint: paintIn(where) };
    return this.#painted.paint;
  }

  /** Whether paint decides who shows where. */
  get shows() {
    return this.paint.size > 0 && this.chosen.length > 1 && this.chosen.some((index) => this.paint.has(this.classes[index]));
  }

  /** Indexes of the chosen classes, ascending. */
  get chosen() {
    return this.amounts.flatMap((amount, i) => (amount === null ? [] : [i]));
  }

  /** Amounts of the chosen classes. */
  get given() {
    return this.amounts.filter((amount) => amount !== null);
  }

  /** Shares of the chosen classes, sum 1; equal when every amount is 0. */
  get shares() {
    const amounts = this.given;
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return amounts.map((amount) => (total > 0 ? amount / total : 1 / amounts.length));
  }

  /** Whether classes are chosen and all their amounts are 0. */
  get empty() {
    return this.given.length > 0 && this.given.every((amount) => amount === 0);
  }

  /** Chooses a class with an average amount, or leaves it out. @param {number} index */
  toggle(index) {
    const { given } = this;
    const fair = given.length ? given.reduce((sum, amount) => sum + amount, 0) / given.length : 50;
    this.amounts[index] = this.amounts[index] === null ? tidy(fair || 50) : null;
  }

  /**
   * Chooses the first `most` classes in equal parts, or none.
   * @param {boolean} yes
   */
  chooseAll(yes, most = CLASSES.high) {
    this.amounts = this.amounts.map((_, i) => (yes && i < most ? 50 : null));
  }

  /** Gives the chosen classes amounts in proportion to `weights`; the largest becomes 100. @param {number[]} weights */
  setWeights(weights) {
    const largest = Math.max(...weights);
    this.chosen.forEach((index, i) => (this.amounts[index] = tidy((100 * weights[i]) / largest)));
  }

  /**
   * What graphs are given: only classes with a share, as the others add nothing.
   * @param {string} [method] in place of the recipe's
   * @returns {import("./pictures.js").Values}
   */
  values(method = this.rest.method) {
    const { n, seed, depth, k } = this.rest;
    const shares = this.shares;
    const used = this.chosen.map((row, i) => ({ row, share: shares[i] })).filter(({ share }) => share > 0);
    const rows = used.map(({ row }) => row);
    const painted = rows.filter((row) => rows.length > 1 && this.paint.has(this.classes[row])); // one class alone shows everywhere
    const where = painted.length ? new Where(painted.map((row) => /** @type {Uint8Array} */ (this.paint.get(this.classes[row]))), painted) : undefined;
    return { rows, shares: used.map(({ share }) => share), theta: this.theta, n, seed, depth, k, method, where };
  }

  /** The recipe as plain JSON. @returns {Recipe} */
  recipe() {
    const { chosen, given } = this;
    const where = paintText(this.paint, chosen.map((index) => this.classes[index]));
    return { ...this.rest, where, w: Object.fromEntries(chosen.map((index, i) => [this.classes[index], given[i]])) };
  }
}

/**
 * Shares with the one at `place` taken out (0) and the others in their proportions, sum 1.
 * @param {number[]} shares
 * @param {number} place
 */
export function sharesWithout(shares, place) {
  const left = shares.reduce((sum, share, i) => (i === place ? sum : sum + share), 0);
  return shares.map((share, i) => (i === place ? 0 : share / left));
}
