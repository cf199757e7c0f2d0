// Undo and redo: the recipes that were settled in this tab, kept while one moves between pages.

const LONGEST = 200;

/** A list of recipes (plain JSON) with a place in it. */
export class History {
  constructor() {
    this.steps = [];
    this.at = -1;
  }

  /** Adds a step after the present one and forgets what was undone; the same recipe twice is one step. */
  push(recipe) {
    if (this.at >= 0 && same(this.steps[this.at], recipe)) return;
    this.steps = [...this.steps.slice(0, this.at + 1), structuredClone(recipe)].slice(-LONGEST);
    this.at = this.steps.length - 1;
  }

  /** Moves by -1 or +1 and returns the recipe there, or null at the end. */
  move(by) {
    if (!this.can(by)) return null;
    this.at += by;
    return structuredClone(this.steps[this.at]);
  }

  /** Whether there is a step in that direction. */
  can(by) {
    return this.at + by >= 0 && this.at + by < this.steps.length;
  }
}

/** Whether two recipes say the same; the order of their keys does not count. */
export function same(a, b) {
  return text(a) === text(b);
}

function text(value) {
  return JSON.stringify(value, (_, held) =>
    held && typeof held === "object" && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}
