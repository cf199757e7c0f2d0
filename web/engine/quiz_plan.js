// What a quiz shows, decided by its seed alone: the same link asks everybody the same questions in the same order.

import { philox } from "./noise.js";

const MOST_OPTIONS = 8;
const MOST_IN_IT = 3;
export const ROUNDS = 8;
/** Shares of the second class in percent; whole numbers, so that a table needs no decimal sign. */
export const LEVELS = [10, 20, 30, 40, 50, 60, 70, 80, 90];
export const REPEATS = 3;

/**
 * A picture of "Who is in this picture?": indexes of classes, those that may be ticked and those that are in it.
 * @typedef {{options: number[], there: number[], seed: number}} Question
 *
 * A picture of "At which point ...?".
 * @typedef {{level: number, seed: number}} Trial
 */

/** Whole numbers from a seed, one after another. */
class Dice {
  /** @param {number} seed 0 to 2^32 - 1 @param {number} stream whole */
  constructor(seed, stream) {
    this.seed = seed;
    this.stream = stream;
    this.count = 0;
  }

  /** 0 to below `sides`. @param {number} sides */
  roll(sides) {
    const [word] = philox([this.count++, 0, this.stream, 1], [this.seed >>> 0, 0]);
    return Math.floor((word / 4294967296) * sides);
  }

  /** So many of a list, in an order of their own. @template T @param {T[]} list @param {number} [count] @returns {T[]} */
  some(list, count = list.length) {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.roll(left.length), 1)[0]);
  }
}

/**
 * @param {number} seed
 * @param {number} classes of the dataset, at least two
 * @returns {Question[]}
 */
export function whoPlan(seed, classes) {
  const dice = new Dice(seed, 0);
  const all = Array.from({ length: classes }, (_, i) => i);
  return Array.from({ length: ROUNDS }, () => {
    const there = dice.some(all, 1 + dice.roll(Math.min(MOST_IN_IT, classes - 1)));
    const others = dice.some(all.filter((i) => !there.includes(i)), MOST_OPTIONS - there.length);
    const sorted = (/** @type {number[]} */ list) => [...list].sort((a, b) => a - b);
    return { options: sorted([...there, ...others]), there: sorted(there), seed: dice.roll(100_000) };
  });
}

/** Every level once in each block, the blocks in an order of their own. @param {number} seed @returns {Trial[]} */
export function pointPlan(seed) {
  const dice = new Dice(seed, 1);
  return Array.from({ length: REPEATS }, () => dice.some(LEVELS)).flat().map((level) => ({ level, seed: dice.roll(100_000) }));
}
