// The panel beside the map: a point from near, a decoded place, or what a selection holds.

import { drawPicture } from "../ui/canvas.js";
import { count, el } from "./dom.js";
import { swatch } from "./legend.js";
import { drawTile } from "./source.js";

const HINTS = [
  "Point at a dot for its picture.",
  "Click a dot: its reconstruction and its nearest neighbours.",
  "Click or drag on an empty place: the picture that the model imagines there.",
  "Draw a box or a lasso to make a class of your own.",
];

export class Inspector {
  /** @param {{look(row), use(), clear(), over(row)}} on look at a row; use the selection; clear; a neighbour is pointed at */
  constructor(on) {
    this.on = on;
    this.element = el("section", { class: "inspector", "aria-label": "Details" });
    this.hint();
  }

  hint() {
    this.kind = "hint";
    this.element.replaceChildren(el("h2", {}, "What you can do here"), el("ul", { class: "hints" }, ...HINTS.map((text) => el("li", {}, text))));
  }

  head(text, index = null) {
    const close = el("button", { type: "button", class: "close", "aria-label": "Close details", title: "Close (Escape)", on: { click: () => this.on.clear() } }, "×");
    return el("div", { class: "head" }, index === null ? null : swatch(index), el("h2", {}, text), close);
  }

  /**
   * A row in full.
   * @param {{row: number, y: number, name: string, split: string, z: Float32Array}} point
   * @param {{sheet: ImageBitmap|null, values: Float32Array|null, facts: object, near: {row, y, name}[]}} found
   */
  point({ row, y, name, split, z }, { sheet, values, facts, near }) {
    this.kind = "point";
    const shipped = facts.thumbs.kind === "original" ? "Original" : "Shipped picture (a reconstruction)";
    const original = el("canvas", { class: "crisp", role: "img", "aria-label": `${shipped} of row ${count(row)}, ${name}` });
    const again = el("canvas", { class: "crisp", role: "img", "aria-label": `Reconstruction of row ${count(row)}, ${name}` });
    if (sheet) drawTile(original, sheet, facts, row);
    if (values) drawPicture(again, values, facts.shape);
    const others = near.map((other) => {
      const canvas = el("canvas", { class: "crisp", "aria-hidden": "true" });
      if (sheet) drawTile(canvas, sheet, facts, other.row);
      const over = (there) => () => this.on.over(there);
      const listeners = { click: () => this.on.look(other.row), pointerenter: over(other.row), focus: over(other.row), pointerleave: over(-1), blur: over(-1) };
      return el("button", { type: "button", class: "near", "aria-label": `${other.name}, row ${count(other.row)}`, on: listeners }, canvas, el("span", {}, swatch(other.y), other.name));
    });
    const same = near.filter((other) => other.y === y).length;
    const numbers = el("ol", { class: "numbers" }, ...Array.from(z, (value) => el("li", {}, value.toFixed(3))));
    const note = facts.thumbs.kind === "original" ? [] : [el("p", { class: "detail" }, facts.thumbs.note || "The originals may not be passed on.")];
    this.element.replaceChildren(
      this.head(name, y),
      el("p", { class: "detail" }, `Row ${count(row)}, ${split} picture`),
      el("div", { class: "pair-of-pictures" }, el("figure", {}, original, el("figcaption", {}, shipped)), el("figure", {}, again, el("figcaption", {}, "Reconstruction"))),
      ...note,
      el("h3", {}, "Nearest in latent space"),
      el("p", { class: "detail" }, `${same} of these ${near.length} are of the same class.`),
      el("div", { class: "nears" }, ...others),
      el("details", {}, el("summary", {}, `Its ${z.length} latent numbers`), numbers),
    );
  }

  /** A decoded place; called for every step of a drag, so the elements are kept while it goes on. */
  decoded({ values, facts, where, rest, title }) {
    if (this.kind !== "decoded") {
      this.kind = "decoded";
      this.big = el("canvas", { class: "crisp big", role: "img" });
      [this.where, this.rest] = [el("p", { class: "where" }), el("p", { class: "detail" })];
      this.name = this.head(title);
      this.element.replaceChildren(this.name, this.big, this.where, this.rest);
    }
    this.name.querySelector("h2").textContent = title;
    drawPicture(this.big, values, facts.shape);
    this.big.setAttribute("aria-label", `Picture decoded at ${where}`);
    this.where.textContent = where;
    this.rest.textContent = rest;
  }

  /** A map without a way back: the picture of the row nearest to the place. */
  nearestOnly({ row, y, name }, { sheet, facts, where }) {
    this.kind = "nearest";
    const canvas = el("canvas", { class: "crisp big", role: "img", "aria-label": `Picture of row ${count(row)}, ${name}` });
    if (sheet) drawTile(canvas, sheet, facts, row);
    const look = el("button", { type: "button", class: "quiet", on: { click: () => this.on.look(row) } }, "Look closer");
    this.element.replaceChildren(
      this.head(`Nearest picture: ${name}`, y),
      canvas,
      el("p", { class: "where" }, where),
      el("p", { class: "detail" }, "A UMAP has no way back from a place to a latent, so nothing can be decoded here: this is the nearest picture instead. PCA and Raw latent decode every place."),
      look,
    );
  }

  /** A selection: number of points, number of each class, and what can be done with it. */
  selection({ rows, parts, classes, full }) {
    this.kind = "selection";
    const most = parts[0]?.[1] ?? 1;
    const bars = parts.map(([index, number]) =>
      el("li", {}, swatch(index), el("span", { class: "name" }, classes[index]), el("span", { class: "bar" }, el("span", { class: "fill", style: `width:${(100 * number) / most}%` })), el("span", { class: "number" }, count(number))),
    );
    const use = el("button", { type: "button", class: "primary", disabled: !rows || full, on: { click: () => this.on.use() } }, "Use as a class");
    this.element.replaceChildren(
      this.head(`${count(rows)} ${rows === 1 ? "point" : "points"} selected`),
      el("ul", { class: "bars", "aria-label": "Classes in the selection" }, ...bars),
      el("div", { class: "actions" }, use, el("button", { type: "button", class: "quiet", on: { click: () => this.on.clear() } }, "Clear")),
      el("p", { class: "detail" }, full ? "There are four groups already: remove one in the legend first." : "It becomes an ingredient of the blend: the average of these pictures' latents, with their own spread."),
    );
  }

  /** The selection has become a group. */
  grouped({ name, rows }) {
    this.kind = "grouped";
    this.element.replaceChildren(
      this.head(`${name}: ${count(rows)} ${rows === 1 ? "picture" : "pictures"}`),
      el("p", {}, "It can be blended like any class. Choose more classes in the legend, then press Blend these classes."),
      el("p", { class: "detail" }, "It is kept in the link, so it survives a reload and can be shared."),
    );
  }

  /** One sentence about something that went wrong. */
  problem(sentence) {
    this.kind = "problem";
    this.element.replaceChildren(this.head("That did not work"), el("p", { role: "alert" }, sentence));
  }
}
