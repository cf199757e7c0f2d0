// The recipe while it is being changed: amounts by class index, shares, and back to plain JSON.

/** Amounts keep two decimals, so that the link says exactly what the picture was made of. */
export const tidy = (amount) => Math.round(Math.min(100, Math.max(0, amount)) * 100) / 100;

/** Everything that decides the pictures. `amounts[i]` is null where class i is not chosen. */
export class Mix {
  /**
   * @param {object} recipe plain JSON as in latent_core/recipe.py
   * @param {string[]} classes all class names of the dataset
   */
  constructor(recipe, classes) {
    this.classes = classes;
    this.apply(recipe);
  }

  /** Takes over a recipe's values. */
  apply(recipe) {
    const { w, ...rest } = recipe;
    this.rest = { ...rest };
    this.amounts = this.classes.map((name) => (Object.hasOwn(w, name) ? w[name] : null));
  }

  /** Indexes of the chosen classes, ascending. */
  get chosen() {
    return this.amounts.flatMap((amount, i) => (amount === null ? [] : [i]));
  }

  /** Shares of the chosen classes, sum 1; equal when every amount is 0. */
  get shares() {
    const amounts = this.chosen.map((i) => this.amounts[i]);
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return amounts.map((amount) => (total > 0 ? amount / total : 1 / amounts.length));
  }

  /** Whether classes are chosen and all their amounts are 0. */
  get empty() {
    return this.chosen.length > 0 && this.chosen.every((i) => this.amounts[i] === 0);
  }

  /** Chooses a class with an average amount, or leaves it out. */
  toggle(index) {
    const given = this.chosen.map((i) => this.amounts[i]);
    const fair = given.length ? given.reduce((sum, amount) => sum + amount, 0) / given.length : 50;
    this.amounts[index] = this.amounts[index] === null ? tidy(fair || 50) : null;
  }

  /** Chooses the first `most` classes in equal parts, or none. */
  chooseAll(yes, most = 40) {
    this.amounts = this.amounts.map((_, i) => (yes && i < most ? 50 : null));
  }

  /** Gives the chosen classes amounts in proportion to `weights`; the largest becomes 100. */
  setWeights(weights) {
    const largest = Math.max(...weights);
    this.chosen.forEach((index, i) => (this.amounts[index] = tidy((100 * weights[i]) / largest)));
  }

  /** The recipe as plain JSON. */
  recipe() {
    return { ...this.rest, w: Object.fromEntries(this.chosen.map((i) => [this.classes[i], this.amounts[i]])) };
  }
}

/** Shares with the one at `place` taken out (0) and the others in their proportions, sum 1. */
export function sharesWithout(shares, place) {
  const left = shares.reduce((sum, share, i) => (i === place ? sum : sum + share), 0);
  return shares.map((share, i) => (i === place ? 0 : share / left));
}
