// "More of an 8": what makes one class differ from another, added to the picture where one stands, or taken away.

import { t } from "../engine/language.js";
import { short } from "../engine/numbers.js";
import { CHANGE, CHANGE_FURTHER } from "../engine/limits.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { drawing } from "./cells.js";
import { ALL } from "./things.js";
import { ThingField } from "./thing_field.js";
import { changeWords, percentage } from "./words.js";

const PREVIEWS = 6;

/** @typedef {import("../engine/props.js").DirectionsChoice} View */

export class ChangeTool {
  /** @type {"change"} */
  name = "change";
  title = t("More of …");

  /** @param {import("./page.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.begin = new ThingField(t("Rather than"), [ALL], (begin) => this.set({ begin }));
    this.end = new ThingField(t("More of"), [ALL], (end) => this.set({ end }));
    this.dial = new Dial(
      { name: t("How much"), exact: t("How much, exactly"), min: 0, max: 1, step: 0.01 },
      (amount, event) => desk.move((view) => (view.change.amount = short(amount)), event),
      () => desk.settle(),
    );
    this.canvases = Array.from({ length: PREVIEWS }, () => h("canvas", { "aria-hidden": "true", width: 1, height: 1 }));
    this.buttons = this.canvases.map((canvas, i) =>
      h("button", { type: "button", class: "directions-preview", tabindex: "-1", onclick: () => this.set({ amount: this.values[i] }) }, canvas),
    );
    this.told = h("p", { class: "directions-told" });
    this.values = [];
    this.element = h(
      "div",
      { class: "directions-tool" },
      h("p", {}, t("What makes one class differ from another can be added to the picture where you stand. At 0 the picture is exactly as it was.")),
      h("div", { class: "directions-row" }, this.end.element, this.begin.element),
      this.dial.element,
      h("div", { class: "directions-previews directions-six" }, ...this.buttons),
      this.told,
    );
  }

  /** @param {Partial<View["change"]>} change */
  set(change) {
    this.desk.move((view) => Object.assign(view.change, change));
    this.desk.settle();
  }

  about() {
    const { props, tokens } = this.desk;
    for (const field of [this.begin, this.end]) field.about(tokens, props.rows);
  }

  /** @param {View} view */
  show({ change, further }) {
    const { low, high } = further ? CHANGE_FURTHER : CHANGE;
    if (this.dial.bounds.min !== low || this.dial.bounds.max !== high || !this.values.length) {
      this.dial.reach(low, high);
      this.values = Array.from({ length: PREVIEWS }, (_, i) => short(low + ((high - low) * i) / (PREVIEWS - 1)));
      this.buttons.forEach((button, i) => button.setAttribute("aria-label", percentage(this.values[i])));
    }
    this.begin.show(change.begin);
    this.end.show(change.end);
    this.dial.show(change.amount);
    this.dial.explain("", percentage(change.amount));
    say(this.told, changeWords(change));
  }

  /** @param {View} view */
  jobs(view) {
    const { space } = this.desk;
    const start = this.desk.start();
    if (!start) return [];
    const offsets = this.values.map((amount) => space.offset(view.steps, { ...view.change, amount }));
    if (offsets.some((one) => !one)) return [];
    return [drawing("change", this.canvases, (from, count) => space.pictures(start, offsets.slice(from, from + count)), space.shape)];
  }
}
