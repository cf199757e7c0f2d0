// Nine blends: the present one in the middle, and eight near it, each opposite to another.

import { tidy } from "./mix.js";
import { normal } from "./noise.js";

/** @typedef {import("./props.js").RecipeProps} Recipe */

export const MIDDLE = 4;
const OPPOSITE = [[0, 8], [1, 7], [2, 6], [3, 5]];
const LEAST = 2; // of a hundred: a class that was given nothing can come in

/**
 * What can be varied: how amounts stand to one another, and theta where it is not 0. One class alone has draws instead.
 * @param {Recipe} recipe at least one class
 * @param {number} step how far to go, 1 makes about half as much of a class as before, or twice as much
 * @param {number} round other ones each time
 * @returns {Recipe[]} nine
 */
export function nearOf(recipe, step, round) {
  const names = Object.keys(recipe.w);
  const sizes = names.length > 1 ? names.length : 0;
  const numbers = sizes + (recipe.theta > 0 ? 1 : 0);
  /** @type {Recipe[]} */
  const near = Array.from({ length: 9 }, () => recipe);
  if (!sizes) return near.map((one, i) => (i === MIDDLE ? one : { ...one, theta: round2(Math.min(1, one.theta || step / 4)), seed: 9 * (round + 1) + i }));
  OPPOSITE.forEach((pair, way) => {
    const direction = directionOf(way, sizes, numbers, round);
    pair.forEach((cell, side) => (near[cell] = moved(recipe, names, direction, side ? step : -step)));
  });
  return near;
}

/**
 * A direction of length 1; of two numbers at most every 45 degrees, of more by chance.
 * @param {number} way 0 to 3
 * @param {number} sizes classes
 * @param {number} numbers of a direction
 * @param {number} round
 */
function directionOf(way, sizes, numbers, round) {
  let found = [...normal(round, 1, numbers, way)];
  if (sizes === 2) {
    const angle = (Math.PI * way) / 4 + (round * Math.PI) / 16;
    const [across, up] = numbers > 2 ? [Math.cos(angle), Math.sin(angle)] : [0.22 * (way + 1) + 0.05 * (round % 3), 0];
    found = [across * Math.SQRT1_2, -across * Math.SQRT1_2, ...(numbers > 2 ? [up] : [])];
    if (numbers === 2) return found;
  }
  const mean = found.slice(0, sizes).reduce((sum, one) => sum + one, 0) / sizes; // more of all is the same blend
  found = found.map((one, i) => (i < sizes ? one - mean : one));
  const length = Math.hypot(...found) || 1;
  return found.map((one) => one / length);
}

/**
 * @param {Recipe} recipe
 * @param {string[]} names
 * @param {number[]} direction
 * @param {number} far
 * @returns {Recipe}
 */
function moved(recipe, names, direction, far) {
  const total = names.reduce((sum, name) => sum + recipe.w[name], 0);
  const hundred = names.map((name) => (total > 0 ? (100 * recipe.w[name]) / Math.max(...Object.values(recipe.w)) : 100));
  const amounts = hundred.map((amount, i) => Math.max(amount, LEAST) * Math.exp(far * direction[i]));
  const largest = Math.max(...amounts);
  const w = Object.fromEntries(names.map((name, i) => [name, tidy((100 * amounts[i]) / largest)]));
  const theta = direction.length > names.length ? round2(Math.min(1, recipe.theta * Math.exp(far * direction[names.length]))) : recipe.theta;
  return { ...recipe, w, theta };
}

/** @param {number} value */
const round2 = (value) => Math.max(0.01, Math.round(100 * value) / 100);
