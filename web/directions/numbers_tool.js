// A slider for each of the numbers that tell a picture, with small pictures of what it makes of this one.

import { many, t, written } from "../engine/language.js";
import { short } from "../engine/numbers.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { drawing } from "./cells.js";
import { reach } from "./steps.js";
import { UNUSED_WORDS, followsWords } from "./words.js";

const FIRST = 8; // numbers that are shown before one asks for all
const PREVIEWS = 5;
const UNUSED = 0.05; // of the largest spread: a number that varies less says next to nothing

/** @typedef {import("../engine/props.js").DirectionsChoice} View */

/** One number: its slider, and its previews from one end of the slider to the other. */
class Line {
  /** @param {number} index @param {NumbersTool} tool */
  constructor(index, tool) {
    this.index = index;
    this.name = `dim${index + 1}`;
    this.dial = new Dial(
      { name: t("Number {number}", { number: index + 1 }), exact: t("Number {number}, exactly", { number: index + 1 }), min: -3, max: 3, step: 0.05 },
      (value, event) => tool.set(this.name, value, event),
      () => tool.desk.settle(),
    );
    this.canvases = Array.from({ length: PREVIEWS }, () => h("canvas", { "aria-hidden": "true", width: 1, height: 1 }));
    this.buttons = this.canvases.map((canvas, i) =>
      h("button", { type: "button", class: "directions-preview", tabindex: "-1", onclick: (event) => tool.choose(this.name, this.values[i], event) }, canvas),
    );
    this.element = h("section", { class: "directions-number", "aria-label": t("Number {number}", { number: index + 1 }) }, this.dial.element, h("div", { class: "directions-previews" }, ...this.buttons));
    this.values = [];
  }

  /** @param {number} value @param {number} far how far the slider goes @param {string} note */
  show(value, far, note) {
    if (this.far !== far) {
      this.far = far;
      this.dial.reach(-far, far);
      this.values = Array.from({ length: PREVIEWS }, (_, i) => short(-far + (2 * far * i) / (PREVIEWS - 1)));
      this.buttons.forEach((button, i) => button.setAttribute("aria-label", t("Number {number} at {value}", { number: this.index + 1, value: written(this.values[i]) })));
    }
    this.dial.show(value);
    this.dial.explain(note, t("{value} of the usual spread", { value: written(value) }));
  }
}

export class NumbersTool {
  /** @type {"numbers"} */
  name = "numbers";
  title = t("Number by number");

  /** @param {import("./page.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Line[]} */
    this.lines = [];
    this.all = false;
    this.list = h("div", { class: "directions-numbers" });
    this.more = h("button", { type: "button", onclick: () => this.open() });
    this.lead = h("p");
    this.element = h("div", { class: "directions-tool" }, this.lead, this.list, this.more);
  }

  open() {
    this.all = true;
    const first = this.lines.length;
    this.show(this.desk.view);
    this.desk.again();
    this.lines[first]?.dial.range.focus();
  }

  /** Another model. @param {number} latent */
  about(latent) {
    this.lines = [];
    this.list.replaceChildren();
    this.all = latent <= FIRST + 2;
    say(this.lead, [
      many(latent, "The model tells every picture by {n} number.", "The model tells every picture by {n} numbers."),
      this.desk.props.named.length
        ? t("What differs between these pictures is known, so some of them have names; for the others, slide one and see what it does to this picture.")
        : t("Nobody has named them: slide one and see what it does to this picture."),
      t("The small pictures show what it makes of it, from one end of the slider to the other."),
    ].join(" "));
  }

  /** @param {View} view */
  show(view) {
    const { latent, space } = this.desk;
    const wanted = this.all ? latent : Math.min(FIRST, latent);
    while (this.lines.length < wanted) {
      const line = new Line(this.lines.length, this);
      this.lines.push(line);
      this.list.append(line.element);
    }
    this.more.hidden = wanted === latent;
    say(this.more, t("Show all {latent} numbers", { latent }));
    const amounts = new Map(view.steps);
    const { high } = reach(view.further);
    const spread = space?.cloud?.spread ?? [];
    const largest = Math.max(0, ...spread);
    for (const line of this.lines) {
      const named = this.desk.props.named.find(({ number }) => number === line.index);
      const note = spread[line.index] < UNUSED * largest ? UNUSED_WORDS : named ? followsWords(named) : "";
      line.show(amounts.get(line.name) ?? 0, high, note);
    }
  }

  /** @param {string} name @param {number} value @param {Event} [event] */
  set(name, value, event) {
    this.desk.move((view) => (view.steps = withStep(view.steps, name, value)), event);
  }

  choose(name, value, event) {
    this.set(name, value, event);
    this.desk.settle();
  }

  /** @param {View} view */
  jobs(view) {
    const { space } = this.desk;
    const start = this.desk.start();
    if (!start || !space?.cloud) return [];
    return this.lines.map((line) => {
      const make = (from, count) => {
        const offsets = line.values.slice(from, from + count).map((value) => space.offset(withStep(view.steps, line.name, value), view.change));
        return space.pictures(start, offsets);
      };
      return drawing(line.name, line.canvases, make, space.shape);
    });
  }
}

/**
 * The steps with another amount of one.
 * @param {[string, number][]} steps
 * @param {string} name
 * @param {number} value
 * @returns {[string, number][]}
 */
export function withStep(steps, name, value) {
  const amounts = new Map(steps);
  amounts.set(name, value);
  return [...amounts].filter(([, amount]) => amount !== 0);
}
