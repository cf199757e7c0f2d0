// theta as a picture: a grid of classes and latent dimensions that is painted by mouse, finger and keyboard.

import { decimals, t } from "../engine/language.js";
import { announce } from "../ui/announcer.js";
import { h, say } from "../ui/dom.js";
import { channelsOf } from "../ui/colours.js";
import { brushing } from "./brush.js";

const STEP = 5; // hundredths that + and - change
const SIMPLE = t("In Simple all cells are the same; Medium1 and Medium2 can be painted.");

/** "0.40" */
const two = (value) => decimals(value, 2);

export class ThetaGrid {
  /**
   * @param {(change: (setting: object) => void, event?: Event) => void} move
   * @param {() => void} settle
   * @param {() => number} brush 0 to 100
   */
  constructor(move, settle, brush) {
    this.move = move;
    this.settle = settle;
    this.brush = brush;
    /** @type {{row: number, name: string, short: string}[]} */
    this.classes = [];
    this.latent = 0;
    /** @type {ArrayLike<number>|undefined} */
    this.dead = undefined;
    /** @type {import("./setting.js").Setting|undefined} */
    this.setting = undefined;
    /** Row and column of the cell that is told about. @type {[number, number]|undefined} */
    this.looked = undefined;
    this.canvas = h("canvas", { "aria-hidden": "true" });
    this.grid = h("div", { class: "theta-cells", role: "grid", "aria-label": t("Theta by class and latent dimension"), "aria-readonly": "false" });
    this.grid.onkeydown = (event) => this.key(event);
    this.grid.addEventListener("focusin", ({ target }) => target instanceof HTMLElement && this.look(Number(target.dataset.row), Number(target.dataset.column)));
    brushing(this.grid, {
      paint: (cell, event) => this.stroke(cell, event),
      hover: (cell) => this.look(Number(cell.dataset.row), Number(cell.dataset.column)),
      done: () => {
        this.tell();
        settle();
      },
    });
    this.told = h("p", { class: "theta-told quiet" }, t("Point at a cell to read it."));
    this.element = h("div", { class: "theta-heat" }, h("div", { class: "theta-field" }, this.canvas, this.grid), this.told);
  }

  /** Other classes or dimensions. @param {{row: number, name: string, short: string}[]} classes @param {ArrayLike<number>} [dead] 1 where a dimension says nothing */
  choose(classes, latent, dead) {
    Object.assign(this, { classes, latent, dead });
    const columns = Array.from({ length: latent }, (_, j) => j);
    const many = latent > 16; // numbers of two digits would touch on a phone
    const head = h(
      "div",
      { role: "row", class: "theta-line theta-head" },
      h("span", { role: "columnheader" }, h("span", { class: "unseen" }, t("Class"))),
      ...columns.map((j) => h("span", { role: "columnheader", class: this.silent(j) ? "theta-dead" : "", "aria-label": this.silent(j) ? t("Dimension {number}, which says nothing", { number: j + 1 }) : t("Dimension {number}", { number: j + 1 }) }, !many || (j + 1) % 5 === 0 || j === 0 ? String(j + 1) : "")),
    );
    this.cells = classes.map(({ row }) =>
      columns.map((j) => h("span", { role: "gridcell", tabindex: "-1", "data-row": row, "data-column": j, class: this.silent(j) ? "theta-dead" : "" })),
    );
    const lines = classes.map(({ name, short }, i) => h("div", { role: "row", class: "theta-line" }, h("span", { role: "rowheader", title: name, "aria-label": name }, short), ...this.cells[i]));
    this.grid.replaceChildren(head, ...lines);
    this.element.style.setProperty("--columns", String(latent));
    this.element.style.setProperty("--lines", String(classes.length));
    this.element.classList.toggle("theta-words", classes.some(({ short }) => short.length > 3));
    [this.canvas.width, this.canvas.height] = [latent, classes.length];
    this.painted = undefined;
    this.at = { i: 0, j: 0 };
    this.cells[0][0].tabIndex = 0;
  }

  silent(column) {
    return Boolean(this.dead?.[column]);
  }

