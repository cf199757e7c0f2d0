// Numbers as people write them, in fields and links; the twin of latent_core/recipes/numbers.py.

import { t } from "./language.js";

const MOST_LETTERS = 40;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const THOUSANDS = /\.\d{3}$/;
const EITHER = /^([+-]?)([1-9]\d{0,2}),(\d{3})$/;
/** @type {Record<string, string>} */
const SIGNS = { ",": ".", "٫": ".", "−": "-" };

/**
 * The number that a text says, or null where it says none. Digits are those of any script, the decimal sign is a point
 * or a comma, and nothing parts the thousands: `1_000` is none, nor is `1,000`, which is 1 to some and a thousand to others
 * (see `doubt`). There is no minus zero.
 * @param {string} text
 * @param {boolean} [whole] only whole numbers below 2^53, and not `1.000` either, by which many mean a thousand
 * @returns {number|null}
 */
export function readNumber(text, whole = false) {
  if (doubt(text)) return null;
  const plain = [...digits(text)].map((letter) => SIGNS[letter] ?? letter).join("");
  if (!NUMBER.test(plain) || (whole && THOUSANDS.test(plain))) return null;
  const found = Number(plain);
  if (!Number.isFinite(found) || (whole && !Number.isSafeInteger(found))) return null;
  return found === 0 ? 0 : found;
}

/** Why nobody can tell which number a text says, and what to write; "" where that is not so. @param {string} text */
export function doubt(text) {
  const either = EITHER.exec(digits(text));
  if (!either) return "";
  const [, sign, left, right] = either;
  const readings = { text: text.trim(), one: `${sign}${left}.${right}`, other: `${sign}${left}${right}` };
  return t("“{text}” may be {one} or {other}: write the one that is meant", readings);
}

/** The text with plain digits; "" where it is too long for a number. @param {string} text */
function digits(text) {
  const letters = [...text.trim()];
  return letters.length > MOST_LETTERS ? "" : letters.map(digit).join("");
}

/** "3" for a three of any script; all else as it is. @param {string} letter */
function digit(letter) {
  if (!/^\p{Nd}$/u.test(letter)) return letter;
  const code = /** @type {number} */ (letter.codePointAt(0));
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--; // scripts have their ten digits in a row, from 0
  return String((code - zero) % 10);
}

/** 6 significant digits, as recipes keep them. @param {number} number */
export const short = (number) => Number(number.toPrecision(6));

/** @typedef {{low: number, high: number, whole?: boolean}} Limit the numbers that a field takes, both ends included */

/** A limit in words, as latent_core/recipes/limits.py says it. @param {Limit} limit */
export const limitWords = ({ low, high, whole }) =>
  whole ? t("a whole number from {low} to {high}", { low, high }) : t("a number from {low} to {high}", { low, high });

/** The number in a text within a limit, or null. @param {string} text @param {Limit} limit */
export function numberWithin(text, { low, high, whole = false }) {
  const found = readNumber(text, whole);
  return found === null || found < low || found > high ? null : whole ? found : short(found);
}
