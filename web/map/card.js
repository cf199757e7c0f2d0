// The picture card beside a point: at least 96 pixels wide, crisp, and always inside the map's window.

import { el } from "./dom.js";
import { drawTile } from "./source.js";
import { drawPicture } from "../ui/canvas.js";

const GAP = 18; // CSS pixels between the point and its card

export class Card {
  constructor() {
    this.canvas = el("canvas", { class: "crisp", role: "img", "aria-label": "No picture yet" });
    this.title = el("strong");
    this.detail = el("span", { class: "detail" });
    this.element = el("div", { class: "card", hidden: true }, this.canvas, el("div", { class: "words" }, this.title, this.detail));
    this.row = -1;
  }

  /** Shows a row's tile. `what` is what the tile is: the original picture or a reconstruction. */
  showRow(row, sheet, facts, { title, detail, label }) {
    if (sheet) drawTile(this.canvas, sheet, facts, row);
    this.fill(row, title, detail, label);
  }

  /** Shows decoded values (channels, height, width) 0..1. */
  showPicture(values, facts, { title, detail, label }) {
    drawPicture(this.canvas, values, facts.shape);
    this.fill(-1, title, detail, label);
  }

  fill(row, title, detail, label) {
    this.row = row;
    this.element.dataset.row = String(row);
    this.title.textContent = title;
    this.detail.textContent = detail;
    this.canvas.setAttribute("aria-label", label);
    this.element.hidden = false;
  }

  /** Puts the card above or beside a pixel, inside a stage of that size and inside the window. */
  place(x, y, stage) {
    const { offsetWidth: wide, offsetHeight: high } = this.element;
    const box = stage.getBoundingClientRect();
    const [left, top] = [Math.max(-box.left, 0) + 4, Math.max(-box.top, 0) + 4];
    const right = Math.min(box.width, globalThis.innerWidth - box.left) - wide - 4;
    const bottom = Math.min(box.height, globalThis.innerHeight - box.top) - high - 4;
    let at = [x + GAP, y - high - GAP];
    if (at[0] > right) at[0] = x - wide - GAP;
    if (at[1] < top) at[1] = y + GAP;
    at = [Math.max(Math.min(at[0], right), left), Math.max(Math.min(at[1], bottom), top)];
    this.element.style.transform = `translate(${Math.round(at[0])}px, ${Math.round(at[1])}px)`;
  }

  hide() {
    this.element.hidden = true;
    this.row = -1;
    this.element.dataset.row = "-1";
  }
}
