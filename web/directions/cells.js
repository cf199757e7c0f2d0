// Pictures side by side that one can point at: a grid for the arrow keys with one tab stop, drawn a few at a time.

import { drawPicture } from "../ui/canvas.js";
import { h } from "../ui/dom.js";

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -99], End: [0, 99], PageUp: [-99, 0], PageDown: [99, 0] };
const LEAST = 4; // ms of a frame in which at least some pictures are made

/** A grid of pictures with the roles of one. */
export class Cells {
  /**
   * @param {string} name
   * @param {(row: number, column: number) => void} choose a cell is clicked, or Enter pressed on it
   * @param {(row: number, column: number) => void} [over] the keyboard has come to a cell
   */
  constructor(name, choose, over) {
    this.choose = choose;
    this.over = over;
    this.element = h("div", { class: "directions-cells", role: "grid", "aria-label": name, onkeydown: (event) => this.key(event) });
    /** @type {{button: HTMLButtonElement, canvas: HTMLCanvasElement}[][]} */
    this.cells = [];
    this.at = [0, 0];
  }

  /** Lays it out; the one tab stop is at first the cell `at`. @param {number} rows @param {number} columns @param {[number, number]} at */
  build(rows, columns, at) {
    this.at = at;
    this.element.style.setProperty("--columns", String(columns));
    this.cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const canvas = h("canvas", { "aria-hidden": "true", width: 1, height: 1 });
        const listeners = { onclick: () => this.press(row, column), onfocus: () => this.go(row, column) };
        return { canvas, button: h("button", { type: "button", class: "directions-cell", role: "gridcell", tabindex: "-1", ...listeners }, canvas) };
      }),
    );
    this.element.replaceChildren(...this.cells.map((line) => h("div", { role: "row", class: "directions-line" }, ...line.map(({ button }) => button))));
    this.go(...at);
  }

  /**
   * Every cell's words; cells that cannot be gone to are off.
   * @param {(row: number, column: number) => string} words
   * @param {[number, number]} here the cell where one stands
   * @param {(row: number, column: number) => boolean} [off]
   */
  tell(words, here, off) {
    this.each(({ button }, row, column) => {
      button.setAttribute("aria-label", words(row, column));
      if (row === here[0] && column === here[1]) button.setAttribute("aria-current", "location");
      else button.removeAttribute("aria-current");
      button.setAttribute("aria-disabled", String(Boolean(off?.(row, column))));
    });
  }

  /** @param {(cell: {button: HTMLButtonElement, canvas: HTMLCanvasElement}, row: number, column: number) => void} work */
  each(work) {
    this.cells.forEach((line, row) => line.forEach((cell, column) => work(cell, row, column)));
  }

  go(row, column) {
    const before = this.cells[this.at[0]]?.[this.at[1]];
    before?.button.setAttribute("tabindex", "-1");
    this.at = [row, column];
    this.cells[row][column].button.setAttribute("tabindex", "0");
  }

  press(row, column) {
    this.go(row, column);
    if (this.cells[row][column].button.getAttribute("aria-disabled") !== "true") this.choose(row, column);
  }

  key(event) {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const within = (value, size) => Math.min(size - 1, Math.max(0, value));
    const row = within(this.at[0] + move[0], this.cells.length);
    const column = within(this.at[1] + move[1], this.cells[0].length);
    this.go(row, column);
    this.cells[row][column].button.focus();
    this.over?.(row, column);
  }

  /** All canvases, line by line. */
  get canvases() {
    return this.cells.flat().map(({ canvas }) => canvas);
  }
}

/**
 * A job that draws pictures, as many at a time as there is room for.
 * @param {string} name
 * @param {HTMLCanvasElement[]} canvases
 * @param {(from: number, count: number) => Promise<Float32Array>} make so many of the pictures, from one on
 * @param {[number, number, number]} shape
 * @returns {import("../ui/frame_budget.js").Job}
 */
export function drawing(name, canvases, make, shape) {
  const pixels = shape.reduce((product, size) => product * size, 1);
  let done = 0;
  let cost = 1; // ms for a picture
  return {
    name,
    async step(room) {
      const began = performance.now();
      const count = Math.min(canvases.length - done, Math.max(1, Math.floor(Math.max(LEAST, room) / cost)));
      const pictures = await make(done, count);
      for (let i = 0; i < count; i++) drawPicture(canvases[done + i], pictures, shape, i * pixels);
      done += count;
      cost = 0.5 * cost + (0.5 * (performance.now() - began)) / Math.max(1, count);
      return done === canvases.length;
    },
  };
}
