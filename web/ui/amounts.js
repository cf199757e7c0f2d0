// The detailed way to set weights: one slider per chosen class, its picture at the handle, its share beside it.

import { t } from "../engine/language.js";
import { AMOUNT } from "../engine/limits.js";
import { percent } from "../engine/sentences.js";
import { colourOf } from "./colours.js";
import { drawer, h, say } from "./dom.js";
import { NumberField } from "./number_field.js";
import { swatch } from "./swatch.js";

/** The drawer `Amounts`. */
export class Amounts {
  /**
   * @param {(index: number, amount: number, event: Event) => void} onInput
   * @param {() => void} onChange
   */
  constructor(onInput, onChange, openAtFirst) {
    this.onInput = onInput;
    this.onChange = onChange;
    this.rows = h("div", { class: "amounts" });
    this.element = drawer(t("Amounts"), openAtFirst, this.rows);
    this.element.addEventListener("toggle", () => this.last && this.show(...this.last));
    /** @type {ReturnType<Amounts["line"]>[]} */
    this.lines = [];
    /** @type {[(number|null)[], number[]]|undefined} amounts and shares that the closed drawer does not show */
    this.last = undefined;
  }

  /** Other sliders. @param {{index: number, name: string, face?: string}[]} classes that are chosen */
  choose(classes) {
    this.lines = classes.map((one) => this.line(one));
    this.rows.replaceChildren(...this.lines.map((line) => line.element));
  }

  /** @param {{index: number, name: string, face?: string}} one */
  line({ index, name, face }) {
    const range = h("input", { type: "range", min: AMOUNT.low, max: AMOUNT.high, step: "any", "aria-label": t("Amount of {name}", { name }) });
    const number = new NumberField({ name: t("Number for {name}", { name }), limit: AMOUNT }, (value, event) => {
      this.onInput(index, value, event);
      this.onChange();
    });
    const share = h("span", { class: "amounts-share", "aria-hidden": "true" });
    const knob = h("span", { class: "face", style: face ? `background-image:url(${face})` : "" }, swatch(index));
    const rail = h("span", { class: "amounts-knob", "aria-hidden": "true" }, knob);
    range.oninput = (event) => this.onInput(index, Math.round(Number(range.value)), event);
    range.onchange = () => this.onChange();
    const label = h("span", { class: "amounts-name", title: name, "aria-hidden": "true" }, name);
    const element = h("div", { class: "amounts-row", style: `--hue:${colourOf(index)}` }, label, h("span", { class: "amounts-track" }, range, rail), share, number.element);
    return { element, range, number, share, index };
  }

  /** Shows amounts and shares; while the drawer is closed they are only remembered. */
  show(amounts, shares) {
    this.last = [amounts, shares];
    if (!this.element.open) return;
    this.lines.forEach(({ element, range, number, share, index }, i) => {
      const amount = amounts[index];
      if (Number(range.value) !== amount) range.value = String(amount);
      number.show(amount);
      element.style.setProperty("--at", String(amount / 100));
      say(share, percent(shares[i]));
    });
  }

  /** In words, for screen readers: each share beside its amount. @param {(number|null)[]} amounts @param {number[]} shares */
  describe(amounts, shares) {
    this.lines.forEach(({ range, index }, i) => range.setAttribute("aria-valuetext", t("{amount}, {share} of the blend", { amount: /** @type {number} */ (amounts[index]), share: percent(shares[i]) })));
  }
}
