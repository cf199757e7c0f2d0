// A sheet between four things, one in each corner: every cell is a blend of all four.

import { t } from "../engine/language.js";
import { short } from "../engine/numbers.js";
import { h } from "../ui/dom.js";
import { Cells, drawing } from "./cells.js";
import { thingWords } from "./things.js";
import { ThingField } from "./thing_field.js";
import { percentage } from "./words.js";

const SIZE = 7;
const NAMES = [t("Top left"), t("Top right"), t("Bottom left"), t("Bottom right")];

/** @typedef {import("../engine/props.js").DirectionsChoice} View */

export class CornersTool {
  /** @type {"corners"} */
  name = "corners";
  title = t("Between four");

  /** @param {import("./page.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.fields = NAMES.map((name, i) => new ThingField(name, [], (token) => this.set((sheet) => (sheet.things[i] = token))));
    const choose = (row, column) => this.set((sheet) => Object.assign(sheet, { across: shareOf(column), down: shareOf(row) }));
    this.cells = new Cells(t("The sheet between four"), choose, choose);
    this.cells.build(SIZE, SIZE, [3, 3]);
    const stay = h("button", { type: "button", onclick: () => this.desk.standAt(this.at(this.desk.view.corners)) }, t("Go on from here"));
    this.element = h(
      "div",
      { class: "directions-tool" },
      h("p", {}, t("Four things, one in each corner. Between them lies every blend of the four; press a picture, or walk with the arrow keys, and it is shown large.")),
      h("div", { class: "directions-walk" }, this.cells.element, h("div", { class: "directions-aside" }, h("div", { class: "directions-corners" }, ...this.fields.map(({ element }) => element)), stay)),
    );
  }

  /** @param {(sheet: View["corners"]) => unknown} change */
  set(change) {
    this.desk.move((view) => change(view.corners));
    this.desk.settle();
  }

  about() {
    const { props, tokens } = this.desk;
    for (const field of this.fields) field.about(tokens, props.rows);
  }

  /** @param {View} view */
  show({ corners }) {
    this.fields.forEach((field, i) => field.show(corners.things[i]));
    const near = (/** @type {number} */ share) => Math.round(share * (SIZE - 1));
    this.cells.tell((row, column) => wordsOf({ ...corners, across: shareOf(column), down: shareOf(row) }), [near(corners.down), near(corners.across)]);
  }

  /** @param {View} view */
  words({ corners }) {
    return t("Between four: {shares}.", { shares: wordsOf(corners) });
  }

  /** The latent at a place of the sheet; null while it is not here. @param {View["corners"]} sheet @returns {Float32Array|null} */
  at(sheet) {
    const things = sheet.things.map((token) => this.desk.space.at(token));
    if (things.some((one) => !one)) return null;
    const weights = weightsOf(sheet);
    return Float32Array.from(things[0], (_, j) => weights.reduce((sum, weight, i) => (weight ? sum + weight * things[i][j] : sum), 0));
  }

  /** @param {View} view */
  async picture({ corners }) {
    const z = this.at(corners);
    return z && this.desk.space.decode([z]);
  }

  /** @param {View} view */
  jobs({ corners }) {
    const { space } = this.desk;
    if (!this.at(corners)) return [];
    const make = (from, count) => space.decode(Array.from({ length: count }, (_, i) => this.at({ ...corners, across: shareOf((from + i) % SIZE), down: shareOf(Math.floor((from + i) / SIZE)) })));
    return [drawing("sheet", this.cells.canvases, make, space.shape)];
  }
}

/** @param {number} index of a row or column */
const shareOf = (index) => short(index / (SIZE - 1));

/** Shares of the four corners, sum 1: a corner's own is all of it there. @param {View["corners"]} sheet */
export const weightsOf = ({ across, down }) => [(1 - across) * (1 - down), across * (1 - down), (1 - across) * down, across * down];

/** "25 % 0, 75 % 3": what is in a cell; a thing that stands in two corners is told once. @param {View["corners"]} sheet */
function wordsOf(sheet) {
  /** @type {Map<string, number>} */
  const shares = new Map();
  weightsOf(sheet).forEach((weight, i) => weight > 0 && shares.set(sheet.things[i], (shares.get(sheet.things[i]) ?? 0) + weight));
  if (shares.size === 1) return t("all {thing}", { thing: thingWords([...shares.keys()][0]) });
  return [...shares].map(([token, share]) => `${percentage(share)} ${thingWords(token)}`).join(", ");
}
