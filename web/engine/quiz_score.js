// What a quiz's answers come to, in figures, sentences and lines of a table.

import { chanceOf, chanceOfHits, fitLogistic, isSplit, logistic, thresholdOf, widthOf } from "./psychometrics.js";
import { className, decimals, language, many, t, whole } from "./language.js";
import { quoted } from "./names.js";
import { list } from "./sentences.js";

/**
 * @typedef {import("./quiz_plan.js").Question} Question
 * @typedef {import("./quiz_plan.js").Trial} Trial
 *
 * @typedef {{found: number, wrong: number}} Count of classes named that are in the pictures, and that are not
 */

/** @param {Question[]} plan @param {number[][]} named by somebody, a list of classes per picture @returns {Count} */
function counted(plan, named) {
  const of = (/** @type {boolean} */ inIt) => plan.reduce((sum, { there }, i) => sum + named[i].filter((one) => there.includes(one) === inIt).length, 0);
  return { found: of(true), wrong: of(false) };
}

/**
 * "Who is in this picture?": what was found, by the visitor and by the judge, and how often chance does as well.
 * @param {Question[]} plan
 * @param {number[][]} ticked classes per picture
 * @param {number[][]|null} judged the same of the judge; null without one
 */
export function whoScore(plan, ticked, judged) {
  const chances = chanceOfHits(plan.map(({ options, there }, i) => ({ options: options.length, there: there.length, ticked: ticked[i].length })));
  const you = counted(plan, ticked);
  return { all: plan.reduce((sum, { there }) => sum + there.length, 0), you, judge: judged && counted(plan, judged), chance: chanceOf(chances, you.found) };
}

/** @param {ReturnType<typeof whoScore>} score */
export function whoWords({ all, you, judge, chance }) {
  const { found, wrong } = you;
  const said = [
    wrong
      ? many(wrong, "You found {found} of {all}, and {n} that was not there.", "You found {found} of {all}, and {n} that were not there.", { found, all })
      : t("You found {found} of {all}, and none that were not there.", { found, all }),
    judge ? judgeFound(judge, all) : t("There is no judge for these pictures."),
  ];
  if (found + wrong) said.push(t("Ticking as many at random finds {mean} on average; it does as well as you {often}.", { mean: decimals(chance.mean, 1), often: often(chance.least) }));
  return said.join(" ");
}

/** @param {Count} judge @param {number} all */
function judgeFound({ found, wrong }, all) {
  if (!wrong) return t("The judge found {found} of {all}, and none that were not there.", { found, all });
  return many(wrong, "The judge found {found} of {all}, and {n} that was not there.", "The judge found {found} of {all}, and {n} that were not there.", { found, all });
}

/** A chance in words. @param {number} chance 0..1 */
export function often(chance) {
  if (chance > 0.995) return t("always");
  if (chance >= 0.2) return t("in {count} of 100 tries", { count: Math.round(100 * chance) });
  if (chance < 1e-6) return t("less than once in a million tries");
  const tries = 1 / chance;
  return t("once in {count} tries", { count: whole(Math.round(tries < 100 ? tries : Number(tries.toPrecision(2)))) });
}

/**
 * "At which point ...?": answers by level, the curve through them, and the judge's choice on the same pictures.
 * @param {Trial[]} plan
 * @param {boolean[]} answers whether it was the second class
 * @param {number[]|null} judged the judge's probability of the second class per picture; null without one
 */
export function pointScore(plan, answers, judged) {
  const levels = [...new Set(plan.map(({ level }) => level))].sort((a, b) => a - b);
  const points = levels.map((level) => {
    const at = plan.flatMap((trial, i) => (trial.level === level && i < answers.length ? [i] : []));
    const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    return { x: level / 100, yes: at.filter((i) => answers[i]).length, n: at.length, judge: judged ? mean(at.map((i) => judged[i])) : null };
  });
  const fit = fitLogistic(points);
  const rises = fit !== null && fit.slope > 0;
  return {
    points,
    fit,
    split: isSplit(points),
    threshold: rises ? thresholdOf(fit) : null,
    width: rises ? widthOf(fit) : null,
    curve: fit && ((/** @type {number} */ x) => logistic(fit.intercept + fit.slope * x)),
    judge: judged && crossing(points.map(({ x, judge }) => [x, /** @type {number} */ (judge)])),
  };
}

/** Where a line through points first rises above one half; null where it does not. @param {number[][]} points x and y, by x */
export function crossing(points) {
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    if (y0 < 0.5 && y1 >= 0.5) return x0 + ((0.5 - y0) / (y1 - y0)) * (x1 - x0);
  }
  return null;
}

