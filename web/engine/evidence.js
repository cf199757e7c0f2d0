// What a judge's figures say about a picture: which classes are in it. It compares; graphs compute.

/** Bits at which a meter is full, on either side of 0. */
export const RANGE = 8;

/**
 * Rows (classes) that are seen: more than 0 bits and, where leave-one-out is given, more than 0 of that too.
 * @param {Float32Array} bits of every class
 * @param {number[]} rows of the classes in the blend
 * @param {Float32Array|null} [lost] leave-one-out in bits
 */
export function seenOf(bits, rows, lost) {
  return rows.filter((row) => bits[row] > 0 && (!lost || lost[row] > 0));
}

/**
 * The class that a blend turned into: not among `rows`, with bits above 0 and above all of theirs; null without one.
 * @param {Float32Array} bits of every class
 * @param {number[]} rows
 * @returns {number|null}
 */
export function becameOf(bits, rows) {
  const chosen = new Set(rows);
  let best = -1;
  bits.forEach((value, row) => {
    if (!chosen.has(row) && value > 0 && (best < 0 || value > bits[best])) best = row;
  });
  return best >= 0 && rows.every((row) => bits[best] > bits[row]) ? best : null;
}

/**
 * Baseline bits: the mean of classes that are not in a blend of `count`. The figures are given by count; the nearest one
 * counts, the smaller of two that are equally near.
 * @param {Record<string, number>} baseline
 * @param {number} count
 * @returns {number|null} null where there are no figures
 */
export function baselineOf(baseline, count) {
  const known = Object.keys(baseline).map(Number).sort((a, b) => a - b);
  if (!known.length) return null;
  return baseline[known.reduce((best, one) => (Math.abs(one - count) < Math.abs(best - count) ? one : best))];
}
