// The picture card under the pointer: after a short dwell at first, at once while it is already open.

import { count } from "./dom.js";

const DWELL = 100; // ms
const RADIUS = 14; // CSS pixels around the pointer
const FINGER = 24;

export class Hovering {
  /** @param {object} map the explorer: stage, card, source, facts, y, names */
  constructor(map) {
    this.map = map;
    this.at = null;
  }

  /** The pointer is at a pixel of the stage. */
  move(x, y) {
    this.at = [x, y];
    clearTimeout(this.timer);
    if (this.map.card.element.hidden || this.map.card.row < 0) this.timer = setTimeout(() => this.look(), DWELL);
    else this.soon ??= requestAnimationFrame(() => this.look());
  }

  look() {
    this.soon = null;
    if (!this.at) return;
    const row = this.map.stage.pick(...this.at, RADIUS);
    if (row < 0) this.hide();
    else if (row !== this.map.card.row || this.map.card.element.hidden) this.show(row);
  }

  /** Shows the card of a row at its point, and tells it to screen readers when `aloud`. */
  async show(row, aloud = false) {
    const { map } = this;
    const { stage, facts } = map;
    let sheet;
    try {
      sheet = stage.sheet ?? (await map.sheet());
    } catch (error) {
      return map.problem(error);
    }
    const original = facts.thumbs.kind === "original";
    const title = map.nameOf(row);
    const detail = `Row ${count(row)}, ${map.splitOf(row)}${original ? "" : " · reconstruction"}`;
    map.card.showRow(row, sheet, facts, { title, detail, label: `${original ? "Picture" : "Reconstruction"} of ${title}, row ${count(row)}` });
    map.card.place(stage.xs[row], stage.ys[row], map.frame);
    stage.above.ring = row;
    stage.request(false);
    if (aloud) map.say(`${title}, row ${count(row)}, ${map.splitOf(row)} picture`);
  }

  /** The row under a finger or a click, or -1. */
  rowAt(x, y, touch) {
    return this.map.stage.pick(x, y, touch ? FINGER : RADIUS);
  }

  hide() {
    clearTimeout(this.timer);
    this.map.card.hide();
    if (this.map.stage.above.ring < 0) return;
    this.map.stage.above.ring = -1;
    this.map.stage.request(false);
  }

  leave() {
    this.at = null;
    this.hide();
  }
}
