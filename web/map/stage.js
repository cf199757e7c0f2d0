// The drawing surface: points below, names, pictures and outlines above; draws once a frame when something changed.

import { sharpCanvas } from "../ui/canvas.js";
import { drawAxes, gridOf } from "./axes.js";
import { Camera } from "./camera.js";
import { Cloud, radiusFor } from "./cloud.js";
import { el } from "./dom.js";
import { drawLabels, drawLines, drawPin, pinBox } from "./labels.js";
import { drawOutline, drawPuck, drawRing } from "./marks.js";
import { paintsFor, readColour } from "./paints.js";
import { Grid } from "./picking.js";
import { PicturePoints, SIZE } from "./pictures.js";

const MORPH = 520; // ms that points take from one map to the next
const REST = 110; // ms without movement after which the count of points in view is worked out

export class Stage {
  /** @param {(seen: number, all: number) => void} onRest told how many points are inside the frame */
  constructor(onRest) {
    this.onRest = onRest;
    this.camera = new Camera();
    this.points = el("canvas", { class: "points", "aria-hidden": "true" });
    this.marks = el("canvas", { class: "marks", "aria-hidden": "true" });
    this.cloud = new Cloud(this.points);
    this.pictures = new PicturePoints();
    this.above = { ring: -1, cursor: -1, selected: -1, outline: null, puck: null, marker: null, labels: [] };
    this.sheet = null;
    this.layout = null;
    this.version = 0;
    this.frames = 0;
  }

  /** The theme's colours, read from CSS; call it again when the theme changes. */
  dress(host, classes) {
    const style = getComputedStyle(host);
    const read = (name, other) => style.getPropertyValue(name).trim() || other;
    const ground = read("--st-background-color", "#ffffff");
    this.paints = paintsFor(classes, readColour(ground), readColour(read("--st-border-color", "#cccccc")));
    this.theme = { ground, text: read("--st-text-color", "#111111"), accent: read("--st-primary-color", "#4f46e5"), symbols: this.paints.symbols };
    this.request();
  }

  /** The classes and numbers of all rows. */
  setRows(y, facts) {
    this.y = y;
    this.facts = facts;
    this.level = new Uint8Array(y.length).fill(1);
    [this.xs, this.ys, this.depth] = [new Float32Array(y.length), new Float32Array(y.length), new Float32Array(y.length)];
    this.layout = null;
  }

  /** Another map; the points walk there unless people asked for less motion. */
  setLayout(layout) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.from = this.layout && !still ? { xs: this.xs.slice(), ys: this.ys.slice(), at: performance.now() } : null;
    this.layout = layout;
    this.camera.frame(layout.places, layout.dims);
    this.version++;
    this.request();
  }

  setLevel(level) {
    this.level = level;
    this.version++;
    this.request();
  }

  resize(width, height) {
    if (!width || !height) return;
    this.camera.resize(width, height);
    this.cloud.resize(width, height, Math.min(globalThis.devicePixelRatio || 1, 2));
    this.request();
  }

  /** Draw at the next frame; `pointsToo` false when only what lies above the points changed. */
  request(pointsToo = true) {
    this.stale ||= pointsToo;
    if (pointsToo) this.grid = null;
    this.pending ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.pending = null;
    if (!this.layout || !this.paints || this.camera.width < 2) return;
    const { camera, xs, ys } = this;
    const deep = camera.dims === 3 ? this.depth : null;
    if (this.stale) {
      camera.project(this.layout.places, xs, ys, this.depth);
      const moving = this.walk();
      const radius = radiusFor(xs.length, camera.width, camera.height, camera.zoom);
      this.cloud.draw({ xs, ys, depth: deep, y: this.y, level: this.level, paints: this.paints, radius, grid: deep ? null : gridOf(camera) });
      this.radius = radius;
      this.stale = false;
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.onRest(this.index().inside, xs.length), REST);
      if (moving) this.request();
    }
    this.drawAbove();
    this.frames++;
  }

  /** Moves the points from the last map's places to the new ones; true while they are on their way. */
  walk() {
    if (!this.from) return false;
    const done = (performance.now() - this.from.at) / MORPH;
    if (done >= 1) {
      this.from = null;
      return false;
    }
    const share = 1 - (1 - done) ** 3;
    const { xs, ys } = this.from;
    for (let i = 0; i < xs.length; i++) {
      this.xs[i] = xs[i] + (this.xs[i] - xs[i]) * share;
      this.ys[i] = ys[i] + (this.ys[i] - ys[i]) * share;
    }
    return true;
  }

  drawAbove() {
    const { context, width, height } = sharpCanvas(this.marks);
    const { camera, above, theme } = this;
    drawAxes(context, camera, this.layout, theme);
    const pictured = this.sheet && this.showPictures && !this.from;
    if (pictured) {
      const rows = this.pictures.choose(camera, this.layout, this.xs, this.ys, this.level, this.version);
      this.pictures.draw(context, rows, this.sheet, this.facts, { xs: this.xs, ys: this.ys, y: this.y, level: this.level, width, height });
    }
    if (this.from) return;
    if (above.marker) drawLines(context, camera, above.marker, theme);
    drawLabels(context, camera, above.labels, theme, above.marker ? [pinBox(camera, above.marker)] : [], pictured ? SIZE / 2 + 12 : 0);
    if (above.marker) drawPin(context, camera, above.marker, theme);
    if (above.outline) drawOutline(context, camera, above.outline, theme);
    if (above.puck) drawPuck(context, camera, above.puck, theme);
    for (const [row, strong] of [[above.selected, true], [above.cursor, true], [above.ring, false]]) {
      if (row >= 0) drawRing(context, this.xs[row], this.ys[row], this.radius, theme, strong);
    }
  }

  /** The grid of points on the screen, made when it is asked for. */
  index() {
    this.grid ??= new Grid(this.xs, this.ys, this.camera.width, this.camera.height);
    return this.grid;
  }

  /** Row under a pixel, or -1. */
  pick(x, y, radius) {
    if (!this.layout || this.from || this.stale) return -1;
    return this.index().nearest(x, y, radius, this.level, this.camera.dims === 3 ? this.depth : null);
  }

  stop() {
    cancelAnimationFrame(this.pending);
    clearTimeout(this.resting);
  }
}
