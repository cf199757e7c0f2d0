// A grid of small steps around where one stands: press a picture to go there.

import { t } from "../engine/language.js";
import { short } from "../engine/numbers.js";
import { h, say } from "../ui/dom.js";
import { Cells, drawing } from "./cells.js";
import { reach } from "./steps.js";
import { GREY, NO_AXES } from "./words.js";

const HALF = 2; // cells on each side of the middle
const SIZES = { 0.25: t("A quarter of the usual spread"), 0.5: t("Half the usual spread"), 1: t("The usual spread"), 2: t("Twice the usual spread") };
const GRIDS = { near: t("How pictures near here differ"), pc1: t("How all pictures differ most"), pc3: t("How all pictures differ next") };
const TOLD = {
  near: t("Right and up are the two ways in which the 200 pictures nearest to this place differ most. They are others at every place."),
  pc1: t("Right and up are the two ways in which all pictures of the dataset differ most, pc1 and pc2."),
  pc3: t("Right and up are the next two ways in which all pictures differ, pc3 and pc4."),
};
const TINY = 1e-3; // of a standard deviation: what a step along single numbers is rounded to

/** @typedef {import("../engine/props.js").DirectionsChoice} View */
/** A direction by named ones and amounts of them. @typedef {[string, number][]} Pair */

export class GridTool {
  /** @type {"steps"} */
  name = "steps";
  title = t("Small steps");

  /** @param {import("./page.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.cells = new Cells(t("Pictures around here"), (row, column) => this.go(row, column));
    this.grid = h("select", { "aria-label": t("Directions of the grid"), onchange: () => this.set({ grid: this.grid.value }) });
    this.grid.append(...Object.entries(GRIDS).map(([value, words]) => h("option", { value }, words)));
    this.size = h("select", { "aria-label": t("Size of a step"), onchange: () => this.set({ size: Number(this.size.value) }) });
    this.size.append(...Object.entries(SIZES).map(([value, words]) => h("option", { value }, words)));
    this.meaning = h("p", { class: "quiet" });
    this.told = h("p", { class: "quiet", role: "status" });
    this.element = h(
      "div",
      { class: "directions-tool" },
      h("p", {}, t("The picture in the middle is where you stand. Its neighbours are what it becomes one or two steps on. Press one to go there; then look around again.")),
      h("div", { class: "directions-walk" }, this.cells.element, h("div", { class: "directions-aside" }, label(t("Directions"), this.grid), label(t("Size of a step"), this.size), this.meaning, this.told)),
    );
    this.cells.build(2 * HALF + 1, 2 * HALF + 1, [HALF, HALF]);
  }

  set(change) {
    this.desk.move((view) => Object.assign(view, change));
    this.desk.settle();
  }

  /** @param {View} view */
  show(view) {
    this.grid.value = view.grid;
    this.size.value = String(view.size);
    say(this.meaning, TOLD[view.grid]);
    const { space } = this.desk;
    for (const option of this.grid.options) option.disabled = Boolean(space) && option.value === "pc3" && space.latent < 3;
    const pairs = this.pairs(view);
    this.places = pairs && this.cells.cells.map((line, row) => line.map((_, column) => this.stepped(view, pairs, row - HALF, column - HALF)));
    const off = (row, column) => !this.places?.[row][column];
    this.cells.tell((row, column) => this.words(row, column, off(row, column)), [HALF, HALF], off);
    say(this.told, space?.cloud && !space.cloud.axes.length ? NO_AXES : this.places?.flat().some((one) => !one) ? GREY : "");
  }

  words(row, column, off) {
    if (row === HALF && column === HALF) return t("Here");
    const [up, right] = [HALF - row, column - HALF];
    const across = right > 0 ? t("{steps} right", { steps: right }) : right && t("{steps} left", { steps: -right });
    const along = up > 0 ? t("{steps} up", { steps: up }) : up && t("{steps} down", { steps: -up });
    return [across, along, off && t("too far")].filter(Boolean).join(", ");
  }

  /**
   * The two directions, each as amounts of named ones; null while they are not known.
   * @param {View} view
   * @returns {Pair[]|null}
   */
  pairs(view) {
    const { space } = this.desk;
    if (!space?.cloud?.axes.length) return null;
    if (view.grid !== "near") {
      const first = view.grid === "pc3" ? 2 : 0;
      return [first, first + 1].map((i) => /** @type {Pair} */ (i < space.latent ? [[`pc${i + 1}`, 1]] : []));
    }
    const place = this.desk.place();
    const near = place && space.axes("near", place);
    if (!near) return null;
    return [0, 1].map((i) => {
      const axis = near.axes[i];
      if (!axis) return [];
      return Array.from(axis, (value, j) => /** @type {[string, number]} */ ([`dim${j + 1}`, space.cloud.spread[j] ? (value * near.lengths[i]) / space.cloud.spread[j] : 0]));
    });
  }

  /**
   * The steps after so many of the grid's, or null where that is too far.
   * @param {View} view
   * @param {Pair[]} pairs
   * @param {number} row
   * @param {number} column
   */
  stepped(view, [across, down], row, column) {
    const limit = reach(view.further);
    const amounts = new Map(view.steps);
    for (const [pair, count] of /** @type {[Pair, number][]} */ ([[across, column], [down, -row]])) {
      for (const [name, amount] of count ? pair : []) {
        const exact = name.startsWith("pc");
        const sum = (amounts.get(name) ?? 0) + amount * count * view.size;
        const value = exact ? short(sum) : Math.round(sum / TINY) / (1 / TINY);
        if (value < limit.low || value > limit.high) return null;
        amounts.set(name, value);
      }
    }
    return /** @type {import("./steps.js").Steps} */ ([...amounts].filter(([, amount]) => amount !== 0));
  }

  go(row, column) {
    const steps = this.places?.[row][column];
    if (!steps || (row === HALF && column === HALF)) return;
    this.desk.move((view) => (view.steps = steps));
    this.desk.settle();
    this.desk.say(t("You are there now; the pictures around it are new."));
  }

  jobs(view) {
    const { space } = this.desk;
    const start = this.desk.start();
    if (!this.places || !start) return [];
    const canvases = [];
    const offsets = [];
    this.cells.each(({ canvas, button }, row, column) => {
      const steps = this.places[row][column];
      button.classList.toggle("directions-off", !steps);
      if (!steps) return;
      canvases.push(canvas);
      offsets.push(space.offset(steps, view.change));
    });
    if (offsets.some((one) => !one)) return [];
    return [drawing("grid", canvases, (from, count) => space.pictures(start, offsets.slice(from, from + count)), space.shape)];
  }
}

/** A control with its name above it. @param {string} name @param {HTMLElement} control */
export function label(name, control) {
  return h("div", { class: "directions-field" }, h("span", { class: "quiet", "aria-hidden": "true" }, name), control);
}

