// Names of classes: all that can be blended, and short ones for places where whole ones do not fit.

import { className, t } from "./language.js";

// Letters of other scripts are empty boxes on machines without their fonts.
const EVERYWHERE = /^[\p{Script=Latin}\p{Script=Greek}\p{N}\p{P}]+$/u;

/**
 * Everything that can be blended: the dataset's classes, then the visitor's groups.
 * @param {{dataset: {classes: string[]}, groups: {name: string}[]}} shown
 * @returns {string[]}
 */
export function blendable({ dataset, groups }) {
  return [...dataset.classes, ...groups.map(({ name }) => name)];
}

/**
 * A dataset's own symbols where every machine can write them, else names without the words that all of them begin
 * with ("Person 12" -> "12"), in the visitor's language.
 * @param {string[]} classes
 * @param {Record<string, string>} [symbols] short labels that the dataset's card gives, by class
 * @returns {string[]} as many as classes
 */
export function shortNames(classes, symbols = {}) {
  const names = classes.map(className);
  const [first] = names;
  let end = first.lastIndexOf(" ") + 1;
  while (end > 0 && !names.every((name) => name.startsWith(first.slice(0, end)) && name.length > end)) {
    end = end > 1 ? first.lastIndexOf(" ", end - 2) + 1 : 0;
  }
  return names.map((name, i) => {
    const symbol = symbols[classes[i]] ?? "";
    return EVERYWHERE.test(symbol) ? symbol : name.slice(names.length > 1 ? end : 0);
  });
}

/** A class's name, as it is shown, among the words of a sentence: a digit as it is, a word in quotes. @param {string} name */
export const quoted = (name) => (/^\d+$/.test(name) ? t("{name}##a class in a sentence", { name }) : t("“{name}”", { name }));