const percent = (/** @type {number} */ share) => `${Math.round(100 * share)} %`;

/** @param {ReturnType<typeof pointScore>} score @param {string} one name of the first class, as it is shown @param {string} other of the second */
export function pointWords({ points, threshold, width, split, judge, fit }, one, other) {
  const said = [];
  const [first, second] = [quoted(one), quoted(other)];
  const plusMinus = (/** @type {number} */ error) => Math.max(1, Math.round(100 * error));
  const given = points.filter(({ n }) => n > 0);
  if (given.every(({ yes, n }) => yes === n)) said.push(t("You always saw {name}, so no point can be told.", { name: second }));
  else if (given.every(({ yes }) => yes === 0)) said.push(t("You always saw {name}, so no point can be told.", { name: first }));
  else if (!threshold || !width || !fit) said.push(t("You did not answer “{name}” more often with more of it, so no point can be told.", { name: other }));
  else if (threshold.at < 0 || threshold.at > 1) said.push(t("The point lies outside the mixtures that were shown."));
  else {
    const { at, error, low, high } = threshold;
    const values = { first, second, share: percent(at), error: plusMinus(error) };
    if (low === null || high === null) said.push(t("For you {first} becomes {second} at {share} of {second}, give or take {error}.", values));
    else {
      const bounds = { low: percent(Math.max(0, low)), high: percent(Math.min(1, high)) };
      said.push(t("For you {first} becomes {second} at {share} of {second}, give or take {error} (with 95 % confidence between {low} and {high}).", { ...values, ...bounds }));
    }
    if (split) said.push(t("You were never in doubt, so your curve may be steeper than it is drawn."));
    else said.push(t("From a quarter to three quarters of your answers it takes {share} more of {second}, give or take {error}.", { second, share: percent(width.width), error: plusMinus(width.error) }));
  }
  if (judge !== null && judge !== undefined) said.push(t("For the judge it happens at {share}.", { share: percent(judge) }));
  return said.join(" ");
}

/**
 * Lines for a spreadsheet: one per picture. Whole numbers only, so that no decimal sign can be misread.
 * @param {Question[]} plan @param {number[][]} ticked @param {number[][]|null} judged @param {string[]} classes
 * @returns {(string|number)[][]}
 */
export function whoTable(plan, ticked, judged, classes) {
  const names = (/** @type {number[]} */ rows) => rows.map((row) => classes[row]).join(" + ");
  return [
    ["picture", "options", "in it", "ticked", "right", "wrong", "judge"],
    ...plan.map(({ options, there }, i) => [
      i + 1, names(options), names(there), names(ticked[i]), ticked[i].filter((one) => there.includes(one)).length,
      ticked[i].filter((one) => !there.includes(one)).length, judged ? names(judged[i]) : "",
    ]),
  ];
}

/**
 * The same of the other quiz.
 * @param {Trial[]} plan @param {boolean[]} answers @param {number[]|null} judged @param {string} first @param {string} second
 * @returns {(string|number)[][]}
 */
export function pointTable(plan, answers, judged, first, second) {
  return [
    ["picture", `percent of ${second}`, "answer", "judge, percent"],
    ...plan.map(({ level }, i) => [i + 1, level, answers[i] ? second : first, judged ? Math.round(100 * judged[i]) : ""]),
  ];
}

/**
 * The question of the second quiz: "does the 3 become an 8", "does the cat become a dog", and names that are no nouns of
 * which there are many in quotes.
 * @param {string} first
 * @param {string} second
 * @param {string} [nouns] what the dataset's classes are: "animals"
 */
export function pointQuestion(first, second, nouns = "") {
  const digits = [first, second].every((name) => /^\d$/.test(name));
  if (!digits && nouns !== "animals") return t("At which point does “{first}” become “{second}”?", { first: className(first), second: className(second) });
  const [one, other] = [first, second].map((name) => (language.code === "en" ? name.toLowerCase() : className(name)));
  const values = { first: one, second: other };
  if (/^[aeiou8]/.test(other)) return t("At which point does the {first} become an {second}?", values);
  return t("At which point does the {first} become a {second}?", values);
}

/** What was in a picture, and who named what; names as they are shown. @param {string[]} there @param {string[]} ticked @param {string[]|null} judged */
export function roundWords(there, ticked, judged) {
  const named = (/** @type {string[]} */ names) => (names.length ? list(names) : t("nobody"));
  return [t("In it: {names}", { names: list(there) }), t("You: {names}", { names: named(ticked) }), ...(judged ? [t("Judge: {names}", { names: named(judged) })] : [])];
}
