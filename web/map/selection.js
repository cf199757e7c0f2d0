// Box and lasso: an outline grows under the finger, and the points inside it that stand out become the selection.

import { levelsOf } from "./state.js";

/**
 * @import { Stage } from "./stage.js"
 * @import { MapState } from "./state.js"
 */

/** @typedef {number[]} Corner [x, y] */

const STEP = 3; // CSS pixels between two corners of a lasso

/** The four corners of a box between two corners. @param {Corner} a @param {Corner} b @returns {Corner[]} */
function boxOutline([x0, y0], [x1, y1]) {
  return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
}

/**
 * Rows inside a closed polygon, by the even-odd rule.
 * @param {Corner[]} outline
 * @param {ArrayLike<number>} xs (rows,) in the outline's units
 * @param {ArrayLike<number>} ys (rows,)
 * @returns {Int32Array} rows in increasing order
 */
export function rowsInside(outline, xs, ys) {
  if (outline.length < 3) return new Int32Array(0);
  const [left, right] = [Math.min(...outline.map((c) => c[0])), Math.max(...outline.map((c) => c[0]))];
  const [low, high] = [Math.min(...outline.map((c) => c[1])), Math.max(...outline.map((c) => c[1]))];
  const found = [];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i], ys[i]];
    if (x < left || x > right || y < low || y > high) continue;
    let inside = false;
    for (let a = 0, b = outline.length - 1; a < outline.length; b = a++) {
      const [ax, ay] = outline[a];
      const [bx, by] = outline[b];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    if (inside) found.push(i);
  }
  return Int32Array.from(found);
}

/** The selecting tools: `state.tool` says whether the outline is a box or a lasso, `state.selected` gets the rows. */
export class Selection {
  /**
   * @param {object} given
   * @param {MapState} given.state
   * @param {Pick<Stage, "camera"|"layout"|"xs"|"ys"|"mark">} given.stage
   * @param {() => void} given.onChange another selection, or none
   */
  constructor({ state, stage, onChange }) {
    this.state = state;
    this.stage = stage;
    this.onChange = onChange;
    /** @type {Corner[]} of the outline that is being drawn, CSS pixels */
    this.corners = [];
    /** @type {Corner[]|null} of the selection, map units in 2-D, else CSS pixels */
    this.outline = null;
  }

  /** Whether an outline is being drawn. */
  get active() {
    return this.corners.length > 0;
  }

  /** A new outline begins at a pixel. @param {number} x @param {number} y */
  start(x, y) {
    this.corners = [[x, y]];
    this.draw();
  }

  /** The outline goes on to a pixel: a box's other corner, a lasso's next one. @param {number} x @param {number} y */
  move(x, y) {
    if (!this.active) return;
    const last = this.corners.at(-1);
    if (this.state.tool === "box") this.corners = [this.corners[0], [x, y]];
    else if (Math.hypot(last[0] - x, last[1] - y) >= STEP) this.corners.push([x, y]);
    this.draw();
  }

  draw() {
    const box = this.state.tool === "box";
    const corners = box && this.corners.length === 2 ? boxOutline(this.corners[0], this.corners[1]) : this.corners;
    this.stage.mark({ outline: { corners, onMap: false, open: !box } });
  }

  /** The outline is closed; in 2-D it is kept in map units, so that it moves with the map. */
  end() {
    if (!this.active) return;
    const { camera, layout, xs, ys } = this.stage;
    const pixels = this.state.tool === "box" ? boxOutline(this.corners[0], this.corners.at(-1)) : this.corners;
    this.corners = [];
    if (camera.dims === 2) {
      const column = (axis) => Float32Array.from(xs, (_, i) => layout.places[2 * i + axis]);
      this.outline = pixels.map(([x, y]) => camera.toPlace(x, y));
      this.take(rowsInside(this.outline, column(0), column(1)));
      this.stage.mark({ outline: { corners: this.outline, onMap: true, open: false } });
    } else {
      this.outline = pixels;
      this.take(rowsInside(pixels, xs, ys));
      this.stage.mark({ outline: null });
    }
    this.onChange();
  }

  /** Of the rows inside, those that stand out: what is dimmed is not what the visitor looks at. @param {Int32Array} inside */
  take(inside) {
    const level = levelsOf({ ...this.state, selected: null });
    this.state.selected = inside.filter((row) => level[row]);
    this.state.leftOut = inside.length - this.state.selected.length;
  }

  /** Forgets the outline that is being drawn; true if there was one. */
  cancel() {
    const was = this.active;
    this.corners = [];
    if (was) this.stage.mark({ outline: null });
    return was;
  }

  /** Nothing is selected any more. */
  clear() {
    this.forget();
    this.onChange();
  }

  /** The same without telling anybody: the rows belong to another dataset's map. */
  forget() {
    this.corners = [];
    this.outline = null;
    this.state.selected = null;
    this.stage.mark({ outline: null });
  }
}
