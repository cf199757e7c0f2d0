// The drawing surface: points below, names, pictures and outlines above; draws once a frame when something changed.

import { sharpCanvas } from "../ui/canvas.js";
import { calm, h } from "../ui/dom.js";
import { Camera } from "./camera.js";
import { drawLines, drawPin, pinBox } from "./marker.js";
import { axisBoxes, drawAxes, drawCrosshair, drawLabels, drawOutline, drawRing, gridLines } from "./overlay.js";
import { Grid } from "./picking.js";
import { paletteFor, radiusFor, readColour, Scatter } from "./scatter.js";
import { PicturePoints, SIZE } from "./thumbnails.js";

/**
 * @import { Layout } from "./layout.js"
 * @import { PlacedMarker } from "./marker.js"
 * @import { Label, Outline, Theme } from "./overlay.js"
 * @import { Palette } from "./scatter.js"
 * @import { Sheet } from "./thumbnails.js"
 */

/**
 * @typedef {object} Marks what lies above the points; a row is -1 and anything else null where there is none
 * @property {number} ring row that is pointed at
 * @property {number} cursor row at which the keyboard is
 * @property {number} selected row that is looked at
 * @property {Outline|null} outline
 * @property {number[]|null} crosshair place
 * @property {(PlacedMarker & {picture: HTMLImageElement|null})|null} marker
 * @property {Label[]} labels
 */

const MORPH = 520; // ms that points take from one map to the next
const REST = 110; // ms without movement after which the count of points in view is worked out

export class Stage {
  /** @param {(seen: number, all: number) => void} onRest told how many points are inside the frame */
  constructor(onRest) {
    this.onRest = onRest;
    this.camera = new Camera();
    this.points = h("canvas", { class: "map-points", "aria-hidden": "true" });
    this.overlay = h("canvas", { class: "map-overlay", "aria-hidden": "true" });
    this.scatter = new Scatter(this.points);
    this.picturePoints = new PicturePoints();
    this.showPictures = false;
    /** @type {Marks} */
    this.marks = { ring: -1, cursor: -1, selected: -1, outline: null, crosshair: null, marker: null, labels: [] };
    /** @type {Layout|null} */
    this.layout = null;
    /** @type {Sheet|null} */
    this.sheet = null;
    /** @type {Palette|null} */
    this.palette = null;
    /** @type {Theme|null} */
    this.theme = null;
    /** @type {import("./overlay.js").Box[]} */
    this.taken = [];
    /** @type {Int16Array} class of each point */
    this.y = new Int16Array(0);
    /** @type {Uint8Array} 0 dimmed, 1 shown */
    this.level = new Uint8Array(0);
    /** Where the points are drawn, CSS pixels; depth 0 far .. 1 near in 3-D. */
    this.xs = new Float32Array(0);
    this.ys = new Float32Array(0);
    this.depth = new Float32Array(0);
    this.radius = 0;
    /** @type {{xs: Float32Array, ys: Float32Array, at: number}|null} the last map's places while points move on */
    this.from = null;
    /** @type {Grid|null} */
    this.grid = null;
    this.version = 0;
    this.frames = 0;
    this.stale = false;
    /** @type {number|null} */
    this.pending = null;
    this.resting = 0;
  }

  /** Reads the theme's colours from CSS; call it again when the theme changes. @param {HTMLElement} host @param {number} classes */
  setTheme(host, classes) {
    const style = getComputedStyle(host);
    const read = (name, other) => style.getPropertyValue(name).trim() || other;
    const ground = read("--st-background-color", "#ffffff");
    this.palette = paletteFor(classes, readColour(ground), readColour(read("--st-border-color", "#cccccc")));
    this.theme = { ground, text: read("--st-text-color", "#111111"), accent: read("--st-primary-color", "#4f46e5"), symbols: this.palette.symbols };
    this.request();
  }

  /** Other points, by their classes; nothing is drawn before they have a layout. @param {Int16Array} y */
  setPoints(y) {
    const n = y.length;
    this.y = y;
    this.level = new Uint8Array(n).fill(1);
    [this.xs, this.ys, this.depth] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
    this.layout = null;
    this.sheet = null;
  }

  /** Another map of the same points; they move there unless people asked for less motion. @param {Layout} layout */
  setLayout(layout) {
    this.from = this.layout && !calm() ? { xs: this.xs.slice(), ys: this.ys.slice(), at: performance.now() } : null;
    this.layout = layout;
    this.camera.frame(layout.places, layout.dims);
    this.version++;
    this.request();
  }

