// What the dataset's classifier takes the blend for: one bar a class, and nothing more than that.

import { colourOf } from "./colours.js";
import { h } from "./dom.js";

/** The card `Classifier's guess`. */
export class Guess {
  constructor() {
    this.bars = h("div", { class: "bars" });
    this.element = h("section", { class: "card guess", "aria-label": "Classifier's guess" }, h("header", {}, h("h2", {}, "Classifier's guess")), this.bars);
    this.lines = [];
  }

  /** Other classes. @param {string[]} classes all of the dataset @param {string[]} shown what stands beside the bars */
  choose(classes, shown) {
    this.classes = classes;
    this.bars.className = classes.length > 24 ? "bars crowd" : classes.length > 12 ? "bars many" : "bars";
    this.lines = classes.map((name, i) => {
      const fill = h("span", { class: "fill" });
      const meter = h("span", { class: "bar", role: "meter", "aria-label": `Guess ${name}`, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": 0 }, fill);
      const element = h("div", { class: "line", style: `--hue:${colourOf(i)}` }, h("span", { class: "name", title: name, "aria-hidden": "true" }, shown[i]), meter);
      return { element, meter, fill };
    });
    this.bars.replaceChildren(...this.lines.map((line) => line.element));
  }

  /** Moves the bars. @param {Float32Array} probabilities one a class, 0..1 */
  show(probabilities) {
    this.probabilities = probabilities;
    for (let i = 0; i < this.lines.length; i++) this.lines[i].fill.style.transform = `scaleX(${probabilities[i].toFixed(3)})`;
  }

  /** Writes the values for screen readers, and returns the most likely class's name. */
  describe() {
    if (!this.probabilities) return "";
    this.lines.forEach(({ meter }, i) => {
      const value = Math.round(this.probabilities[i] * 100);
      meter.setAttribute("aria-valuenow", value);
      meter.setAttribute("aria-valuetext", `${value} percent`);
    });
    return this.classes[this.probabilities.indexOf(Math.max(...this.probabilities))];
  }

  /** Takes the bars away until there is a guess again. */
  clear() {
    this.probabilities = undefined;
    for (const { fill } of this.lines) fill.style.transform = "scaleX(0)";
  }
}
