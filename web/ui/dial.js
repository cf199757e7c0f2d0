// A slider with a number field beside it: drag roughly, or type exactly.

import { h, say } from "./dom.js";
import { NumberField } from "./number_field.js";
import { term } from "./term.js";

/** A labelled range with its number field; both hold the same value. */
export class Dial {
  /**
   * @param {{name: string, exact: string, min: number, max: number, step: number, note?: string, low?: string,
   *   high?: string, meaning?: keyof typeof import("../engine/terms.js").TERMS}} options name and exact are the accessible names of slider and number field, note is a line below,
   *   low and high are words at the ends, meaning is the term that its name is
   * @param {(value: number, event: Event) => void} onInput while it moves
   * @param {() => void} onChange when it was let go or typed
   */
  constructor({ name, exact, min, max, step, note = "", low, high, meaning }, onInput, onChange) {
    this.range = h("input", { type: "range", min, max, step, "aria-label": name });
    this.whole = step >= 1;
    this.number = new NumberField({ name: exact, limit: { low: min, high: max, whole: this.whole }, step }, (value, event) => {
      this.show(value);
      onInput(value, event);
      onChange();
    });
    this.note = h("p", { class: "quiet" }, note);
    this.element = h(
      "div",
      { class: "dial" },
      h("div", { class: "title" }, h("span", { "aria-hidden": "true" }, name), meaning ? term(meaning, "?") : null, this.number.element),
      this.range,
      ...(low ? [h("div", { class: "ends quiet", "aria-hidden": "true" }, h("span", {}, low), h("span", {}, high))] : []),
      this.note,
    );
    this.value = min;
    this.bounds = { min, max };
    this.range.oninput = (event) => {
      this.show(Number(this.range.value));
      onInput(Number(this.range.value), event);
    };
    this.range.onchange = onChange;
  }

  /** Shows a value. */
  show(value) {
    this.value = value;
    this.range.value = String(value);
    this.number.show(value);
    this.range.style.setProperty("--at", String((value - this.bounds.min) / (this.bounds.max - this.bounds.min || 1)));
  }

  /** Other bounds, for example when another model has more components. */
  reach(min, max) {
    this.bounds = { min, max };
    Object.assign(this.range, { min: String(min), max: String(max) });
    this.number.reach({ low: min, high: max, whole: this.whole });
  }

  /** A line of explanation below the slider, and what a screen reader adds to the value. */
  explain(note, text = "") {
    say(this.note, note);
    if (text) this.range.setAttribute("aria-valuetext", text);
  }
}
