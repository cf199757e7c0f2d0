// What the page says about where one stands and what a control does, in plain words first.

import { short } from "../engine/numbers.js";
import { list } from "../engine/sentences.js";
import { thingWords } from "./things.js";

/** A number with its sign, the minus as long as the plus: "+0.5", "−1". @param {number} amount */
export const signedAmount = (amount) => `${amount < 0 ? "−" : "+"}${short(Math.abs(amount))}`;

/** A share as percent that may be below 0 or above 100: "−50 %". @param {number} share */
export const percentage = (share) => `${share < 0 ? "−" : ""}${Math.round(Math.abs(share) * 100)} %`;

/**
 * What the picture is: where it starts and what was done since.
 * @param {import("../engine/props.js").DirectionsChoice} view
 * @param {string} blend the recipe's blend in words
 */
export function placeWords({ start, steps, change }, blend) {
  const from = start.startsWith(":") ? (start === ":blend" || start === ":point" ? `a blend of ${blend}` : thingWords(start)) : `the typical ${thingWords(start)}`;
  const gone = [];
  if (steps.length) gone.push(`${steps.length === 1 ? "a step" : "steps"} along ${list(steps.map(([name]) => stepWords(name)), 4)}`);
  if (change.amount) gone.push(`${percentage(change.amount)} of the way from ${thingWords(change.begin)} to ${thingWords(change.end)}`);
  return gone.length ? `Starts at ${from}; then ${list(gone)}.` : `This is ${from}, and no step was taken.`;
}

/** A direction as people read it; the links' short names of single numbers are as long as their words. @param {string} name */
const stepWords = (name) => name.replace(/^dim/, "number ");

/**
 * What an amount of a change does.
 * @param {import("../engine/props.js").ChangeChoice} change
 */
export function changeWords({ begin, end, amount }) {
  const [from, to] = [thingWords(begin), thingWords(end)];
  if (begin === end) return "Choose two different ones: there is nothing between a class and itself.";
  if (amount === 0) return "Nothing is added: this is exactly the picture you started from.";
  if (amount < 0) return `Less ${to}: the difference is taken away instead of added. The shares are ${percentage(amount)} ${to} and ${percentage(1 - amount)} ${from}. They still sum to 100 %, but a share below 0 is no part of a mixture: the picture is guessed beyond what the model has seen.`;
  if (amount > 1) return `Beyond ${to}: more than the whole difference is added. The shares are ${percentage(amount)} ${to} and ${percentage(1 - amount)} ${from}. They still sum to 100 %, but they are no parts of a mixture any more: the picture is guessed beyond what the model has seen.`;
  return `${percentage(amount)} of what makes ${typical(end)} differ from ${typical(begin)} is added.`;
}

/** "a typical 8", and other things as they are called. @param {string} token */
const typical = (token) => (token.startsWith(":") ? thingWords(token) : `a typical ${thingWords(token)}`);

export const WAYS = {
  straight: "In a straight line: every number of the one changes evenly into that of the other.",
  sphere: "Around: direction and distance from the middle change evenly, so that pictures half way do not fade.",
  data: "Along the data: from real picture to real picture, each one near the last.",
};
export const NO_WAY = "No chain of near pictures leads from the one to the other, so the straight line is shown.";
export const FURTHER = {
  off: "Steps stay where real pictures are. Go further lets you leave: take away a class (“less 8”), or go beyond one.",
  on: "You may now leave the part of the space where real pictures are: amounts below 0 and above 100 %, and steps up to 6. What comes then is a guess of the model.",
};
export const GREY = "The grey cells are further than steps may go. Turn on Go further, or step back.";
export const TOO_FAR = "That is further than steps may go here. Turn on Go further, or step back.";
export const NO_AXES = "This model tells a picture by so many numbers that its directions are not computed in a browser. The single numbers can still be moved.";

export const UNUSED_WORDS = "The model hardly uses this number.";

/** What a number is about. @param {import("../engine/props.js").NumberName} named */
export const followsWords = ({ factor, share }) => `Follows the ${factor}, which tells ${percentage(share)} of it.`;

/** Where nothing can be taken from two classes. @param {string[]} parted titles of models of the dataset that can */
export function noParts(parted) {
  const why = "This model tells a picture by one list of numbers in which no part stands for the coarse shape and no other for the detail, so they cannot come from two classes.";
  if (!parted.length) return `${why} No model of this dataset that is here has such parts.`;
  return `${why} Choose ${parted.length > 1 ? "one of these models" : "this model"} above: ${list(parted)}.`;
}
