// What the Compare page says about all models at once.

/** @typedef {import("../engine/contest.js").Standing} Standing */

/**
 * Which models hold the whole blend, in one sentence; why nothing is said where there is no judge.
 * @param {Standing[]} standings
 * @param {string} unjudged why nothing is said about what is in pictures, or ""
 */
export function summary(standings, unjudged) {
  const there = standings.filter((one) => !one.absent);
  const read = there.filter((one) => one.count !== undefined && one.of);
  if (!read.length) return unjudged;
  const { of } = read[0];
  const whole = read.filter(({ count }) => count === of);
  const best = read.reduce((one, other) => (better(other, one) ? other : one));
  if (read.length === 1) return `${best.title} shows ${best.count} of ${of} ${of === 1 ? "class" : "classes"}.`;
  const models = `${read.length} models`;
  if (!whole.length) return `None of ${models} shows all ${of} classes. ${best.title} shows most of them: ${best.count} of ${of}.`;
  const all = of === 1 ? "the class" : of === 2 ? "both classes" : `all ${of} classes`;
  const found = whole.length === read.length ? `All ${models} show ${all}` : `${whole.length} of ${models} ${whole.length === 1 ? "shows" : "show"} ${all}`;
  return `${found}; the weakest class is clearest in ${best.title}.`;
}

/** @param {Standing} one @param {Standing} other */
function better(one, other) {
  return one.count !== other.count ? one.count > other.count : one.least > other.least;
}

/** What stands below a figure's name: its unit, on what it was measured, and which way is better. @param {import("../engine/props.js").FigureProps} one */
export function heading({ unit, split, n, better }) {
  const where = n ? `${n.toLocaleString("en")} ${split} pictures` : split;
  return [unit, where, better && `${better} is better`].filter(Boolean).join(", ");
}

/** A number as short as it stays exact enough to be compared. @param {number} value */
export function shown(value) {
  if (value === 0 || Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : size >= 0.1 ? value.toFixed(3) : size >= 0.001 ? value.toFixed(4) : value.toPrecision(2);
}
