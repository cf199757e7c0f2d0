// What tests and benchmarks look at: window.medley. It is written here and read by nothing of ours.

const LONGEST = 2000; // frames that are remembered

/**
 * @typedef {{input: number, work: number, painted: number}} Timing of a frame, in ms of performance.now(): when the input
 *   that it shows came, how long its work took, and when it was painted
 * @typedef {{frames?: Timing[], pictures?: object, generate?: object, map?: object, compare?: object, preview?: number, waiting?: number}} Hook
 */

/** @returns {Hook} */
function hook() {
  return (window.medley ??= {});
}

/** A frame was painted. @param {Timing} frame */
export function exposeFrame(frame) {
  const frames = (hook().frames ??= []);
  frames.push(frame);
  if (frames.length > LONGEST) frames.shift();
}

/** One message more (1) or less (-1) waits for a control to rest. @param {1|-1} by */
export function countWaiting(by) {
  const seen = hook();
  seen.waiting = (seen.waiting ?? 0) + by;
}

/**
 * Something that a page has made.
 * @param {"pictures"|"generate"|"map"|"compare"} name
 * @param {object} values
 * @param {boolean} [keep] whether what was there before stays, where it is not replaced
 */
export function expose(name, values, keep = true) {
  const seen = hook();
  if (keep) seen[name] = Object.assign(seen[name] ?? {}, values);
  else seen[name] = values;
}
