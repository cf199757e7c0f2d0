// Pictures that are two pictures side by side: which of them a model is shown.

import { t } from "./language.js";
import { list } from "./sentences.js";

/** @type {Record<string, string>} */
const NAMES = { digit: t("digit##half of a picture"), item: t("item##half of a picture") };

/** A half as visitors read it. @param {string} half */
const named = (half) => NAMES[half] ?? half;

/**
 * What a choice of halves offers: the value that the server is told, and its words.
 * @param {string[]} halves names of the left and the right half; none where pictures are whole
 * @returns {[string, string][]}
 */
export const shownChoices = (halves) => [
  ["", t("both halves")],
  ...halves.map((name) => /** @type {[string, string]} */ ([name, t("the {half} alone", { half: named(name) })])),
];

/**
 * What is to be said about pictures of which one half alone was shown; "" where both were.
 * @param {string} shown
 * @param {string[]} halves
 * @param {import("./props.js").ModelRef[]} models those that it was shown to
 */
export function shownWords(shown, halves, models) {
  const other = halves.find((name) => name !== shown);
  if (!shown || !other) return "";
  const said = t("Only the {shown} was shown: the {other} is what comes to mind with it.", { shown: named(shown), other: named(other) });
  return `${said} ${untaughtWords(models)}`.trim();
}

/** What is to be said where nobody can hide a half; "" where pictures are whole. @param {string[]} halves */
export const bothWords = (halves) => (halves.length ? t("The model always sees both halves here, {halves}.", { halves: list(halves.map(named)) }) : "");

/** Which of some models know no hidden halves; "" where all do. @param {import("./props.js").ModelRef[]} models */
export function untaughtWords(models) {
  const untaught = models.filter(({ kind }) => kind !== "halves").map(({ title }) => title);
  return untaught.length ? t("Nobody taught {models} to do without a half: there the black is a part of the picture.", { models: list(untaught) }) : "";
}
