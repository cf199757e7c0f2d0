// The picture card beside a point: at least 96 pixels wide, crisp, and always inside the map's window.

import { t } from "../engine/language.js";
import { drawPicture } from "../ui/canvas.js";
import { h } from "../ui/dom.js";

/** @import { Sheet } from "./thumbnails.js" */

/** @typedef {{title: string, detail: string, label: string}} Words label: what the picture is, for screen readers */

const GAP = 18; // CSS pixels between the point and its card

export class Tooltip {
  constructor() {
    this.canvas = h("canvas", { class: "map-picture", role: "img", "aria-label": t("No picture yet") });
    this.title = h("strong");
    this.detail = h("span", { class: "map-detail" });
    this.element = h("div", { class: "map-tooltip", hidden: true }, this.canvas, h("div", { class: "map-tooltip-words", dir: "auto" }, this.title, this.detail));
    /** Row whose picture is shown, or -1. */
    this.row = -1;
  }

  /** Shows a row's tile. @param {number} row @param {Sheet} sheet @param {Words} words */
  showRow(row, sheet, words) {
    sheet.drawTile(this.canvas, row);
    this.fill(row, words);
  }

  /**
   * Shows a decoded picture.
   * @param {Float32Array} values (channels, height, width), 0..1
   * @param {[number, number, number]} shape
   * @param {Words} words
   */
  showPicture(values, shape, words) {
    drawPicture(this.canvas, values, shape);
    this.fill(-1, words);
  }

  fill(row, { title, detail, label }) {
    this.row = row;
    this.element.dataset.row = String(row);
    this.title.textContent = title;
    this.detail.textContent = detail;
    this.canvas.setAttribute("aria-label", label);
    this.element.hidden = false;
  }

  /** Puts the card above or beside a pixel, inside the element that holds it and inside the window. @param {number} x @param {number} y */
  place(x, y) {
    const { offsetWidth: wide, offsetHeight: high } = this.element;
    const box = this.element.parentElement.getBoundingClientRect();
    const [left, top] = [Math.max(-box.left, 0) + 4, Math.max(-box.top, 0) + 4];
    const right = Math.min(box.width, globalThis.innerWidth - box.left) - wide - 4;
    const bottom = Math.min(box.height, globalThis.innerHeight - box.top) - high - 4;
    let [atX, atY] = [x + GAP, y - high - GAP];
    if (atX > right) atX = x - wide - GAP;
    if (atY < top) atY = y + GAP;
    [atX, atY] = [Math.max(Math.min(atX, right), left), Math.max(Math.min(atY, bottom), top)];
    this.element.style.transform = `translate(${Math.round(atX)}px, ${Math.round(atY)}px)`;
  }

  hide() {
    this.element.hidden = true;
    this.row = -1;
    this.element.dataset.row = "-1";
  }
}
