// The explorer puts the map's parts together: it knows what is chosen, and who has to hear of it.

import { Actions } from "./actions.js";
import { assemble } from "./assemble.js";
import { Card } from "./card.js";
import { levelsOf, pressedIn } from "./choosing.js";
import { Decoding } from "./decoding.js";
import { count } from "./dom.js";
import { listen } from "./gestures.js";
import { Hovering } from "./hovering.js";
import { Inspector } from "./inspector.js";
import { keysFor } from "./keys.js";
import { middles } from "./labels.js";
import { unpackRows } from "./lasso.js";
import { layoutOf } from "./layout.js";
import { Legend } from "./legend.js";
import { shortNames } from "../engine/names.js";
import { markerOf } from "./marker.js";
import { Selecting } from "./selecting.js";
import { Source } from "./source.js";
import { Stage } from "./stage.js";
import { Toolbar } from "./toolbar.js";
import { Tools } from "./tools.js";

export class Explorer extends Actions {
  constructor(root) {
    super();
    this.root = root;
    this.mode = "move";
    this.walking = -1;
    this.groups = [];
    this.toolbar = new Toolbar((change) => this.change(change));
    this.tools = new Tools({ mode: (name) => this.setMode(name), zoom: (factor) => this.zoom(factor), fit: () => this.fit() });
    this.legend = new Legend({
      toggle: (index) => this.choose(this.facts.classes[index]),
      toggleGroup: (index) => this.choose(this.groups[index].name),
      dropGroup: (index) => this.trigger("group", { drop: this.groups[index].name }),
      clear: () => this.choose(null),
      blend: () => this.trigger("blend", this.view.chosen),
    });
    this.inspector = new Inspector({ look: (row) => this.look(row), use: () => this.makeGroup(), clear: () => this.clear(), over: (row) => this.point(row) });
    this.card = new Card();
    this.stage = new Stage((seen, all) => this.counted(seen, all));
    assemble(this, root);
    this.watch = new ResizeObserver(() => this.stage.resize(this.frame.clientWidth, this.frame.clientHeight));
    this.watch.observe(this.frame);
    this.selecting = new Selecting(this);
    this.hovering = new Hovering(this);
    this.unlisten = listen(this.surface, this.gestures());
    this.surface.addEventListener("keydown", keysFor(this));
    root.medley = this; // for scripts and tests: the explorer answers where a row is drawn and what is selected
  }

  /** New data from Python. Only a new nonce may change what the visitor chose. */
  update(data) {
    const before = this.data;
    this.data = data;
    this.facts = data.facts;
    const moved = before && before.facts.slug !== data.facts.slug;
    if (!before || moved || before.nonce !== data.nonce) this.view = { ...data.view };
    if (moved && before.facts.dataset !== data.facts.dataset) this.view.row = null; // it was a row of the other dataset
    if (!before || JSON.stringify(before.groups) !== JSON.stringify(data.groups)) {
      this.groups = data.groups.map(({ name, rows }) => ({ name, rows: unpackRows(rows) }));
      this.legend.fillGroups(this.groups);
      this.view.chosen = this.view.chosen.filter((name) => [...this.facts.classes, ...this.groups.map((group) => group.name)].includes(name));
    }
    this.stage.dress(this.root, this.facts.classes.length);
    if (!before || moved) return this.open();
    if (before.nonce !== data.nonce) return this.arrange();
    if (this.expecting && this.groups.length > before.groups.length) {
      this.grouped(this.groups.find((group) => !before.groups.some((old) => old.name === group.name)));
    }
    this.dim();
    this.legend.show(...this.pressed());
    if (JSON.stringify(before.marker) !== JSON.stringify(data.marker)) this.mark();
  }

