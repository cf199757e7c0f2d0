// What makes the recipe: chips, the pad, variety, and two drawers with the rest; the same as on the Blend page.

import { className, t } from "../engine/language.js";
import { THETA } from "../engine/limits.js";
import { shortNames } from "../engine/names.js";
import { mixture } from "../engine/sentences.js";
import { Amounts } from "../ui/amounts.js";
import { Chips } from "../ui/chips.js";
import { Dial } from "../ui/dial.js";
import { h } from "../ui/dom.js";
import { MoreControls } from "../ui/more_controls.js";
import { Pad } from "../ui/pad.js";

/**
 * @typedef {import("../engine/mix.js").Mix} Mix
 * @typedef {import("../engine/props.js").CompareProps} CompareProps
 *
 * @typedef {object} Actions
 * @property {(change: (mix: Mix) => void, event?: Event) => void} move while a control moves
 * @property {(key: string, value: any, event?: Event) => void} set the same for one value of the recipe
 * @property {() => void} settle a control was let go
 * @property {(event: Event) => void} drawAgain
 */

const CROWD = 24; // more classes than this are shown by short names

/** All controls of the recipe. */
export class Controls {
  /** @type {Chips|undefined} */
  chips;

  /** @param {CompareProps} props @param {Actions} actions */
  constructor(props, actions) {
    const { move, set, settle } = actions;
    this.actions = actions;
    this.pad = new Pad((weights, event) => move((mix) => mix.setWeights(weights), event), settle);
    this.variety = new Dial(
      { name: t("Variety (theta)"), exact: t("Amount of variety"), min: THETA.low, max: THETA.high, step: 0.01, low: t("the typical one"), high: t("anything goes") },
      (value, event) => set("theta", value, event), settle,
    );
    this.amounts = new Amounts((index, amount, event) => move((mix) => (mix.amounts[index] = amount), event), settle, false);
    this.more = new MoreControls(props, set, settle, false);
    this.chipsPlace = h("div", {});
    this.card = h(
      "section",
      { class: "card compare-mixing", "aria-label": t("Mixing") },
      this.pad.element,
      h("div", { class: "variety compare-variety" }, this.variety.element, h("button", { type: "button", class: "strong", onclick: actions.drawAgain }, t("Draw again"))),
    );
    this.drawers = h("div", { class: "compare-drawers" }, this.amounts.element, this.more.element);
  }

  /** Another dataset, or other groups. @param {Mix} mix @param {CompareProps} props */
  setClasses(mix, { dataset }) {
    const { move, settle } = this.actions;
    const names = mix.classes.map(className);
    const shown = mix.classes.length > CROWD ? shortNames(mix.classes, dataset.symbols) : names;
    const choose = (/** @type {(mix: Mix) => void} */ change) => {
      move(change);
      settle();
    };
    this.chips = new Chips(names, shown, (index) => choose((now) => now.toggle(index)), (yes) => choose((now) => now.chooseAll(yes)));
    this.chipsPlace.replaceChildren(this.chips.element);
  }

  /** Other chosen classes. @param {Mix} mix @param {string[]} [faces] image URLs */
  setChosen(mix, faces) {
    const classes = mix.chosen.map((index) => ({ index, name: className(mix.classes[index]), face: faces?.[index] }));
    this.chips.show(mix.amounts);
    if (faces) this.chips.paint(faces);
    this.pad.choose(classes);
    this.amounts.choose(classes);
  }

  /** A mix's values on every control. @param {Mix} mix @param {number} components of the linear model, 0 without one */
  show(mix, components) {
    const { shares } = mix;
    this.pad.show(shares);
    this.amounts.show(mix.amounts, shares);
    this.variety.show(mix.rest.theta);
    this.more.show(mix.rest, components);
  }

  /** In words, where screen readers look. @param {Mix} mix */
  describe(mix) {
    const { shares } = mix;
    if (!shares.length) return;
    this.pad.describe(mixture(mix.chosen.map((i) => className(mix.classes[i])), shares), Math.max(...shares));
    if (this.amounts.lines.length === shares.length) this.amounts.describe(mix.amounts, shares);
  }
}
