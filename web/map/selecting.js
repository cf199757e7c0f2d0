// Box and lasso: an outline grows under the finger, and the points inside it become the selection.

import { boxOutline, breakdown, farEnough, rowsInside } from "./lasso.js";
import { count } from "./dom.js";

export class Selecting {
  constructor(map) {
    this.map = map;
    this.corners = [];
    this.rows = null;
  }

  get active() {
    return this.corners.length > 0;
  }

  /** A new outline begins at a pixel. */
  start(x, y) {
    this.corners = [[x, y]];
    this.draw();
  }

  /** The outline goes on to a pixel: a box's other corner, a lasso's next one. */
  move(x, y) {
    if (!this.active) return;
    if (this.map.mode === "box") this.corners = [this.corners[0], [x, y]];
    else if (farEnough(this.corners, [x, y])) this.corners.push([x, y]);
    this.draw();
  }

  draw() {
    const corners = this.map.mode === "box" && this.corners.length === 2 ? boxOutline(...this.corners) : this.corners;
    this.map.stage.above.outline = { corners, onMap: false, open: this.map.mode === "lasso" };
    this.map.stage.request(false);
  }

  /** The outline is closed; in 2-D it is kept in map units, so that it moves with the map. */
  end() {
    if (!this.active) return;
    const { stage } = this.map;
    const pixels = this.map.mode === "box" ? boxOutline(this.corners[0], this.corners.at(-1)) : this.corners;
    this.corners = [];
    const flat = stage.camera.dims === 2;
    this.outline = flat ? pixels.map(([x, y]) => stage.camera.toPlace(x, y)) : pixels;
    const { places } = stage.layout;
    const column = (axis) => Float32Array.from({ length: places.length / 2 }, (_, i) => places[2 * i + axis]);
    this.rows = flat ? rowsInside(this.outline, column(0), column(1)) : rowsInside(pixels, stage.xs, stage.ys);
    stage.above.outline = flat ? { corners: this.outline, onMap: true, open: false } : null;
    this.show();
  }

  /** Shows the selection's count and classes. */
  show() {
    const { map } = this;
    const parts = breakdown(this.rows, map.y);
    map.inspector.selection({ rows: this.rows.length, parts, classes: map.facts.classes, full: map.groups.length >= map.data.groupLimit });
    map.dim();
    const most = parts.slice(0, 3).map(([index, number]) => `${count(number)} of ${map.facts.classes[index]}`);
    map.say(`${count(this.rows.length)} points selected${most.length ? `: ${most.join(", ")}` : ""}`);
  }

  /** Forgets the outline being drawn; true if there was one. */
  cancel() {
    const was = this.active;
    this.corners = [];
    if (was) {
      this.map.stage.above.outline = null;
      this.map.stage.request(false);
    }
    return was;
  }

  clear() {
    this.cancel();
    this.rows = null;
    this.outline = null;
    this.map.stage.above.outline = null;
    this.map.dim();
  }
}