  /** Draws a setting; theta itself is the picture's opacity, so that only a painted cell is drawn anew. */
  show(setting) {
    this.setting = setting;
    this.canvas.style.opacity = String(setting.theta);
    const key = `${setting.pattern} ${this.colour()}`;
    if (key !== this.painted) {
      this.painted = key;
      const context = this.canvas.getContext("2d");
      const image = context.createImageData(this.latent, this.classes.length);
      const ink = channelsOf(this.colour());
      this.classes.forEach(({ row }, i) => {
        for (let j = 0; j < this.latent; j++) {
          const at = 4 * (i * this.latent + j);
          image.data.set(ink, at);
          image.data[at + 3] = (255 * setting.cell(row, j)) / 100;
        }
      });
      context.putImageData(image, 0, 0);
    }
    if (this.looked) this.look(...this.looked);
  }

  colour() {
    return getComputedStyle(this.element).getPropertyValue("--heat").trim() || "#4f46e5";
  }

  /** What every cell is called, for screen readers; only at rest, as there are many. */
  describe() {
    this.classes.forEach(({ row, name }, i) => this.cells[i].forEach((cell, j) => cell.setAttribute("aria-label", this.words(row, j, name))));
  }

  words(row, column, name) {
    const { setting } = this;
    const values = { name, dimension: column + 1, theta: two(setting.effective(row, column)) };
    const dead = this.silent(column);
    if (!setting.cells) return dead ? t("{name}, dimension {dimension}: theta {theta}; this dimension says nothing", values) : t("{name}, dimension {dimension}: theta {theta}", values);
    const whole = { ...values, share: setting.cell(row, column), all: two(setting.theta) };
    if (dead) return t("{name}, dimension {dimension}: theta {theta}, {share} % of {all}; this dimension says nothing", whole);
    return t("{name}, dimension {dimension}: theta {theta}, {share} % of {all}", whole);
  }

  /** Tells about a cell below the grid. */
  look(row, column) {
    if (Number.isNaN(row) || Number.isNaN(column) || !this.setting) return;
    this.looked = [row, column];
    const same = this.setting.mode === "simple" ? ` ${SIMPLE}` : "";
    say(this.told, `${this.words(row, column, this.classes.find((one) => one.row === row).name)}.${same}`);
  }

  /** Paints with the brush. @returns {boolean} whether there is something to paint: Simple has only the variety */
  stroke(cell, event) {
    if (this.setting.mode === "simple") return false;
    this.paint(cell, this.brush(), event);
    return true;
  }

  paint(cell, value, event) {
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    this.stand(this.classes.findIndex((one) => one.row === row), column, false);
    this.move((setting) => setting.paint(row, column, Math.min(100, Math.max(0, Math.round(value)))), event);
    this.look(row, column);
  }

  /** Says what was painted last. */
  tell() {
    const { row, name } = this.classes[this.at.i];
    const more = { simple: ` ${t("So are all cells.")}`, medium1: ` ${t("So is its column, for every class.")}`, medium2: "" }[this.setting.mode];
    announce(`${this.words(row, this.at.j, name)}.${more}`);
  }

  /** Makes a cell the one that Tab and the arrows come from. */
  stand(i, j, focus) {
    this.cells[this.at.i][this.at.j].tabIndex = -1;
    this.at = { i: Math.min(this.classes.length - 1, Math.max(0, i)), j: Math.min(this.latent - 1, Math.max(0, j)) };
    const cell = this.cells[this.at.i][this.at.j];
    cell.tabIndex = 0;
    if (focus) cell.focus();
    return cell;
  }

  /** Goes to a class's row. */
  go(row) {
    this.stand(this.classes.findIndex((one) => one.row === row), this.at.j, true);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { i, j } = this.at;
    const moves = { ArrowLeft: [i, j - 1], ArrowRight: [i, j + 1], ArrowUp: [i - 1, j], ArrowDown: [i + 1, j], Home: [i, 0], End: [i, this.latent - 1], PageUp: [0, j], PageDown: [this.classes.length - 1, j] };
    const { row } = this.classes[i];
    const now = this.setting.mode === "simple" ? 100 * this.setting.theta : this.setting.cell(row, j);
    const values = { "+": now + STEP, "=": now + STEP, "-": now - STEP, Delete: 0, Backspace: 0 };
    if (moves[event.key]) this.stand(...moves[event.key], true);
    else if (event.key === "Enter" || event.key === " ") {
      if (this.stroke(this.cells[i][j], event)) {
        this.tell();
        this.settle();
      } else announce(SIMPLE);
    } else if (event.key in values) {
      this.paint(this.cells[i][j], values[event.key], event);
      this.cells[i][j].setAttribute("aria-label", this.words(row, j, this.classes[i].name));
      this.tell();
      this.settle();
    } else return;
    event.preventDefault();
  }
}
