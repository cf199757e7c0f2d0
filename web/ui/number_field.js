// A field for one number. It takes what people write on any keyboard, shows what was taken, and says why something was not.

import { language, t } from "../engine/language.js";
import { doubt, limitWords, numberWithin } from "../engine/numbers.js";
import { h, say } from "./dom.js";

/** @typedef {import("../engine/numbers.js").Limit} Limit */

/** A number as it stands in a field. @param {number} value */
export const written = (value) => String(value).replace(".", language.decimal);

/** A text field with the role of a number field: one of type "number" makes 5 of "0,5" and hides what was typed. */
export class NumberField {
  /**
   * @param {{name: string, limit: Limit, step?: number}} options name is the accessible name, step what an arrow key moves
   * @param {(value: number, event: Event) => void} onTake another number was typed
   */
  constructor({ name, limit, step = 1 }, onTake) {
    this.name = name;
    this.step = step;
    this.onTake = onTake;
    this.value = limit.low;
    this.typing = false;
    this.input = h("input", { type: "text", role: "spinbutton", class: "number", inputmode: limit.whole ? "numeric" : "decimal", autocomplete: "off", spellcheck: "false", "aria-label": name });
    this.problem = h("span", { class: "number-problem", role: "alert", hidden: true });
    this.element = h("span", { class: "number-field" }, this.input, this.problem);
    this.input.oninput = () => (this.typing = true);
    this.input.onchange = (event) => this.typed(event);
    this.input.onblur = () => this.rest();
    this.input.onkeydown = (event) => this.key(event);
    this.reach(limit);
  }

  /** Other limits. @param {Limit} limit */
  reach(limit) {
    this.limit = limit;
    this.input.setAttribute("aria-valuemin", String(limit.low));
    this.input.setAttribute("aria-valuemax", String(limit.high));
  }

  /** Shows a number, unless another one is being typed. @param {number} value */
  show(value) {
    if (value !== this.value) this.complain("");
    this.value = value;
    if (this.input.getAttribute("aria-valuenow") !== String(value)) this.input.setAttribute("aria-valuenow", String(value));
    if (!this.typing && this.input.value !== written(value)) this.input.value = written(value);
  }

  typed(event) {
    const { value: text } = this.input;
    const found = numberWithin(text, this.limit);
    this.rest();
    if (found !== null) return this.take(found, event);
    if (!text.trim()) return;
    const unsure = doubt(text);
    if (unsure) return this.complain(t("{problem}; it stays {value}.", { problem: unsure, value: written(this.value) }));
    this.complain(t("“{text}” is not {limit}; it stays {value}.", { text: [...text].slice(0, 20).join(""), limit: limitWords(this.limit), value: written(this.value) }));
  }

  take(value, event) {
    const other = value !== this.value;
    this.complain("");
    this.show(value);
    if (other) this.onTake(value, event);
  }

  /** Nothing is being typed any more: shows what holds. */
  rest() {
    this.typing = false;
    this.show(this.value);
  }

  /** @param {string} sentence "" takes it away */
  complain(sentence) {
    this.problem.hidden = !sentence;
    say(this.problem, sentence);
    if (sentence) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  key(event) {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { low, high } = this.limit;
    const from = numberWithin(this.input.value, this.limit) ?? this.value;
    this.typing = false;
    this.take(Number(Math.min(high, Math.max(low, from + by * this.step)).toFixed(6)), event);
  }
}
