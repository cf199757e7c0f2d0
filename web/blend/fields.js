// A picture that can be painted on, in 8 x 8 fields: by mouse and finger in strokes, by keyboard field after field.

import { FIELDS, SIDE } from "../engine/where.js";
import { drawPicture } from "../ui/canvas.js";
import { h } from "../ui/dom.js";
import { swatch } from "../ui/swatch.js";
import { t } from "../engine/language.js";

/** @typedef {import("../engine/brush.js").Spot} Spot */

const WALKS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [-SIDE, 0], End: [SIDE, 0] });
const SIZES = ["", "0.375rem", "0.5rem", "0.625rem"]; // of a mark, by level

/** The picture with its fields. */
export class Fields {
  /**
   * @param {(from: Spot, to: Spot, event: Event, erase: boolean) => void} onStroke while it is painted
   * @param {() => void} onChange a stroke has ended
   */
  constructor(onStroke, onChange) {
    this.onStroke = onStroke;
    this.onChange = onChange;
    this.at = 0; // the field where the keyboard is
    /** @type {{pointer: number, spot: Spot}|undefined} */
    this.held = undefined;
    this.canvas = h("canvas", { width: 1, height: 1, "aria-hidden": "true" });
    this.cells = Array.from({ length: FIELDS }, (_, i) => h("div", { role: "gridcell", class: "where-field", tabindex: i ? "-1" : "0" }));
    /** What each shows. @type {string[]} */
    this.shown = this.cells.map(() => "");
    const rows = Array.from({ length: SIDE }, (_, row) => h("div", { role: "row", class: "where-row" }, ...this.cells.slice(row * SIDE, (row + 1) * SIDE)));
    this.grid = h("div", { role: "grid", class: "where-grid", "aria-label": t("Fields of the picture") }, ...rows);
    this.element = h("div", { class: "where-picture", dir: "ltr" }, this.canvas, this.grid);
    this.grid.onpointerdown = (event) => this.down(event);
    this.grid.onpointermove = (event) => this.held?.pointer === event.pointerId && this.draw(event);
    this.grid.onpointerup = this.grid.onpointercancel = (event) => this.up(event);
    this.grid.onkeydown = (event) => this.key(event);
    this.grid.addEventListener("focusin", ({ target }) => this.stand(this.cells.indexOf(/** @type {HTMLDivElement} */ (target))));
  }

  /** @param {Float32Array} picture @param {[number, number, number]} shape */
  paint(picture, shape) {
    drawPicture(this.canvas, picture, shape);
    this.element.style.aspectRatio = `${shape[2]} / ${shape[1]}`;
  }

  /**
   * Shows who is painted where.
   * @param {(field: number) => {class: number, level: number, words: string}|null} of the strongest class of a field, and
   *   all of them in words
   */
  show(of) {
    this.cells.forEach((cell, field) => {
      const found = of(field);
      const place = t("Row {row}, column {column}", { row: Math.floor(field / SIDE) + 1, column: (field % SIDE) + 1 });
      const words = found ? `${place}: ${found.words}` : place;
      const key = `${found?.class} ${found?.level} ${words}`;
      if (this.shown[field] === key) return;
      this.shown[field] = key;
      cell.setAttribute("aria-label", words);
      cell.replaceChildren(...(found ? [mark(found.class, found.level)] : []));
    });
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button || this.held) return;
    event.preventDefault();
    this.grid.setPointerCapture(event.pointerId);
    this.held = { pointer: event.pointerId, spot: this.spotOf(event) };
    this.focus(this.held.spot);
    this.draw(event);
  }

  /** @param {PointerEvent} event */
  draw(event) {
    if (!this.held) return;
    const spot = this.spotOf(event);
    this.onStroke(this.held.spot, spot, event, false);
    this.held.spot = spot;
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (this.held?.pointer !== event.pointerId) return;
    this.focus(this.held.spot);
    this.held = undefined;
    this.onChange();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const walk = WALKS[event.key];
    const erase = event.key === "Delete" || event.key === "Backspace";
    if (!walk && !erase && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const place = [this.at % SIDE, Math.floor(this.at / SIDE)];
    if (walk) {
      const [column, row] = place.map((at, axis) => Math.min(SIDE - 1, Math.max(0, at + walk[axis])));
      this.cells[row * SIDE + column].focus();
      return;
    }
    const spot = /** @type {Spot} */ (place.map((at) => at + 0.5));
    this.onStroke(spot, spot, event, erase);
    this.onChange();
  }

  /** The keyboard goes on from where a stroke began, or ended. @param {Spot} spot */
  focus([across, down]) {
    this.cells[Math.floor(down) * SIDE + Math.floor(across)].focus({ preventScroll: true });
  }

  /** @param {number} field where Tab comes back to */
  stand(field) {
    if (field < 0) return;
    this.cells[this.at].tabIndex = -1;
    this.cells[field].tabIndex = 0;
    this.at = field;
  }

  /** @param {PointerEvent} event @returns {Spot} */
  spotOf({ clientX, clientY }) {
    const box = this.grid.getBoundingClientRect();
    const within = (/** @type {number} */ share) => Math.min(SIDE - 0.001, Math.max(0, share * SIDE));
    return [within((clientX - box.left) / box.width), within((clientY - box.top) / box.height)];
  }
}

/** @param {number} index of a class @param {number} level */
function mark(index, level) {
  const found = swatch(index);
  found.style.width = found.style.height = SIZES[level];
  return found;
}
