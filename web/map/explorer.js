// The map's controller: it wires the parts, holds what is chosen, and tells whoever has to hear of a change.

import { untaughtWords } from "../engine/halves.js";
import { className, t, whole } from "../engine/language.js";
import { blendable, shortNames } from "../engine/names.js";
import { h } from "../ui/dom.js";
import { HandOver } from "../ui/hand_over.js";
import { Postponed } from "../ui/postponed.js";
import { Room } from "../ui/room.js";
import { ToolControls, toolWords, ViewControls, zoomControls } from "./controls.js";
import { Decoding } from "./decoding.js";
import { Files } from "./files.js";
import { listen } from "./gestures.js";
import { Hover } from "./hover.js";
import { Inspector, leftOutWords, selectedWords } from "./inspector.js";
import { HELP, Keyboard } from "./keyboard.js";
import { layoutOf } from "./layout.js";
import { Legend } from "./legend.js";
import { loadPicture, placeMarker } from "./marker.js";
import { middles } from "./overlay.js";
import { decode, neighboursOf } from "./projection.js";
import { countByClass, packRows, Rows, unpackRows } from "./rows.js";
import { Selection } from "./selection.js";
import { Stage } from "./stage.js";
import { chosenIn, emptyState, levelsOf } from "./state.js";
import { Status } from "./status.js";
import { Tooltip } from "./tooltip.js";

/**
 * @import { MapChoice, MapProps } from "../engine/props.js"
 * @import { Gestures } from "./gestures.js"
 * @import { Tool } from "./state.js"
 */

/**
 * @typedef {object} Server
 * @property {(name: string, value: any) => void} setState the map's choice, under "map"
 * @property {(name: string, value: any) => void} trigger asks once: "group" to make or drop one, "blend" for the classes
 *   of a blend
 */

const NEIGHBOURS = 8;
const SETTLE = 120; // ms without a choice after which the server hears of the last one

export class Explorer {
  /** @param {HTMLElement} root is filled with the map */
  constructor(root) {
    this.root = root;
    this.state = emptyState();
    /** @type {MapProps|null} */
    this.props = null;
    /** @type {Server|null} */
    this.server = null;
    /** Middle of each class on the map, and its short name: what the labels are made of. */
    this.middles = [];
    this.short = [];
    /** A new map makes one that is still on its way void. */
    this.turn = 0;
    /** What Python was asked for and has not answered yet: a group to make, or one to drop. @type {object|null} */
    this.asked = null;
    this.handOver = new HandOver(() => {
      this.settling.now();
      if (this.asked) this.server.trigger("group", this.asked); // under its old time, as it may have been heard
    });
    this.settling = new Postponed(() => this.server.setState("map", { ...this.state.view, nonce: this.props.nonce }));

    this.status = new Status();
    this.tooltip = new Tooltip();
    this.viewControls = new ViewControls((change) => this.change(change));
    this.toolControls = new ToolControls((tool) => this.setTool(tool));
    this.legend = new Legend({
      toggle: (name) => this.toggle(name),
      drop: (name) => this.ask({ drop: name }),
      clear: () => this.choose([]),
      blend: () => this.server.trigger("blend", this.state.view.chosen),
    });
    this.inspector = new Inspector({
      look: (row) => this.look(row),
      over: (row) => this.stage.mark({ ring: row }),
      group: () => this.makeGroup(),
      clear: () => this.clear(),
    });
    this.stage = new Stage((seen, all) => {
      this.status.counted(seen, all);
      root.dataset.drawn = String(seen);
    });
    const { state, stage, tooltip, inspector } = this;
    const shared = { state, stage, tooltip, sheet: () => this.sheet(), fail: (error) => this.fail(error) };
    this.hover = new Hover({ ...shared, say: (sentence) => this.status.say(sentence) });
    this.decoding = new Decoding({ ...shared, inspector, showRow: (row) => this.hover.show(row) });
    this.selection = new Selection({ state, stage, onChange: () => this.selected() });
    this.keyboard = new Keyboard({
      state,
      stage,
      hover: this.hover,
      decoding: this.decoding,
      selection: this.selection,
      on: {
        zoom: (factor) => this.zoom(factor),
        fit: () => this.fit(),
        moved: () => this.moved(),
        look: (row) => this.look(row),
        tool: (tool) => this.setTool(tool),
        clear: () => this.clear(),
      },
    });

    this.surface = h("div", {
      class: "map-surface",
      tabindex: 0,
      role: "application",
      "aria-label": t("Map"),
      "aria-roledescription": t("map of pictures"),
      "aria-describedby": "map-keys",
      onkeydown: (event) => this.keyboard.press(event),
    });
    const zoom = zoomControls((factor) => this.zoom(factor), () => this.fit());
    this.frame = h(
      "div",
      { class: "map-stage" },
      stage.points,
      stage.overlay,
      this.surface,
      this.toolControls.element,
      zoom,
      this.status.count,
      this.status.progress,
      tooltip.element,
    );
    const keys = h("dl", {}, ...HELP.flatMap(([key, text]) => [h("dt", {}, key), h("dd", {}, text)]));
    const help = h("details", { class: "map-keys" }, h("summary", { id: "map-keys" }, t("Keys for this map")), keys);
    const side = h("div", { class: "map-side" }, this.legend.element, inspector.element, help);
    root.replaceChildren(this.viewControls.element, h("div", { class: "map-body" }, this.frame, side), this.status.live);

    this.unlisten = listen(this.surface, this.gestures());
    const boxes = () => [this.toolControls.element, zoom].map(({ offsetLeft: x, offsetTop: y, offsetWidth, offsetHeight }) => /** @type {import("./overlay.js").Box} */ ([x, y, x + offsetWidth, y + offsetHeight]));
    this.room = new Room(this.frame, () => stage.resize(this.frame.clientWidth, this.frame.clientHeight, boxes()));
  }

