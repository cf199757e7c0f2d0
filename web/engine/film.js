// A film through blends: keyframes, each with the seconds to the next one, and what every picture between them is made of.

import { t, whole } from "./language.js";
import { Mix } from "./mix.js";
import { normal } from "./noise.js";
import { STEPS, Theta } from "./theta.js";
import { whereBetween } from "./where.js";

/**
 * @typedef {import("./props.js").RecipeProps} Recipe
 * @typedef {import("./pictures.js").Values} Values
 * @typedef {{recipe: Recipe, seconds: number}} Keyframe a blend, and the seconds from it to the next one
 */

export const SECONDS = { low: 0.1, high: 20, whole: false };
export const MOST_KEYFRAMES = 60;
export const MOST_FRAMES = 600;

/**
 * How many pictures a film has.
 * @param {Keyframe[]} keyframes
 * @param {number} rate pictures per second
 */
export function framesOf(keyframes, rate) {
  return Math.max(1, Math.round(secondsOf(keyframes) * rate));
}

/** @param {Keyframe[]} keyframes */
export function secondsOf(keyframes) {
  return keyframes.reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * Why a film cannot be made; "" where it can.
 * @param {Keyframe[]} keyframes
 * @param {number} rate
 */
export function filmless(keyframes, rate) {
  if (!keyframes.length) return t("A film needs blends: add this one, or take the loop through the chosen classes.");
  const frames = framesOf(keyframes, rate);
  if (frames <= MOST_FRAMES) return "";
  return t("This film would have {frames} pictures, and {most} is the most: take fewer seconds, or fewer pictures a second.", { frames: whole(frames), most: MOST_FRAMES });
}

/**
 * The ready-made film: from class to class, and back to the first.
 * @param {Recipe} recipe
 * @param {number} seconds from each to the next
 * @returns {Keyframe[]}
 */
export function loopThrough(recipe, seconds) {
  return Object.keys(recipe.w).map((name) => ({ recipe: { ...recipe, w: { [name]: 100 } }, seconds }));
}

/**
 * What a film's picture is made of. Between two keyframes shares and theta move evenly, draws turn from one noise into the
 * other, which keeps them as far out as draws are, and a method or a depth changes half-way. The last keyframe goes back to
 * the first in a loop, and stands still otherwise.
 * @param {Keyframe[]} keyframes of one model, at least one
 * @param {number} at seconds from the beginning
 * @param {boolean} loop
 * @param {{classes: string[], latent: number}} of classes and groups; numbers of a latent
 * @returns {Values}
 */
export function valuesAt(keyframes, at, loop, { classes, latent }) {
  let i = 0;
  let rest = at;
  while (i < keyframes.length - 1 && rest >= keyframes[i].seconds) rest -= keyframes[i++].seconds;
  const next = i + 1 < keyframes.length ? i + 1 : loop ? 0 : i;
  const even = Math.min(1, Math.max(0, rest / keyframes[i].seconds));
  return between(keyframes[i].recipe, keyframes[next].recipe, even * even * (3 - 2 * even), classes, latent); // slow at both ends
}

/**
 * @param {Recipe} from
 * @param {Recipe} to
 * @param {number} t 0 to 1
 * @param {string[]} classes
 * @param {number} latent
 * @returns {Values}
 */
function between(from, to, t, classes, latent) {
  const [a, b] = [new Mix(from, classes).values(), new Mix(to, classes).values()];
  if (t === 0) return a;
  const nearer = t < 0.5 ? a : b;
  const mixed = (/** @type {number} */ one, /** @type {number} */ other) => (1 - t) * one + t * other;
  const shareOf = (/** @type {Values} */ values, /** @type {number} */ row) => values.shares[values.rows.indexOf(row)] ?? 0;
  const rows = [...new Set([...a.rows, ...b.rows])].sort((one, other) => one - other);
  const n = Math.round(mixed(a.n, b.n));
  return {
    ...nearer,
    rows,
    shares: rows.map((row) => mixed(shareOf(a, row), shareOf(b, row))),
    theta: thetaBetween(a.theta, b.theta, t),
    where: whereBetween(a.where, b.where, t),
    n,
    k: Math.round(mixed(a.k, b.k)),
    ...(a.seed !== b.seed && { draws: turned(normal(a.seed, n, latent), normal(b.seed, n, latent), t) }),
  };
}

/** @param {Theta} a @param {Theta} b @param {number} t */
function thetaBetween(a, b, t) {
  const scale = (1 - t) * a.scale + t * b.scale;
  if (a.pattern === b.pattern) return new Theta(scale, a.pattern);
  const length = Math.max(a.cells?.length ?? 0, b.cells?.length ?? 0);
  const cell = (/** @type {Theta} */ theta, /** @type {number} */ i) => theta.cells?.[i] ?? STEPS;
  return Theta.fromCells(scale, Uint8Array.from({ length }, (_, i) => Math.round((1 - t) * cell(a, i) + t * cell(b, i))));
}

/** Part of the way from one noise to another, with the same variance all along. @param {Float32Array} a @param {Float32Array} b @param {number} t */
function turned(a, b, t) {
  const [one, other] = [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)];
  return a.map((value, i) => one * value + other * b[i]);
}
