// The panel beside the map: a point from near, a decoded place, or what a selection holds.

import { className, decimals, many, t, whole } from "../engine/language.js";
import { shownChoices } from "../engine/halves.js";
import { drawPicture } from "../ui/canvas.js";
import { h } from "../ui/dom.js";
import { changing } from "../ui/focus.js";
import { swatch } from "../ui/swatch.js";

/**
 * @import { DatasetRef, ThumbsRef } from "../engine/props.js"
 * @import { Sheet } from "./thumbnails.js"
 */

/**
 * @typedef {{row: number, y: number, name: string, changed: boolean}} Point a row, its class index, its class's name, and
 *   whether it is a changed copy of a drawing
 */

/** What can be done on the map, by a finger or by a mouse. */
const hints = () => [
  ...(matchMedia("(hover: none)").matches
    ? [
        t("Tap a dot: its picture, its reconstruction and its nearest neighbours."),
        t("Tap an empty place: the picture that the model imagines there."),
      ]
    : [
        t("Point at a dot for its picture."),
        t("Click a dot: its reconstruction and its nearest neighbours."),
        t("Click or drag on an empty place: the picture that the model imagines there."),
      ]),
  t("Draw a box or a lasso to make a class of your own."),
];

export class Inspector {
  /**
   * @param {object} on what the panel asks for
   * @param {(row: number) => void} on.look look closer at a row
   * @param {(row: number) => void} on.over a row is pointed at; -1 for none
   * @param {() => void} on.group make a group of the selection
   * @param {() => void} on.clear
   */
  constructor(on) {
    this.on = on;
    this.element = h("section", { class: "map-inspector", "aria-label": t("Details") });
    /** @type {{canvas: HTMLCanvasElement, where: HTMLElement, rest: HTMLElement}|null} what changes while a drag decodes */
    this.place = null;
    /** What stands beside a row's picture about its halves. */
    this.alone = h("div", {});
    /** Whether a place is shown, which means nothing on another map. */
    this.showsPlace = false;
    this.hint();
  }

  show(...children) {
    this.place = null;
    this.showsPlace = false;
    const show = () => this.element.replaceChildren(...children.filter(Boolean));
    changing(this.element, show, () => this.element.querySelector("h2"));
  }

  /** Nothing is looked at: what one can do. */
  hint() {
    this.show(h("h2", {}, t("What you can do here")), h("ul", { class: "map-hints" }, ...hints().map((text) => h("li", {}, text))));
  }

  /**
   * A row in full.
   * @param {Point & {test: boolean, origin: string, z: Float32Array}} point origin: what its picture is, "" where nobody knows
   * @param {{sheet: Sheet, thumbs: ThumbsRef, values: Float32Array, shape: [number, number, number], near: Point[]}} found
   *   values: its reconstruction; near: its nearest neighbours
   */
  point({ row, y, name, test, origin, z }, { sheet, thumbs, values, shape, near }) {
    const isOriginal = thumbs.kind === "original";
    const shipped = isOriginal ? t("Original") : t("Shipped picture (a reconstruction)");
    const original = picture(t("{what} of row {row}, {name}", { what: shipped, row: whole(row), name }));
    const reconstruction = picture(t("{what} of row {row}, {name}", { what: t("Reconstruction"), row: whole(row), name }));
    sheet.drawTile(original, row);
    drawPicture(reconstruction, values, shape);
    const same = near.filter((other) => other.y === y).length;
    const copies = near.filter((other) => other.changed).length;
    this.alone = h("div", {});
    this.show(
      this.head(name, y),
      h("p", { class: "map-detail" }, test ? t("Row {row}, test picture", { row: whole(row) }) : t("Row {row}, training picture", { row: whole(row) })),
      origin ? h("p", { class: "map-detail" }, origin) : null,
      h(
        "div",
        { class: "map-two-pictures" },
        h("figure", {}, original, h("figcaption", {}, shipped)),
        h("figure", {}, reconstruction, h("figcaption", {}, t("Reconstruction"))),
      ),
      this.alone,
      isOriginal ? null : h("p", { class: "map-detail" }, thumbs.note || t("The originals may not be passed on.")),
      h("h3", {}, t("Nearest in latent space")),
      h("p", { class: "map-detail" }, t("{same} of these {all} are of the same class.", { same, all: near.length })),
      copies ? h("p", { class: "map-detail" }, many(copies, "{n} of these {all} is a changed copy of a drawing.", "{n} of these {all} are changed copies of drawings.", { n: copies, all: near.length })) : null,
      h("div", { class: "map-neighbours" }, ...near.map((other) => this.neighbour(other, sheet))),
      h("details", {}, h("summary", {}, t("Its {n} latent numbers", { n: z.length })), h("ol", { class: "map-numbers" }, ...Array.from(z, (value) => h("li", {}, decimals(value, 3))))),
    );
  }

  /**
   * Beside a row's picture, where pictures have halves: what comes to mind where one half of it alone is shown.
   * @param {Float32Array[]} pictures for the left and the right half
   * @param {DatasetRef} dataset
   * @param {string} words about the model; "" says nothing
   */
  halves(pictures, { halves, shape }, words) {
    const choices = shownChoices(halves).slice(1).map(([, words]) => words);
    const figures = pictures.map((values, i) => {
      const canvas = picture(t("What comes to mind with {shown}", { shown: choices[i] }));
      drawPicture(canvas, values, shape);
      return h("figure", {}, canvas, h("figcaption", {}, t("From {shown}", { shown: choices[i] })));
    });
    this.alone.replaceChildren(h("div", { class: "map-two-pictures" }, ...figures), ...(words ? [h("p", { class: "map-detail" }, words)] : []));
  }