  /**
   * New data from Python. Only a new nonce may change what the visitor chose.
   * @param {MapProps} props
   * @param {Server} server
   */
  update(props, server) {
    const { state, props: before } = this;
    this.props = props;
    this.server = server;
    const moved = !before || before.model.slug !== props.model.slug;
    const linked = !before || (before.nonce !== props.nonce && !this.handOver.open);
    Object.assign(state, { dataset: props.dataset, model: props.model, thumbs: props.thumbs, groupLimit: props.group_limit });
    if (moved || linked) state.view = { ...props.view };
    const known = state.groups;
    if (JSON.stringify(before?.groups) !== JSON.stringify(props.groups)) {
      state.groups = props.groups.map(({ name, rows }) => ({ name, rows: unpackRows(rows) }));
      const names = blendable({ dataset: props.dataset, groups: state.groups });
      state.view.chosen = state.view.chosen.filter((name) => names.includes(name));
      this.legend.setGroups(state.groups);
    }
    this.stage.setTheme(this.root, props.dataset.classes.length);
    if (moved) return void this.open();
    if (linked) return void this.arrange();
    if (this.asked && state.groups.length !== known.length) {
      const made = this.asked.add && state.groups.find(({ name }) => !known.some((old) => old.name === name));
      this.asked = null;
      if (made) this.grouped(made);
    }
    this.emphasise();
    if (JSON.stringify(before.marker) !== JSON.stringify(props.marker)) this.mark();
    if (before.alone?.row !== props.alone?.row) this.showHalves();
  }

  /** Shows another model or dataset. */
  async open() {
    const { state, stage, status } = this;
    const { dataset, model, thumbs } = state;
    const files = new Files(dataset, model, thumbs, (sentence) => files === state.files && status.loading(sentence));
    state.files = files;
    this.turn++; // a map that is still on its way belongs to the model before
    delete this.root.dataset.drawn;
    status.recover();
    status.loading(t("Loading the map"), true);
    this.forget();
    try {
      const { origins: told, artists } = this.props;
      const [{ y, split }, origins] = await Promise.all([files.rows(), told ? files.origins() : null]);
      if (files !== state.files) return;
      const drawn = origins && { changed: origins.changed.data, artist: origins.artist?.data ?? null, artists };
      state.rows = new Rows(dataset.classes, /** @type {Int16Array} */ (y.data), split.data, drawn);
      stage.setPoints(state.rows.y);
      this.short = shortNames(dataset.classes, dataset.symbols);
      this.legend.setClasses(dataset.classes, shortNames(dataset.classes), state.rows.y);
      this.legend.setCopies(state.rows.copies());
      await this.arrange();
      if (files !== state.files) return;
      files.report();
      this.sheet().catch((error) => this.fail(error));
      if (state.view.row !== null) this.look(state.view.row, false);
    } catch (error) {
      if (files === state.files) status.problem(sentenceOf(error));
    }
  }

