// The tour: six things to do, each waited for. What was done is told by facts, not guessed from the page's look.

import { t } from "../engine/language.js";

/**
 * @typedef {object} Facts of what was done since a step began
 * @property {number} taps classes that were tapped
 * @property {number} chosen classes that are in the blend
 * @property {number} classes of the dataset
 * @property {boolean} moved the dot was dragged, or moved by keys
 * @property {boolean} read the button Next was pressed
 * @property {boolean} evened Even out was pressed
 * @property {boolean} shared Keep it was pressed
 *
 * @typedef {{part: string, say: string, done: (facts: Facts) => boolean}} Step
 */

/** @type {Step[]} */
export const STEPS = [
  { part: "classes", say: t("Tap two of the classes, to mix them in or to take them out."), done: ({ taps, chosen }) => taps >= 2 && chosen >= 2 },
  { part: "pad", say: t("Drag the dot, or move it with the arrow keys: the picture follows."), done: ({ moved }) => moved },
  { part: "classes", say: t("Add all of them: press All."), done: ({ chosen, classes }) => classes > 0 && chosen === classes },
  { part: "found", say: t("Read what is found. “7 of 10” says: of the 10 that are mixed in, a judge network finds 7. Then press Next."), done: ({ read }) => read },
  { part: "balance", say: t("Press Even out. It looks for amounts with which the faintest one shows best."), done: ({ evened }) => evened },
  { part: "share", say: t("Press Keep it, to send your blend or to save it."), done: ({ shared }) => shared },
];
export const END = t("That was the tour. Everything you did can be undone. Now try one of the blends below the picture.");
const KEY = "medley-tour";

/** Where the visitor is in the tour; kept for the tab. */
export class Progress {
  /** @param {{read: (key: string) => string|null, write: (key: string, text: string) => unknown}} store */
  constructor(store) {
    this.store = store;
  }

  /** The step to go on with, 0 for the first. */
  get at() {
    const kept = Number(this.store.read(KEY));
    return Number.isInteger(kept) && kept > 0 && kept < STEPS.length ? kept : 0;
  }

  /** @param {number} step the one that begins; past the last one the tour is over */
  keep(step) {
    this.store.write(KEY, step < STEPS.length ? String(step) : "");
  }

  /** What stands on the button that begins it. */
  get title() {
    return this.at ? t("Go on with the tour ({step} of {all})", { step: this.at + 1, all: STEPS.length }) : t("Take the tour");
  }
}

/** @returns {Facts} nothing was done yet */
export const nothingDone = () => ({ taps: 0, chosen: 0, classes: 0, moved: false, read: false, evened: false, shared: false });

/** What is said when a step begins. @param {number} at */
export const stepWords = (at) => `${t("Step {step} of {all}.", { step: at + 1, all: STEPS.length })} ${STEPS[at].say}`;
