// Written by `make types` from latent_core/recipes/limits.py: the range of each number of a recipe.

/** @typedef {{low: number, high: number, whole: boolean}} Limit both ends included */

/** @type {Limit} */
export const THETA = { low: 0, high: 1, whole: false };
/** @type {Limit} */
export const N = { low: 1, high: 10, whole: true };
/** @type {Limit} */
export const SEED = { low: 0, high: 4294967295, whole: true };
/** @type {Limit} */
export const DEPTH = { low: 0, high: 4, whole: true };
/** @type {Limit} */
export const AMOUNT = { low: 0, high: 100, whole: false };
/** @type {Limit} */
export const COMPONENTS = { low: 0, high: 4096, whole: true };
/** @type {Limit} */
export const CLASSES = { low: 1, high: 40, whole: true };
/** @type {Limit} */
export const TAU = { low: 0, high: 0.99, whole: false };
/** @type {Limit} */
export const STEP = { low: -3, high: 3, whole: false };
/** @type {Limit} */
export const STEP_FURTHER = { low: -6, high: 6, whole: false };
/** @type {Limit} */
export const CHANGE = { low: 0, high: 1, whole: false };
/** @type {Limit} */
export const CHANGE_FURTHER = { low: -2, high: 3, whole: false };
