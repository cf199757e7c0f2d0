// What the Compare page says about all models at once.

import { decimals, known, language, many, t, whole } from "../engine/language.js";

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
  const all = of ?? 0;
  const complete = read.filter(({ count }) => count === of).length;
  const best = read.reduce((one, other) => (better(other, one) ? other : one));
  const values = { model: best.title, count: best.count ?? 0, all, models: read.length };
  if (read.length === 1) return many(all, "{model} shows {count} of {all} class.", "{model} shows {count} of {all} classes.", values);
  if (!complete) return t("None of {models} models shows all {all} classes. {model} shows most of them: {count} of {all}.", values);
  return t("{found}; the weakest class is clearest in {model}.", { ...values, found: foundBy(complete, read.length, all) });
}

/** How many of some models show a whole blend. @param {number} found at least one @param {number} models two or more @param {number} all classes of the blend */
function foundBy(found, models, all) {
  const values = { models, all };
  if (found === models) {
    if (all === 1) return t("All {models} models show the class", values);
    return all === 2 ? t("All {models} models show both classes", values) : t("All {models} models show all {all} classes", values);
  }
  if (all === 1) return many(found, "{n} of {models} models shows the class", "{n} of {models} models show the class", values);
  if (all === 2) return many(found, "{n} of {models} models shows both classes", "{n} of {models} models show both classes", values);
  return many(found, "{n} of {models} models shows all {all} classes", "{n} of {models} models show all {all} classes", values);
}

/** @param {Standing} one @param {Standing} other */
function better(one, other) {
  return one.count !== other.count ? one.count > other.count : one.least > other.least;
}

/** What stands below a figure's name: its unit, on what it was measured, and which way is better. @param {import("../engine/props.js").FigureProps} one */
export function heading({ unit, split, n, better }) {
  const where = n ? t("{n} {split} pictures", { n: whole(n), split: known(split) }) : known(split);
  const way = better && (better === "higher" ? t("higher is better") : t("lower is better"));
  return [known(unit), where, way].filter(Boolean).join(", ");
}

/** The same in English, for tables that are saved. @param {import("../engine/props.js").FigureProps} one */
export function savedHeading({ unit, split, n, better }) {
  return [unit, n ? `${n.toLocaleString("en")} ${split} pictures` : split, better && `${better} is better`].filter(Boolean).join(", ");
}

/** A number as short as it stays exact enough to be compared. @param {number} value */
export function shown(value) {
  if (value === 0 || Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size < 0.001) return value.toPrecision(2).replace(".", language.decimal);
  return decimals(value, size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
}