  /** Another model or dataset. */
  async open() {
    const source = (this.source = new Source(this.facts, (sentence) => source === this.source && this.tell(sentence)));
    this.turn = (this.turn ?? 0) + 1; // a map that is still on its way belongs to the model before
    delete this.loading.dataset.problem;
    delete this.root.dataset.drawn;
    this.tell("Loading the map");
    this.decoding = new Decoding(this);
    this.forget();
    try {
      const rows = await source.rows();
      if (source !== this.source) return;
      [this.y, this.split] = [rows.y.data, rows.split.data];
      this.stage.setRows(this.y, this.facts);
      this.stage.sheet = null;
      this.short = shortNames(this.facts.classes, this.facts.symbols);
      this.legend.fill(this.facts.classes, shortNames(this.facts.classes), this.y);
      await this.arrange();
      if (source !== this.source) return;
      source.report();
      this.sheet().catch((error) => this.problem(error));
      if (this.view.row !== null) this.look(this.view.row, false);
    } catch (error) {
      if (source === this.source) this.problem(error, true);
    }
  }

  /** Shows the chosen map. */
  async arrange() {
    const { view } = this;
    const turn = ++this.turn;
    if ("problem" in this.loading.dataset) {
      delete this.loading.dataset.problem;
      this.tell("");
    }
    this.toolbar.show(view, this.facts.latent);
    this.tools.show(this.mode, view.dims);
    try {
      const layout = await layoutOf(view, this.source, this.facts);
      if (turn !== this.turn) return;
      this.hovering.hide();
      this.decoding.clear();
      this.selecting.outline = null;
      Object.assign(this.stage.above, { outline: null, marker: null, cursor: -1 });
      this.walking = -1;
      this.stage.setLayout(layout);
      this.middles = middles(layout, this.y, this.facts.classes.length);
      this.stage.showPictures = view.pictures;
      if (["decoded", "nearest"].includes(this.inspector.kind)) this.inspector.hint();
      this.dim();
      this.legend.show(...this.pressed());
      const axes = layout.names.map((name) => name.split(",")[0]).join(", ");
      this.surface.setAttribute("aria-label", `Map of ${count(this.y.length)} pictures: ${axes}`);
      await this.mark();
    } catch (error) {
      this.problem(error, true);
    }
  }

  /** The blend's marker on this map. */
  async mark() {
    const { layout } = this.stage;
    try {
      const marker = this.view.marker ? await markerOf(this.data.marker, layout, this.source, this.facts) : null;
      if (layout !== this.stage.layout) return;
      this.stage.above.marker = marker;
      this.stage.request(false);
    } catch (error) {
      this.problem(error);
    }
  }

  /** A choice in the toolbar. */
  change({ axis, dims, ...rest }) {
    Object.assign(this.view, rest);
    if (dims) this.view.dims = Number(dims);
    if (axis) this.view.axes = this.view.axes.map((old, i) => (i === axis[0] ? axis[1] : old));
    if (this.view.projection === "raw" && this.facts.latent < 3) this.view.dims = 2;
    if ("pictures" in rest) {
      this.stage.showPictures = this.view.pictures;
      this.stage.request(false);
    } else if ("marker" in rest) this.mark();
    else this.arrange();
    this.keep();
  }

  /** Sends the choice to Python, once things rest. */
  keep() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.send("map", { ...this.view, nonce: this.data.nonce }), 120);
  }

  choose(name) {
    const { chosen } = this.view;
    this.view.chosen = name === null ? [] : chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name];
    this.dim();
    this.legend.show(...this.pressed());
    this.keep();
  }

  /** What the legend shows as pressed: class indices, group indices, class names. */
  pressed() {
    return pressedIn(this.view.chosen, this.facts.classes, this.groups);
  }

  /** Shows which points stand out: the selection's, else the chosen classes' and groups', else all. */
  dim() {
    if (!this.stage.layout) return;
    const [classes] = this.pressed();
    this.stage.setLevel(levelsOf(this));
    this.stage.above.labels = this.facts.classes.map((_, index) => ({ index, name: this.short[index], place: this.middles[index], bold: classes.has(index) }));
  }
}
