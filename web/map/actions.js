// What a visitor can do on the map, by mouse, finger, keyboard or button.

import { count } from "./dom.js";
import { packRows } from "./lasso.js";
import { neighboursOf } from "./places.js";
import { Telling } from "./telling.js";

const NEIGHBOURS = 8;

export class Actions extends Telling {
  /** What `listen` is given. */
  gestures() {
    const { camera } = this.stage;
    const selects = () => this.mode === "box" || this.mode === "lasso";
    return {
      hover: (x, y) => this.hovering.move(x, y),
      leave: () => this.hovering.leave(),
      tap: (x, y, touch) => this.tap(x, y, touch),
      start: (x, y) => {
        this.hovering.leave();
        this.walking = this.stage.above.cursor = -1;
        if (selects()) this.selecting.start(x, y);
      },
      drag: (x, y, dx, dy, second) => {
        if (selects()) return this.selecting.move(x, y);
        if (this.mode === "decode") return void this.decoding.atPixel(x, y);
        if (camera.dims === 3 && !second) camera.turn(dx, dy);
        else camera.pan(dx, dy);
        this.moved();
      },
      end: () => selects() && this.selecting.end(),
      cancel: () => this.selecting.cancel(),
      pinch: (factor, x, y, dx, dy) => {
        if (dx || dy) camera.pan(dx, dy);
        camera.zoomAt(factor, x, y);
        this.moved();
      },
    };
  }

  tap(x, y, touch) {
    const row = this.mode === "decode" ? -1 : this.hovering.rowAt(x, y, touch);
    if (row >= 0) {
      this.look(row);
      if (touch) this.hovering.show(row);
    } else if (this.mode === "move" || this.mode === "decode") this.decoding.atPixel(x, y);
    else this.selecting.clear();
  }

  /** Looks closer at a row: its pictures, its neighbours, its numbers. */
  async look(row, keep = true) {
    if (!(row >= 0 && row < this.y.length)) return;
    const { stage, source, facts } = this;
    this.selecting.clear();
    this.decoding.clear();
    stage.above.selected = row;
    stage.request(false);
    if (keep) {
      this.view.row = row;
      this.keep();
    }
    try {
      const [sheet, latents] = await Promise.all([this.sheet(), source.latents()]);
      const z = latents.z.data.slice(row * facts.latent, (row + 1) * facts.latent);
      const [values, near] = await Promise.all([this.decoding.decoder.picture(z), neighboursOf(row, NEIGHBOURS, stage.layout, source)]);
      if (stage.above.selected !== row) return;
      const point = { row, y: this.y[row], name: this.nameOf(row), split: this.splitOf(row), z };
      const others = near.map((other) => ({ row: other, y: this.y[other], name: this.nameOf(other) }));
      this.inspector.point(point, { sheet, values, facts, near: others });
      this.say(`Looking at ${point.name}, row ${count(row)}`);
    } catch (error) {
      this.problem(error);
    }
  }

  /** A ring around a row that is pointed at elsewhere; -1 for none. */
  point(row) {
    this.stage.above.ring = row;
    this.stage.request(false);
  }

  setMode(mode) {
    this.mode = mode;
    this.selecting.cancel();
    this.walking = this.stage.above.cursor = -1;
    this.tools.show(mode, this.view.dims);
    this.frame.dataset.mode = mode;
    this.stage.request(false);
  }

  zoom(factor) {
    this.stage.camera.zoomAt(factor);
    this.moved();
  }

  fit() {
    this.stage.camera.reset();
    this.moved();
  }

  /** The camera moved: what stood beside a point no longer does. */
  moved() {
    if (this.stage.camera.dims === 3 && this.stage.above.outline?.onMap === false) this.stage.above.outline = null;
    this.hovering.hide();
    this.stage.request();
  }

  /** Escape: leaves what is going on, else clears what is shown. */
  escape() {
    if (this.selecting.cancel()) return;
    if (this.walking >= 0) {
      this.walking = this.stage.above.cursor = -1;
      this.hovering.hide();
      this.stage.request(false);
    } else this.clear();
  }

  /** Rows of the model before mean nothing in the next one. */
  forget() {
    Object.assign(this.selecting, { rows: null, outline: null, corners: [] });
    Object.assign(this.stage.above, { selected: -1, cursor: -1, ring: -1, puck: null, outline: null });
    this.walking = -1;
    this.inspector.hint();
    this.card.hide();
  }

  /** Nothing is selected, looked at or decoded any more. */
  clear() {
    this.decoding.clear();
    this.stage.above.selected = -1;
    this.selecting.clear();
    this.hovering.hide();
    this.inspector.hint();
    if (this.view.row !== null) {
      this.view.row = null;
      this.keep();
    }
    this.surface.focus({ preventScroll: true });
  }

  /** The selection becomes an ingredient of the blend. */
  makeGroup() {
    this.expecting = true;
    this.trigger("group", { add: packRows(this.selecting.rows, this.y.length) });
  }

  /** Python has made the group: it takes the selection's place and stands out. */
  grouped({ name, rows }) {
    this.expecting = false;
    this.selecting.clear();
    this.inspector.grouped({ name, rows: rows.length });
    this.say(`${name} has ${count(rows.length)} pictures and can be blended like any class`);
    if (!this.view.chosen.includes(name)) this.choose(name);
  }

  nameOf(row) {
    return this.facts.classes[this.y[row]];
  }

  splitOf(row) {
    return this.split[row] ? "test" : "training";
  }

  /** The sheet of all pictures; the card and the picture points wait for it. */
  async sheet() {
    const { source } = this;
    const sheet = await source.sheet();
    if (source === this.source && this.stage.sheet !== sheet) {
      this.stage.sheet = sheet;
      this.stage.request(false);
    }
    return sheet;
  }

  /** The page is left. */
  stop() {
    this.unlisten();
    this.watch.disconnect();
    this.stage.stop();
    clearTimeout(this.keeping);
  }
}
