// The chosen classes as eigen-coordinates: each class's mean picture at k, and how far it lies along the first components.

import { takeRows } from "../engine/arrays.js";
import { className, decimals, many, t } from "../engine/language.js";
import { list } from "../engine/sentences.js";
import { unmixing } from "../engine/shortcut.js";
import { Theta } from "../engine/theta.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { figure, firstOf, panel, rowsOf } from "./panel.js";
import { themeOf } from "../ui/theme.js";
import { endsOf } from "./signed.js";

/** @typedef {import("../engine/model.js").Model} Model */

/** The section `Your classes, as eigen-coordinates`. */
export class ClassCoordinates {
  /** Set by `open`. @type {Model|undefined} */
  linear;
  /** @type {import("../engine/model.js").Method|undefined} */
  centre;
  /** @type {import("../engine/model.js").Values|undefined} */
  values;
  /** @type {[number, number, number]} */
  shape = [1, 1, 1];
  /** Decoder inputs of the classes' means, one picture each. @type {Record<string, import("../engine/arrays.js").Floats>} */
  still = {};
  /** @type {import("./panel.js").Figure[]} */
  figures = [];

  constructor() {
    this.lead = h("p");
    this.whole = figure(t("Mean eigen-image"));
    this.whole.element.classList.add("eigen-whole");
    this.body = h("tbody");
    this.head = h("tr");
    const table = h("table", {}, h("caption", {}, t("Standard deviations from the mean picture, along the first components")), h("thead", {}, this.head), this.body);
    const scroller = h("div", { class: "eigen-scroller", tabindex: "0", role: "region", "aria-label": t("Eigen-coordinates of the chosen classes") }, table);
    this.panel = panel(t("Your classes, as eigen-coordinates"), "eigen-classes", this.lead, h("div", { class: "eigen-split" }, this.whole.element, scroller));
  }

  /**
   * @param {Model} linear
   * @param {import("../engine/model.js").Method} centre the method of the classes' mean
   * @param {import("../engine/props.js").EigenProps} data
   */
  async open(linear, centre, data) {
    const names = Object.keys(data.recipe.w);
    const rows = rowsOf(names, data);
    [this.linear, this.centre, this.shape] = [linear, centre, data.dataset.shape];
    this.still = unmixing(takeRows(linear.mean, rows));
    this.values = { rows, shares: rows.map(() => 1 / rows.length), theta: new Theta(0), n: 1, seed: 0, depth: 0 };
    say(this.lead, t("Each class is a point: the mean of its pictures, told by how much of every ingredient it holds. You chose {names}, on the Blend page or in the link.", { names: list(names.map(className), 8) }));
    this.build(names.map(className), data.coordinates);
  }

  /** @param {string[]} names as they are shown @param {number[][]} coordinates a row per class */
  build(names, coordinates) {
    const ends = endsOf(themeOf(this.panel.element));
    this.head.replaceChildren(h("th", { scope: "col" }, t("Class")), ...coordinates[0].map((_, j) => h("th", { scope: "col", "aria-label": t("Component {number}", { number: j + 1 }) }, String(j + 1))));
    this.figures = names.map((name) => figure(t("Mean of {name}, rebuilt", { name })));
    this.body.replaceChildren(
      ...names.map((name, i) => {
        say(this.figures[i].caption, name);
        const cells = coordinates[i].map((value) => {
          const cell = h("span", { dir: "ltr" }, decimals(Math.abs(value) < 0.05 ? 0 : value, 1).replace("-", "−"));
          cell.style.setProperty("--much", `${Math.min(1, Math.abs(value) / 2) * 40}%`);
          cell.style.setProperty("--ink", value < 0 ? ends.minus : ends.plus);
          return h("td", {}, cell);
        });
        return h("tr", {}, h("th", { scope: "row" }, this.figures[i].element), ...cells);
      }),
    );
  }

  /** @param {number} k */
  async draw(k) {
    if (!this.values) return;
    const { linear, values, shape } = this;
    const { pictures } = await linear.decoder.run({ ...this.still, keep: firstOf(k, linear.latent) });
    const count = values.rows.length;
    this.figures.forEach(({ canvas }, i) => drawPicture(canvas, pictures.data, shape, (i * pictures.data.length) / count));
    const { picture } = await linear.make(values, this.centre, k);
    drawPicture(this.whole.canvas, picture, shape);
    say(this.whole.caption, many(count, "the mean of this class, k = {k}", "the mean of these {n} classes, k = {k}", { k }));
  }
}