  /** Which points stand out. @param {Uint8Array} level 0 dimmed, 1 shown */
  setLevel(level) {
    this.level = level;
    this.version++;
    this.request();
  }

  /** The pictures of the points. @param {Sheet} sheet */
  setSheet(sheet) {
    if (this.sheet === sheet) return;
    this.sheet = sheet;
    this.request(false);
  }

  /** Changes what lies above the points. @param {Partial<Marks>} changes */
  mark(changes) {
    Object.assign(this.marks, changes);
    this.request(false);
  }

  /**
   * The size in CSS pixels.
   * @param {number} width
   * @param {number} height
   * @param {import("./overlay.js").Box[]} taken by controls, where no class name stands
   */
  resize(width, height, taken) {
    if (!width || !height) return;
    this.taken = taken;
    this.camera.resize(width, height);
    this.scatter.resize(width, height, Math.min(globalThis.devicePixelRatio || 1, 2));
    this.request();
  }

  /** Draws at the next frame. @param {boolean} [pointsToo] false where only what lies above the points changed */
  request(pointsToo = true) {
    this.stale ||= pointsToo;
    if (pointsToo) this.grid = null;
    this.pending ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.pending = null;
    if (!this.layout || !this.palette || this.camera.width < 2) return;
    const { camera, xs, ys } = this;
    const deep = camera.dims === 3 ? this.depth : null;
    if (this.stale) {
      camera.project(this.layout.places, xs, ys, this.depth);
      const moving = this.morph();
      this.radius = radiusFor(xs.length, camera.width, camera.height, camera.zoom);
      const grid = deep ? null : gridLines(camera);
      this.scatter.draw({ xs, ys, depth: deep, y: this.y, level: this.level, palette: this.palette, radius: this.radius, grid });
      this.stale = false;
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.onRest(this.index().inside, xs.length), REST);
      if (moving) this.request();
    }
    this.drawOverlay();
    this.frames++;
  }

  /** Moves the points from the last map's places to the new ones; true while they are on their way. */
  morph() {
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

  drawOverlay() {
    const { context, width, height } = sharpCanvas(this.overlay);
    const { camera, marks, theme } = this;
    drawAxes(context, camera, this.layout, theme);
    const pictured = Boolean(this.sheet) && this.showPictures && !this.from;
    if (pictured) {
      const rows = this.picturePoints.choose(camera, this.layout, this.xs, this.ys, this.level, this.version);
      this.picturePoints.draw(context, rows, this.sheet, { xs: this.xs, ys: this.ys, y: this.y, level: this.level, width, height });
    }
    if (this.from) return;
    if (marks.marker) drawLines(context, camera, marks.marker, theme);
    const mixed = new Set(marks.marker?.ends.map(({ index }) => index));
    const labels = [...marks.labels].sort((a, b) => Number(mixed.has(b.index)) - Number(mixed.has(a.index))); // those of the blend find room first
    const taken = [...this.taken, ...axisBoxes(context, camera, this.layout), ...(marks.marker ? [pinBox(camera, marks.marker)] : [])];
    drawLabels(context, camera, labels, theme, taken, pictured ? SIZE / 2 + 12 : 0);
    if (marks.marker) drawPin(context, camera, marks.marker, theme);
    if (marks.outline) drawOutline(context, camera, marks.outline, theme);
    if (marks.crosshair) drawCrosshair(context, camera, marks.crosshair, theme);
    for (const { row, strong } of [{ row: marks.selected, strong: true }, { row: marks.cursor, strong: true }, { row: marks.ring, strong: false }]) {
      if (row >= 0) drawRing(context, this.xs[row], this.ys[row], this.radius, theme, strong);
    }
  }

  /** The grid of points on the screen, made when it is asked for. */
  index() {
    this.grid ??= new Grid(this.xs, this.ys, this.camera.width, this.camera.height);
    return this.grid;
  }

  /** Row under a pixel, or -1. @param {number} x @param {number} y @param {number} radius CSS pixels */
  pick(x, y, radius) {
    if (!this.layout || this.from || this.stale) return -1;
    return this.index().nearest(x, y, radius, this.level, this.camera.dims === 3 ? this.depth : null);
  }

  stop() {
    cancelAnimationFrame(this.pending);
    clearTimeout(this.resting);
  }
}
