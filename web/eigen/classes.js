// The chosen classes as eigen-coordinates: each class's mean picture at k, and how far it lies along the first components.

import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { takeRows } from "../engine/arrays.js";
import { loadMethod } from "../engine/model.js";
import { list } from "../engine/sentences.js";
import { unmixing } from "../engine/shortcut.js";
import { Theta } from "../engine/theta.js";
import { Panel, figure, keeping, rowsOf } from "./panel.js";
import { endsOf, themeOf } from "./signed.js";

export class Classes extends Panel {
  constructor() {
    super("Your classes, as eigen-coordinates", "classes");
    this.lead = h("p");
    this.whole = figure("Mean eigen-image");
    this.whole.element.classList.add("whole");
    this.body = h("tbody");
    this.head = h("tr");
    const table = h("table", {}, h("caption", {}, "Standard deviations from the mean picture, along the first components"), h("thead", {}, this.head), this.body);
    const scroller = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Eigen-coordinates of the chosen classes" }, table);
    this.element.append(this.lead, h("div", { class: "split" }, this.whole.element, scroller));
  }

  async open(linear, data) {
    const names = Object.keys(data.recipe.w);
    const rows = rowsOf(names, data);
    this.mean = await loadMethod({ name: "centre_of_mass" });
    [this.linear, this.data, this.rows] = [linear, data, rows];
    this.still = unmixing(takeRows(linear.mean, rows));
    this.mix = { rows, shares: rows.map(() => 1 / rows.length), theta: new Theta(0), n: 1, seed: 0, depth: 0 };
    say(this.lead, `Each class is a point: the mean of its pictures, told by how much of every ingredient it holds. You chose ${list(names, 8)}, on the Blend page or in the link.`);
    this.build(names, data.coordinates);
  }

  build(names, coordinates) {
    const ends = endsOf(themeOf(this.element));
    this.head.replaceChildren(h("th", { scope: "col" }, "Class"), ...coordinates[0].map((_, j) => h("th", { scope: "col", "aria-label": `Component ${j + 1}` }, String(j + 1))));
    this.figures = names.map((name) => figure(`Mean of ${name}, rebuilt`));
    this.body.replaceChildren(
      ...names.map((name, i) => {
        say(this.figures[i].caption, name);
        const cells = coordinates[i].map((value) => {
          const cell = h("span", {}, value.toFixed(1).replace(/^-0\.0$/, "0.0").replace("-", "−"));
          cell.style.setProperty("--much", `${Math.min(1, Math.abs(value) / 2) * 40}%`);
          cell.style.setProperty("--ink", value < 0 ? ends.minus : ends.plus);
          return h("td", {}, cell);
        });
        return h("tr", {}, h("th", { scope: "row" }, this.figures[i].element), ...cells);
      }),
    );
  }

  async draw(k) {
    if (!this.still) return;
    const { linear, data } = this;
    const { pictures } = await linear.decoder.run({ ...this.still, keep: keeping(k, linear.latent) });
    const size = pictures.data.length / this.rows.length;
    this.figures.forEach(({ canvas }, i) => drawPicture(canvas, pictures.data, data.shape, i * size));
    const { picture } = await linear.make(this.mix, this.mean, k);
    drawPicture(this.whole.canvas, picture, data.shape);
    say(this.whole.caption, `the mean of ${this.rows.length === 1 ? "this class" : `these ${this.rows.length} classes`}, k = ${k}`);
  }
}