  /** Shows the chosen map. */
  async arrange() {
    const { state, stage, status } = this;
    const { view, rows, files } = state;
    const turn = ++this.turn;
    status.recover();
    this.viewControls.show(view, state.model.latent);
    this.toolControls.show(state.tool, view.dims);
    try {
      const layout = await layoutOf(view, files, state.model.latent);
      if (turn !== this.turn) return;
      this.hover.hide();
      this.decoding.clear();
      this.selection.outline = null;
      stage.mark({ outline: null, marker: null, cursor: -1 });
      stage.setLayout(layout);
      stage.showPictures = view.pictures;
      this.middles = middles(layout, rows.y, state.dataset.classes.length);
      if (this.inspector.showsPlace) this.inspector.hint();
      this.emphasise();
      this.surface.setAttribute("aria-label", t("Map of {n} pictures: {axes}", { n: whole(rows.count), axes: layout.names.join(", ") }));
      await this.mark();
    } catch (error) {
      status.problem(sentenceOf(error));
    }
  }

  /** Puts the blend's marker on this map, or takes it away. */
  async mark() {
    const { state, stage } = this;
    const { layout } = stage;
    const { marker } = this.props;
    try {
      const shown = state.view.marker
        ? { ...(await placeMarker(marker, layout, state.files, state.dataset.classes)), picture: await loadPicture(marker.picture) }
        : null;
      if (layout === stage.layout) stage.mark({ marker: shown });
    } catch (error) {
      this.fail(error);
    }
  }

  /** A choice in the controls. @param {Partial<MapChoice>} change */
  change(change) {
    const { view, model } = this.state;
    Object.assign(view, change);
    if (view.projection === "raw" && model.latent < 3) view.dims = 2;
    if ("pictures" in change) {
      this.stage.showPictures = view.pictures;
      this.stage.request(false);
    } else if ("marker" in change) this.mark();
    else this.arrange();
    this.settle();
  }

  /** Tells Python what is chosen, once things rest. */
  settle() {
    this.settling.after(SETTLE);
  }

  /** A class or group is chosen, or no longer. @param {string} name */
  toggle(name) {
    const { chosen } = this.state.view;
    this.choose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  }

  /** The classes and groups that stand out; all alike without one. @param {string[]} names */
  choose(names) {
    this.state.view.chosen = names;
    this.emphasise();
    this.settle();
  }

  /** Shows in the legend, in the points and in the labels what stands out. */
  emphasise() {
    const chosen = chosenIn(this.state);
    this.legend.show(chosen);
    if (!this.stage.layout) return;
    const labels = this.short.map((name, index) => ({ index, name, place: this.middles[index], bold: chosen.classes.has(index) }));
    this.stage.setLevel(levelsOf(this.state));
    this.stage.mark({ labels });
  }

  /** Looks closer at a row: its pictures, its neighbours, its numbers. @param {number} row @param {boolean} [keep] in the link */
  async look(row, keep = true) {
    const { state, stage } = this;
    const { rows, files, dataset, model, thumbs } = state;
    if (!(row >= 0 && row < rows.count)) return;
    this.selection.clear();
    this.decoding.clear();
    stage.mark({ selected: row });
    if (keep) {
      state.view.row = row;
      this.settle();
    }
    try {
      const [sheet, latents] = await Promise.all([this.sheet(), files.latents()]);
      const z = latents.z.data.slice(row * model.latent, (row + 1) * model.latent);
      const [values, neighbours] = await Promise.all([decode(z, files), neighboursOf(row, NEIGHBOURS, stage.layout, files)]);
      if (stage.marks.selected !== row) return;
      const pointOf = (one) => ({ row: one, y: rows.y[one], name: rows.className(one), changed: rows.isChanged(one) });
      const found = { sheet, thumbs, values, shape: dataset.shape, near: neighbours.map(pointOf) };
      this.inspector.point({ ...pointOf(row), test: rows.isTest(row), origin: rows.origin(row), z }, found);
      this.showHalves();
      this.status.say(t("Looking at {name}, row {row}", { name: rows.className(row), row: whole(row) }));
    } catch (error) {
      this.fail(error);
    }
  }

