// The map by keyboard: arrows move, turn, step from point to point or steer the cross hairs, as the tool asks.

import { t } from "../engine/language.js";

/**
 * @import { Decoding } from "./decoding.js"
 * @import { Hover } from "./hover.js"
 * @import { Selection } from "./selection.js"
 * @import { Stage } from "./stage.js"
 * @import { MapState, Tool } from "./state.js"
 */

const PAN = 40; // CSS pixels a key press pans
const FINE = 12; // CSS pixels a key press moves the cross hairs
const MARGIN = 60; // CSS pixels from the edge at which the map follows the keyboard
const ANYWHERE = 4000; // CSS pixels: the nearest point, however far it is
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {Record<string, Tool>} */
const TOOLS = { d: "decode", b: "box", l: "lasso", m: "move" };

/** What the keys do, as lines for people. */
export const HELP = [
  [t("Arrows"), t("move the map (2-D) or turn it (3-D); in the other tools: move the cross hairs")],
  ["+  −  0", t("zoom in, zoom out, show everything")],
  ["P", t("go to the point nearest to the middle; arrows then step from point to point, Enter looks closer")],
  ["D  B  L  M", t("tools: Decode here, Box, Lasso, Move")],
  [t("Enter##a key"), t("Box and Lasso: set a corner (a box ends with its second, a lasso with Space)")],
  [t("Escape##a key"), t("cancel, or clear what is selected")],
];

export class Keyboard {
  /**
   * @param {object} given
   * @param {MapState} given.state
   * @param {Stage} given.stage
   * @param {Hover} given.hover
   * @param {Decoding} given.decoding
   * @param {Selection} given.selection
   * @param {object} given.on what the keys ask for
   * @param {(factor: number) => void} given.on.zoom
   * @param {() => void} given.on.fit
   * @param {() => void} given.on.moved the camera moved
   * @param {(row: number) => void} given.on.look
   * @param {(tool: Tool) => void} given.on.tool
   * @param {() => void} given.on.clear
   */
  constructor({ state, stage, hover, decoding, selection, on }) {
    this.state = state;
    this.stage = stage;
    this.hover = hover;
    this.decoding = decoding;
    this.selection = selection;
    this.on = on;
  }

  /** A key is pressed on the map's surface. @param {KeyboardEvent & {currentTarget: HTMLElement}} event */
  press(event) {
    delete event.currentTarget.dataset.pointer;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (ARROWS[key]) this.arrow(ARROWS[key], event.shiftKey);
    else if (key === "+" || key === "=") this.on.zoom(1.3);
    else if (key === "-" || key === "_") this.on.zoom(1 / 1.3);
    else if (key === "0") this.on.fit();
    else if (key === "p") this.stepTo(this.middle());
    else if (TOOLS[key]) this.on.tool(TOOLS[key]);
    else if (key === "Enter") this.enter();
    else if (key === " " && this.state.tool === "lasso") this.selection.end();
    else if (key === "Escape") this.escape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  arrow([dx, dy], far) {
    const { stage } = this;
    const { camera, marks } = stage;
    if (marks.cursor >= 0) return this.stepTo(stage.index().towards(marks.cursor, dx, dy, stage.level));
    if (this.state.tool !== "move") return this.steer(dx * FINE * (far ? 4 : 1), dy * FINE * (far ? 4 : 1));
    if (camera.dims === 3 && !far) camera.turn(-dx * PAN * 0.5, -dy * PAN * 0.5);
    else camera.pan(-dx * PAN, -dy * PAN);
    this.on.moved();
  }

  enter() {
    const { cursor } = this.stage.marks;
    if (cursor >= 0) this.on.look(cursor);
    else if (this.state.tool === "move") this.stepTo(this.middle());
    else if (this.state.tool === "decode") this.steer(0, 0);
    else this.corner();
  }

  /** Leaves what is going on, else clears what is shown. */
  escape() {
    if (this.selection.cancel()) return;
    if (this.stage.marks.cursor >= 0) {
      this.stage.mark({ cursor: -1 });
      this.hover.hide();
    } else this.on.clear();
  }

  /** The row nearest to the middle of the map, or -1. */
  middle() {
    const { width, height } = this.stage.camera;
    return this.stage.pick(width / 2, height / 2, ANYWHERE);
  }

  /** Goes to a row, with its card; near the edge the map follows. */
  stepTo(row) {
    if (row < 0) return;
    const { stage, hover } = this;
    const { width, height } = stage.camera;
    const [x, y] = [stage.xs[row], stage.ys[row]];
    stage.mark({ cursor: row });
    if (x < MARGIN || y < MARGIN || x > width - MARGIN || y > height - MARGIN) {
      stage.camera.pan(width / 2 - x, height / 2 - y);
      stage.request();
      requestAnimationFrame(() => hover.show(row, true));
    } else hover.show(row, true);
  }

  /** Moves the cross hairs by pixels; decodes there, or draws on with the outline. */
  steer(dx, dy) {
    const { stage, selection } = this;
    const { camera } = stage;
    const [x, y] = camera.toScreen(this.crosshair());
    const [toX, toY] = [Math.min(Math.max(x + dx, 0), camera.width), Math.min(Math.max(y + dy, 0), camera.height)];
    if (this.state.tool === "decode") return void this.decoding.atPixel(toX, toY);
    stage.mark({ crosshair: camera.toPlace(toX, toY) });
    if (selection.active && this.state.tool === "box") selection.move(toX, toY);
  }

  /** Enter in the box and lasso tools: a corner at the cross hairs. */
  corner() {
    const { stage, selection } = this;
    const crosshair = this.crosshair();
    stage.mark({ crosshair });
    const at = stage.camera.toScreen(crosshair);
    if (!selection.active) return selection.start(...at);
    selection.move(...at);
    if (this.state.tool === "box") selection.end();
  }

  /** Where the cross hairs stand; in the middle at first. */
  crosshair() {
    const { camera, marks } = this.stage;
    return marks.crosshair ?? camera.toPlace(camera.width / 2, camera.height / 2);
  }
}
