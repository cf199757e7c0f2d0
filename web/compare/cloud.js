// A map of pictures as points, small enough to stand beside another one: drawn at once, and a box on it selects.

import { t } from "../engine/language.js";
import { sharpCanvas } from "../ui/canvas.js";
import { colourOf } from "../ui/colours.js";
import { h } from "../ui/dom.js";
import { Room } from "../ui/room.js";

const EDGE = 10; // CSS pixels around the points
const [SMALLEST, LARGEST] = [1.6, 5]; // CSS pixels of a point
const LEAST = 4; // CSS pixels that a box must have to be one

/**
 * @typedef {{low: [number, number], high: [number, number]}} Frame the part of the plane that is shown
 */

/** One map. */
export class Cloud {
  /** (points * 2) in the plane. @type {Float32Array} */
  places = new Float32Array();
  /** Class of each point. @type {ArrayLike<number>} */
  classes = [];
  /** Whether each point is selected; null where nothing is. @type {Uint8Array|null} */
  chosen = null;
  /** @type {Frame} */
  frame = { low: [0, 0], high: [1, 1] };
  /** Where the pointer went down, and where it is. @type {{from: [number, number], to: [number, number]}|null} */
  box = null;

  /** @param {(inside: (x: number, y: number) => boolean) => void} onSelect a box was drawn */
  constructor(onSelect) {
    this.onSelect = onSelect;
    this.canvas = h("canvas", { class: "compare-cloud", role: "img", "aria-label": t("Map, not loaded yet") });
    this.canvas.onpointerdown = (event) => {
      if (event.button) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.box = { from: [event.offsetX, event.offsetY], to: [event.offsetX, event.offsetY] };
    };
    this.canvas.onpointermove = (event) => {
      if (!this.box) return;
      this.box.to = [event.offsetX, event.offsetY];
      this.draw();
    };
    this.canvas.onpointerup = () => this.finish();
    this.canvas.onpointercancel = () => {
      this.box = null;
      this.draw();
    };
    this.room = new Room(this.canvas, () => this.draw());
  }

  /** @param {Float32Array} places @param {ArrayLike<number>} classes @param {Frame} frame */
  show(places, classes, frame) {
    Object.assign(this, { places, classes, frame });
    this.draw();
  }

  /** @param {Uint8Array|null} chosen */
  choose(chosen) {
    this.chosen = chosen;
    this.draw();
  }

  finish() {
    const { box } = this;
    this.box = null;
    if (!box) return;
    const [left, right] = [box.from[0], box.to[0]].sort((a, b) => a - b);
    const [top, bottom] = [box.from[1], box.to[1]].sort((a, b) => a - b);
    if (right - left < LEAST || bottom - top < LEAST) return this.onSelect(() => false);
    const at = this.scale();
    this.onSelect((x, y) => at.x(x) >= left && at.x(x) <= right && at.y(y) >= top && at.y(y) <= bottom);
  }

  /** From the plane to CSS pixels; one unit is as long upwards as sideways. */
  scale() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const { low, high } = this.frame;
    const unit = Math.min((width - 2 * EDGE) / (high[0] - low[0] || 1), (height - 2 * EDGE) / (high[1] - low[1] || 1));
    const [x, y] = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
    return { x: (/** @type {number} */ value) => width / 2 + (value - x) * unit, y: (/** @type {number} */ value) => height / 2 - (value - y) * unit };
  }

  draw() {
    if (!this.canvas.clientWidth) return;
    const { context } = sharpCanvas(this.canvas);
    const at = this.scale();
    const { places, classes, chosen, box } = this;
    const { clientWidth, clientHeight } = this.canvas;
    const usual = Math.max(SMALLEST, Math.min(LARGEST, 0.2 * Math.sqrt((clientWidth * clientHeight) / (classes.length || 1)))); // few points may be larger
    for (const lit of chosen ? [0, 1] : [1]) {
      context.globalAlpha = lit ? 0.75 : 0.12;
      const size = (lit && chosen ? 1.5 : 1) * usual;
      for (let i = 0; i < classes.length; i++) {
        if (chosen && chosen[i] !== lit) continue;
        context.fillStyle = colourOf(classes[i]);
        context.fillRect(at.x(places[2 * i]) - size / 2, at.y(places[2 * i + 1]) - size / 2, size, size);
      }
    }
    context.globalAlpha = 1;
    if (!box) return;
    context.strokeStyle = getComputedStyle(this.canvas).color;
    context.strokeRect(box.from[0], box.from[1], box.to[0] - box.from[0], box.to[1] - box.from[1]);
  }

  stop() {
    this.room.stop();
  }
}
