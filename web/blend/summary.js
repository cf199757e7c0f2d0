// What is said about a rendering, in words and figures: what is seen, what is missing, what the blend turned into.

import { baselineOf, becameOf, seenOf } from "../engine/evidence.js";
import { className, t } from "../engine/language.js";
import { CLEAR, answer, comparison, lostWords, notJudged, removal, signed, turnedInto, verdict } from "../engine/sentences.js";
import { PARTS } from "./rendering.js";

/**
 * @typedef {import("./rendering.js").Rendering} Rendering
 *
 * @typedef {object} PartReport
 * @property {string} [count] "2 of 3", "" while leave-one-out is measured; undefined before the part is judged
 * @property {number} [sharpness]
 * @property {string} [removed] what leave-one-out says of it, "" where it is not measured
 * @property {boolean} lags whether what is shown is of earlier values
 *
 * @typedef {object} Report all figures about a rendering; bits and all that follows only where the blend is judged
 * @property {Record<string, PartReport>} parts
 * @property {boolean} measuring whether leave-one-out of the blend is on its way
 * @property {Float32Array} [bits] one per class
 * @property {Float32Array|null} [lost] leave-one-out in bits, one per class, where it is measured
 * @property {number|null} [baseline] mean bits of classes that are not in such a blend
 * @property {string} [count]
 * @property {string} [headline] what the remove-one test says of the blend
 * @property {string} [note]
 * @property {string} [became] the class that the blend turned into, or ""
 */

/** The figures of a rendering as far as they are there. @param {Rendering} rendering @returns {Report} */
export function report(rendering) {
  const { judged, bits, jobs, maker } = rendering;
  const { judge, classes } = maker.props.dataset;
  const waits = new Set(jobs.map(({ name }) => name));
  /** @type {Record<string, PartReport>} */
  const parts = {};
  for (const part of PARTS) {
    const lags = waits.has(part) || waits.has(`without ${part}`) || (part !== "blend" && waits.has("evidence"));
    parts[part] = bits[part] ? { lags, count: countOf(rendering, part), sharpness: rendering.sharpness[part], removed: removedOf(rendering, part) } : { lags };
  }
  const measuring = waits.has("without blend");
  if (!bits.blend) return { parts, measuring };
  const became = judged.length ? becameOf(bits.blend, judged) : null;
  return {
    parts,
    measuring,
    bits: bits.blend,
    lost: rendering.lostOf("blend"),
    baseline: baselineOf(judge.baseline, judged.length),
    count: parts.blend.count,
    headline: parts.blend.removed,
    note: note(rendering),
    became: became === null ? "" : className(classes[became]),
  };
}

/**
 * The sentence about a rendering that came to rest, "" where nothing is judged.
 * @param {Rendering} rendering
 * @param {boolean} evenable whether Even out can be pressed, and was not pressed just now
 */
export function sentence(rendering, evenable) {
  const { bits, judged, maker } = rendering;
  if (!bits.blend || !judged.length) return "";
  const name = (row) => className(maker.props.dataset.classes[row]);
  const became = becameOf(bits.blend, judged);
  const seen = seenIn(rendering, "blend");
  const faint = seen.filter((row) => bits.blend[row] < CLEAR);
  const said = verdict(judged.map(name), seen.map(name), faint.map(name), evenable);
  return became === null ? said : `${said} ${turnedInto(name(became))}`;
}

/**
 * The verdict on all pictures by the same tests, "" until each of them is judged: how many classes and how sharply, and
 * where all classes of the dataset are chosen, whether one picture can show them.
 * @param {Rendering} rendering
 * @param {Record<string, string>} titles of the parts
 * @returns {{said: string, answers: boolean}} answers: it says whether one picture can show all classes
 */
export function wholeVerdict(rendering, titles) {
  const { judged, lost, maker, sharpness } = rendering;
  const { classes, nouns } = maker.props.dataset;
  const parts = PARTS.filter((part) => maker.has(part));
  if (!judged.length || parts.some((part) => !rendering.bits[part] || (lost && !rendering.lostOf(part)))) return { said: "", answers: false };
  const shown = parts.map((part) => ({ title: titles[part], count: seenIn(rendering, part).length, sharpness: sharpness[part] ?? 0 }));
  const answers = judged.length === classes.length && judged.length > 2;
  return { said: answers ? answer(judged.length, nouns, shown) : comparison(judged.length, shown), answers };
}

/**
 * The blend without one of its classes, and what that does to the class's evidence.
 * @param {Rendering} rendering
 * @param {number} row
 * @param {string} name of the row
 * @returns {Promise<{picture?: Float32Array, said?: string}>} no picture where the class cannot be taken out
 */
export async function takenOut(rendering, row, name) {
  const without = await rendering.without(row);
  if (!without) {
    const shared = rendering.values.rows.includes(row);
    return { said: shared ? t("Without {name} nothing would be left.", { name }) : t("{name} has no share, so taking it out changes nothing.", { name }) };
  }
  const { picture, bits } = without;
  return { picture, said: bits && lostWords(name, rendering.bits.blend[row], bits[row]) };
}

function seenIn(rendering, part) {
  return seenOf(rendering.bits[part], rendering.judged, rendering.lostOf(part));
}

function countOf(rendering, part) {
  const { judged, lost } = rendering;
  if (!judged.length || (lost && !rendering.lostOf(part))) return "";
  return t("{k} of {all}", { k: seenIn(rendering, part).length, all: judged.length });
}

function removedOf(rendering, part) {
  const { judged, lost } = rendering;
  const own = rendering.lostOf(part);
  if (!lost) return "";
  if (!own) return t("Remove-one test: being measured");
  return removal(judged.length, judged.filter((row) => own[row] > 0).length, seenIn(rendering, part).length);
}

function note({ maker, judged, values, lost }) {
  const { classes, judge } = maker.props.dataset;
  const groups = values.rows.filter((row) => row >= classes.length).map((row) => maker.props.groups[row - classes.length].name);
  const said = [];
  const baseline = baselineOf(judge.baseline, judged.length);
  if (baseline !== null && judged.length) said.push(t("Dashed line: the average score of a class that is not in the blend ({bits} bits).", { bits: signed(baseline) }));
  if (lost) said.push(t("Thin bar: by how much a class's score falls when it is taken out."));
  if (groups.length) said.push(notJudged(groups));
  return said.join(" ");
}
