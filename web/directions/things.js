// What pictures are made of on this page, by the short names that stand in the link: classes and groups, a picture of the
// dataset, the recipe's blend, and so on. The twin of pages/parts/directions/link.py.

import { className, t } from "../engine/language.js";

export const BLEND = ":blend";
export const POINT = ":point";
export const ALL = ":all";
export const HERE = ":here";
const ROW = ":row";

/** A class's or group's short name. @param {string} name */
export const tokenOf = (name) => name.replace(/[%,:]/g, (sign) => ({ "%": "%25", ",": "%2C", ":": "%3A" })[sign]);

/** A picture's. @param {number} row */
export const rowToken = (row) => `${ROW}${row}`;

/** Which picture is meant; -1 where none is. @param {string} token */
export const rowOf = (token) => (token.startsWith(ROW) ? Number(token.slice(ROW.length)) : -1);

const IN_FILES = { [BLEND]: "your blend", [POINT]: "your blend, as one point", [ALL]: "the average of all pictures", [HERE]: "where you stand" };
const WORDS = { [BLEND]: t("your blend"), [POINT]: t("your blend, as one point"), [ALL]: t("the average of all pictures"), [HERE]: t("where you stand") };
const AFTER = {
  [BLEND]: t("your blend##after from, to or between"),
  [POINT]: t("your blend, as one point##after from, to or between"),
  [ALL]: t("the average of all pictures##after from, to or between"),
  [HERE]: t("where you stand##after from, to or between"),
};
const TITLES = { [BLEND]: t("Your blend"), [POINT]: t("Your blend, as one point"), [ALL]: t("The average of all pictures"), [HERE]: t("Where you stand") };

/** A class or group in a sentence. @param {string} token */
const named = (token) => t("{name}##a class in a sentence", { name: nameOf(token) });

/** A class or group as it is called. @param {string} token */
export const nameOf = (token) => className(decodeURIComponent(token));

/** A thing in a list or by itself. @param {string} token */
export function thingWords(token) {
  const row = rowOf(token);
  return row >= 0 ? t("picture {row}", { row }) : WORDS[token] ?? named(token);
}

/** A thing after "from", "to" or "between". @param {string} token */
export function thingAfter(token) {
  const row = rowOf(token);
  return row >= 0 ? t("picture {row}", { row }) : AFTER[token] ?? named(token);
}

/** A thing at the head of a sentence or among choices. @param {string} token */
export function thingTitle(token) {
  const row = rowOf(token);
  return row >= 0 ? t("Picture {row}", { row }) : TITLES[token] ?? nameOf(token);
}

/** A thing in the name of a file, which no language changes. @param {string} token */
export function fileWords(token) {
  const row = rowOf(token);
  return row >= 0 ? `picture ${row}` : IN_FILES[token] ?? decodeURIComponent(token);
}
