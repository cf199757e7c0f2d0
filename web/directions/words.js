// What the page says about where one stands and what a control does, in plain words first.

import { t, written } from "../engine/language.js";
import { short } from "../engine/numbers.js";
import { list } from "../engine/sentences.js";
import { BLEND, POINT, nameOf, thingAfter, thingWords } from "./things.js";

/** A number with its sign, the minus as long as the plus: "+0.5", "−1". @param {number} amount */
export const signedAmount = (amount) => `${amount < 0 ? "−" : "+"}${written(short(Math.abs(amount)))}`;

/** A share as percent that may be below 0 or above 100: "−50 %". @param {number} share */
export const percentage = (share) => `${share < 0 ? "−" : ""}${Math.round(Math.abs(share) * 100)} %`;

/**
 * What the picture is: where it starts and what was done since.
 * @param {import("../engine/props.js").DirectionsChoice} view
 * @param {string} blend the recipe's blend in words
 */
export function placeWords({ start, steps, change }, blend) {
  const parts = [];
  const along = { names: list(steps.map(([name]) => stepWords(name)), 4) };
  if (steps.length) parts.push(steps.length === 1 ? t("a step along {names}", along) : t("steps along {names}", along));
  if (change.amount) parts.push(t("{share} of the way from {begin} to {end}", { share: percentage(change.amount), begin: thingAfter(change.begin), end: thingAfter(change.end) }));
  const gone = list(parts);
  if (start === BLEND || start === POINT) return gone ? t("Starts at a blend of {blend}; then {gone}.", { blend, gone }) : t("This is a blend of {blend}, and no step was taken.", { blend });
  if (start.startsWith(":")) return gone ? t("Starts at {thing}; then {gone}.", { thing: thingAfter(start), gone }) : t("This is {thing}, and no step was taken.", { thing: thingWords(start) });
  const name = nameOf(start);
  return gone ? t("Starts at the typical {name}; then {gone}.", { name, gone }) : t("This is the typical {name}, and no step was taken.", { name });
}

/** A direction as people read it; the links' short names of single numbers are as long as their words. @param {string} name */
const stepWords = (name) => (name.startsWith("dim") ? t("number {number}", { number: name.slice(3) }) : name);

/**
 * What an amount of a change does.
 * @param {import("../engine/props.js").ChangeChoice} change
 */
export function changeWords({ begin, end, amount }) {
  if (begin === end) return t("Choose two different ones: there is nothing between a class and itself.");
  if (amount === 0) return t("Nothing is added: this is exactly the picture you started from.");
  const values = { begin: thingWords(begin), end: thingWords(end), share: percentage(amount), rest: percentage(1 - amount) };
  if (amount < 0) return t("Less {end}: the difference is taken away instead of added. The shares are {share} {end} and {rest} {begin}. They still sum to 100 %, but a share below 0 is no part of a mixture: the picture is guessed beyond what the model has seen.", values);
  if (amount > 1) return t("Beyond {end}: more than the whole difference is added. The shares are {share} {end} and {rest} {begin}. They still sum to 100 %, but they are no parts of a mixture any more: the picture is guessed beyond what the model has seen.", values);
  return t("{share} of what makes {end} differ from {begin} is added.", { share: percentage(amount), begin: typical(begin), end: typical(end) });
}

/** "a typical 8", and other things as they are called. @param {string} token */
const typical = (token) => (token.startsWith(":") ? thingAfter(token) : t("a typical {name}", { name: nameOf(token) }));

export const WAYS = {
  straight: t("In a straight line: every number of the one changes evenly into that of the other."),
  sphere: t("Around: direction and distance from the middle change evenly, so that pictures half way do not fade."),
  data: t("Along the data: from real picture to real picture, each one near the last."),
};
export const NO_WAY = t("No chain of near pictures leads from the one to the other, so the straight line is shown.");
export const FURTHER = {
  off: (/** @type {string} */ name) => t("Steps stay where real pictures are. Go further lets you leave: take away a class (“less {name}”), or go beyond one.", { name }),
  on: () => t("You may now leave the part of the space where real pictures are: amounts below 0 and above 100 %, and steps up to 6. What comes then is a guess of the model."),
};
export const GREY = t("The grey cells are further than steps may go. Turn on Go further, or step back.");
export const TOO_FAR = t("That is further than steps may go here. Turn on Go further, or step back.");
export const NO_AXES = t("This model tells a picture by so many numbers that its directions are not computed in a browser. The single numbers can still be moved.");

export const UNUSED_WORDS = t("The model hardly uses this number.");

/** What a number is about. @param {import("../engine/props.js").NumberName} named */
export const followsWords = ({ factor, share }) => t("Follows the {factor}, which tells {share} of it.", { factor, share: percentage(share) });

/** Where nothing can be taken from two classes. @param {string[]} parted titles of models of the dataset that can */
export function noParts(parted) {
  const why = t("This model tells a picture by one list of numbers in which no part stands for the coarse shape and no other for the detail, so they cannot come from two classes.");
  if (!parted.length) return `${why} ${t("No model of this dataset that is here has such parts.")}`;
  const models = { models: list(parted) };
  return `${why} ${parted.length > 1 ? t("Choose one of these models above: {models}.", models) : t("Choose this model above: {models}.", models)}`;
}
