// Work in the pauses of a page: one short step a pause, as many pictures in it as fit into a few milliseconds.

const SHORT = 3; // ms: below this a step may grow
const LONG = 6; // ms: above this it must shrink
const MOST = 64; // pictures a step

/** Resolves when the browser has nothing better to do, or after a while all the same. */
export function pause() {
  return new Promise((resolve) => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 120 }) : setTimeout(resolve, 4)));
}

/** How many pictures one step of a kind of work takes; it learns from how long the last one took. */
export class Pace {
  constructor(size = 4) {
    this.size = size;
    /** @type {number[]} ms that the last steps took */
    this.steps = [];
  }

  /** Does a step and times it. @template T @param {() => Promise<T>} step @returns {Promise<T>} */
  async time(step) {
    const began = performance.now();
    const result = await step();
    const took = performance.now() - began;
    this.steps.push(took);
    if (this.steps.length > 500) this.steps.shift();
    if (took > LONG) this.size = Math.max(1, Math.floor((this.size * 0.7 * LONG) / took));
    else if (took < SHORT) this.size = Math.min(MOST, Math.ceil(this.size * 1.3));
    return result;
  }
}