  /** What comes to mind with each half of the row that is looked at, once Python has said where these lie. */
  async showHalves() {
    const { state, stage } = this;
    const { alone } = this.props;
    const { files, dataset, model } = state;
    const current = () => files === state.files && stage.marks.selected === alone.row;
    if (!alone || !current()) return;
    try {
      const pictures = await Promise.all(alone.latents.map((z) => decode(Float32Array.from(z), files)));
      if (current()) this.inspector.halves(pictures, dataset, untaughtWords([model]));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Another selection, or none: what is in it stands out. */
  selected() {
    const { selected, leftOut, rows, dataset, groups, groupLimit } = this.state;
    if (selected) {
      const parts = countByClass(selected, rows.y);
      this.inspector.selection({ rows: selected.length, leftOut, parts, classes: dataset.classes, full: groups.length >= groupLimit });
      const most = parts.slice(0, 3).map(([index, number]) => t("{n} of {name}", { n: whole(number), name: className(dataset.classes[index]) }));
      this.status.say(`${selectedWords(selected.length)}${most.length ? `: ${most.join(", ")}` : ""}. ${leftOutWords(leftOut)}`.trim());
    }
    this.emphasise();
  }

  /** Asks Python to make the selection an ingredient of the blend. */
  makeGroup() {
    this.ask({ add: packRows(this.state.selected, this.state.rows.count) });
  }

  /** Asks Python for a group, or to drop one. @param {{add?: string, drop?: string}} what */
  ask(what) {
    this.asked = { ...what, at: Date.now(), link: location.search };
    this.server.trigger("group", this.asked);
  }

  /** Python has made the group: it takes the selection's place and stands out. */
  grouped({ name, rows }) {
    this.selection.clear();
    this.inspector.grouped(className(name), rows.length);
    this.status.say(t("{name} has {n} pictures and can be blended like any class", { name: className(name), n: whole(rows.length) }));
    if (!this.state.view.chosen.includes(name)) this.toggle(name);
  }

  /** What a pointer does on the surface, with the tool that is on. @returns {Gestures} */
  gestures() {
    const { state, stage, hover, selection, decoding } = this;
    const { camera } = stage;
    const selects = () => state.tool === "box" || state.tool === "lasso";
    return {
      hover: (x, y) => hover.move(x, y),
      leave: () => hover.leave(),
      tap: (x, y, touch) => {
        const row = state.tool === "decode" ? -1 : hover.rowAt(x, y, touch);
        if (row >= 0) {
          this.look(row);
          if (touch) hover.show(row);
        } else if (selects()) selection.clear();
        else decoding.atPixel(x, y);
      },
      start: (x, y) => {
        hover.leave();
        stage.mark({ cursor: -1 });
        if (selects()) selection.start(x, y);
      },
      drag: (x, y, dx, dy, second) => {
        if (selects()) return selection.move(x, y);
        if (state.tool === "decode") return void decoding.atPixel(x, y);
        if (camera.dims === 3 && !second) camera.turn(dx, dy);
        else camera.pan(dx, dy);
        this.moved();
      },
      end: () => selects() && selection.end(),
      cancel: () => selection.cancel(),
      pinch: (factor, x, y, dx, dy) => {
        if (dx || dy) camera.pan(dx, dy);
        camera.zoomAt(factor, x, y);
        this.moved();
      },
    };
  }

  /** Another tool. @param {Tool} tool */
  setTool(tool) {
    this.state.tool = tool;
    this.selection.cancel();
    this.stage.mark({ cursor: -1 });
    this.toolControls.show(tool, this.state.view.dims);
    this.frame.dataset.tool = tool;
    this.status.say(toolWords(tool));
  }

  /** @param {number} factor */
  zoom(factor) {
    this.stage.camera.zoomAt(factor);
    this.moved();
  }

  /** Every point is in view again. */
  fit() {
    this.stage.camera.reset();
    this.moved();
  }

  /** The camera moved: what stood beside a point no longer does. */
  moved() {
    const { camera, marks } = this.stage;
    if (camera.dims === 3 && marks.outline?.onMap === false) marks.outline = null;
    this.hover.hide();
    this.stage.request();
  }

  /** Nothing is selected, looked at or decoded any more. */
  clear() {
    this.decoding.clear();
    this.selection.clear();
    this.stage.mark({ selected: -1 });
    this.hover.hide();
    this.inspector.hint();
    if (this.state.view.row !== null) {
      this.state.view.row = null;
      this.settle();
    }
    this.surface.focus({ preventScroll: true });
  }

  /** Rows of the model before mean nothing in the next one. */
  forget() {
    this.decoding.clear();
    this.selection.forget();
    this.stage.mark({ selected: -1, cursor: -1, ring: -1 });
    this.inspector.hint();
    this.tooltip.hide();
  }

  /** The sheet of all pictures, which the stage draws from as soon as it is there. */
  async sheet() {
    const { files } = this.state;
    const sheet = await files.sheet();
    if (files === this.state.files) this.stage.setSheet(sheet);
    return sheet;
  }

  /** Something did not work; the map itself is still there. */
  fail(error) {
    this.inspector.problem(sentenceOf(error));
  }

  /** The page is left. */
  stop() {
    this.handOver.stop();
    this.unlisten();
    this.hover.stop();
    this.room.stop();
    this.stage.stop();
    this.settling.drop();
  }
}

/** What a person is told about an error. @param {Error} error */
function sentenceOf(error) {
  return error.name === "FileError" ? error.message : t("Something went wrong on the map: {problem}", { problem: error.message });
}
