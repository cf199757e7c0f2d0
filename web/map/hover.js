// The picture card under the pointer: after a short dwell at first, at once while it is already open.

import { t, whole } from "../engine/language.js";

/**
 * @import { Stage } from "./stage.js"
 * @import { MapState } from "./state.js"
 * @import { Sheet } from "./thumbnails.js"
 * @import { Tooltip } from "./tooltip.js"
 */

const DWELL = 100; // ms
const RADIUS = 14; // CSS pixels around the pointer
const FINGER = 24;

export class Hover {
  /**
   * @param {object} given
   * @param {MapState} given.state
   * @param {Stage} given.stage
   * @param {Tooltip} given.tooltip
   * @param {() => Promise<Sheet>} given.sheet
   * @param {(sentence: string) => void} given.say to screen readers
   * @param {(error: Error) => void} given.fail
   */
  constructor({ state, stage, tooltip, sheet, say, fail }) {
    this.state = state;
    this.stage = stage;
    this.tooltip = tooltip;
    this.sheet = sheet;
    this.say = say;
    this.fail = fail;
    /** @type {[number, number]|null} the pointer's pixel */
    this.at = null;
    this.timer = 0;
    /** @type {number|null} */
    this.soon = null;
    this.dismiss = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.hide();
    document.addEventListener("keydown", this.dismiss, true); // wherever focus is: the pointer alone has brought the card
  }

  /** The pointer is at a pixel of the stage. @param {number} x @param {number} y */
  move(x, y) {
    this.at = [x, y];
    clearTimeout(this.timer);
    if (this.tooltip.row < 0) this.timer = setTimeout(() => this.look(), DWELL);
    else this.soon ??= requestAnimationFrame(() => this.look());
  }

  look() {
    this.soon = null;
    if (!this.at) return;
    const row = this.stage.pick(this.at[0], this.at[1], RADIUS);
    if (row < 0) this.hide();
    else if (row !== this.tooltip.row) this.show(row);
  }

  /** Shows the card of a row at its point, and tells it to screen readers when `aloud`. @param {number} row */
  async show(row, aloud = false) {
    const { stage, state, tooltip } = this;
    let { sheet } = stage;
    try {
      sheet ??= await this.sheet();
    } catch (error) {
      return this.fail(error);
    }
    const original = state.thumbs.kind === "original";
    const title = state.rows.className(row);
    const test = state.rows.isTest(row);
    const values = { name: title, row: whole(row) };
    tooltip.showRow(row, sheet, {
      title,
      detail: [test ? t("Row {row}, test", values) : t("Row {row}, training", values), ...(original ? [] : [t("reconstruction")]), ...(state.rows.isChanged(row) ? [t("changed copy")] : [])].join(" · "),
      label: original ? t("Picture of {name}, row {row}", values) : t("Reconstruction of {name}, row {row}", values),
    });
    tooltip.place(stage.xs[row], stage.ys[row]);
    stage.mark({ ring: row });
    const said = test ? t("{name}, row {row}, test picture", values) : t("{name}, row {row}, training picture", values);
    const origin = state.rows.origin(row);
    if (aloud) this.say(origin ? `${said}. ${origin}` : said);
  }

  /** The row under a finger or a click, or -1. @param {number} x @param {number} y @param {boolean} touch */
  rowAt(x, y, touch) {
    return this.stage.pick(x, y, touch ? FINGER : RADIUS);
  }

  hide() {
    clearTimeout(this.timer);
    this.tooltip.hide();
    if (this.stage.marks.ring >= 0) this.stage.mark({ ring: -1 });
  }

  leave() {
    this.at = null;
    this.hide();
  }

  stop() {
    clearTimeout(this.timer);
    document.removeEventListener("keydown", this.dismiss, true);
  }
}