  neighbour({ row, y, name }, sheet) {
    const canvas = h("canvas", { class: "map-picture", "aria-hidden": "true" });
    sheet.drawTile(canvas, row);
    const [over, out] = [() => this.on.over(row), () => this.on.over(-1)];
    const listeners = { onclick: () => this.on.look(row), onpointerenter: over, onfocus: over, onpointerleave: out, onblur: out };
    return h("button", { type: "button", class: "map-neighbour", "aria-label": t("{name}, row {row}", { name, row: whole(row) }), ...listeners }, canvas, h("span", {}, swatch(y), name));
  }

  /**
   * A decoded place; called for every step of a drag, so its elements are kept while it goes on.
   * @param {{values: Float32Array, shape: [number, number, number], where: string, rest: string}} decoded values
   *   (channels, height, width) 0..1; where the place is; rest: what the latent's other numbers are
   */
  decoded({ values, shape, where, rest }) {
    if (!this.place) {
      const place = { canvas: picture("", "map-big"), where: h("p", { class: "map-where" }), rest: h("p", { class: "map-detail" }) };
      this.show(this.head(t("Decoded here")), place.canvas, place.where, place.rest);
      this.place = place;
      this.showsPlace = true;
    }
    const { canvas, ...lines } = this.place;
    drawPicture(canvas, values, shape);
    canvas.setAttribute("aria-label", t("Picture decoded at {place}", { place: where }));
    lines.where.textContent = where;
    lines.rest.textContent = rest;
  }

  /** A map without a way back: the picture of the row nearest to the place. @param {Omit<Point, "changed"> & {origin: string, where: string}} point @param {Sheet} sheet */
  nearest({ row, y, name, origin, where }, sheet) {
    const canvas = picture(t("{what} of row {row}, {name}", { what: t("Picture"), row: whole(row), name }), "map-big");
    sheet.drawTile(canvas, row);
    this.show(
      this.head(t("Nearest picture: {name}", { name }), y),
      canvas,
      h("p", { class: "map-where" }, where),
      origin ? h("p", { class: "map-detail" }, origin) : null,
      h("p", { class: "map-detail" }, t("A UMAP has no way back from a place to a latent, so nothing can be decoded here: this is the nearest picture instead. PCA and Raw latent decode every place.")),
      h("button", { type: "button", onclick: () => this.on.look(row) }, t("Look closer")),
    );
    this.showsPlace = true;
  }

  /**
   * A selection: number of points, number of each class, and what can be done with it.
   * @param {{rows: number, leftOut: number, parts: [number, number][], classes: string[], full: boolean}} selection
   *   leftOut: dimmed points inside; parts: [class index, rows], largest first; full: there are as many groups as there
   *   may be
   */
  selection({ rows, leftOut, parts, classes, full }) {
    const most = parts[0]?.[1] ?? 1;
    const bars = parts.map(([index, number]) =>
      h(
        "li",
        {},
        swatch(index),
        h("span", { class: "map-name" }, className(classes[index])),
        h("span", { class: "map-bar" }, h("span", { class: "map-fill", style: `width:${(100 * number) / most}%` })),
        h("span", { class: "map-number" }, whole(number)),
      ),
    );
    this.show(
      this.head(selectedWords(rows)),
      leftOut ? h("p", { class: "map-detail" }, leftOutWords(leftOut)) : null,
      h("ul", { class: "map-bars", "aria-label": t("Classes in the selection") }, ...bars),
      h(
        "div",
        { class: "map-actions" },
        h("button", { type: "button", class: "map-primary", disabled: !rows || full, onclick: () => this.on.group() }, t("Use as a class")),
        h("button", { type: "button", onclick: () => this.on.clear() }, t("Clear")),
      ),
      h("p", { class: "map-detail" }, full ? t("There are four groups already: remove one in the legend first.") : t("It becomes an ingredient of the blend: the average of these pictures' latents, with their own spread.")),
    );
  }

  /** The selection has become a group. @param {string} name @param {number} rows */
  grouped(name, rows) {
    this.show(
      this.head(many(rows, "{name}: {count} picture", "{name}: {count} pictures", { name, count: whole(rows) })),
      h("p", {}, t("It can be blended like any class. Choose more classes in the legend, then press Blend these classes.")),
      h("p", { class: "map-detail" }, t("It is kept in the link, so it survives a reload and can be shared.")),
    );
  }

  /** One sentence about something that went wrong. @param {string} sentence */
  problem(sentence) {
    this.show(this.head(t("That did not work")), h("p", { role: "alert" }, sentence));
  }

  head(text, index = null) {
    const close = h("button", { type: "button", class: "map-close", "aria-label": t("Close details"), title: t("Close (Escape)"), onclick: () => this.on.clear() }, "×");
    return h("div", { class: "map-head" }, index === null ? null : swatch(index), h("h2", {}, text), close);
  }
}

/** @param {number} rows */
export const selectedWords = (rows) => many(rows, "{count} point selected", "{count} points selected", { count: whole(rows) });

/** What a focus keeps out of a selection; "" where it keeps nothing out. @param {number} rows */
export function leftOutWords(rows) {
  return rows ? many(rows, "{count} dimmed point inside stays out of it.", "{count} dimmed points inside stay out of it.", { count: whole(rows) }) : "";
}

/** A canvas for a picture with that name. */
function picture(name, more = "") {
  return h("canvas", { class: `map-picture ${more}`.trim(), role: "img", "aria-label": name });
}
