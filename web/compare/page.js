// The page's controller: one recipe for all models; who is drawn in a frame, and what is told to the server.

import { Contestant, cannot } from "../engine/contest.js";
import { className, t } from "../engine/language.js";
import { Mix } from "../engine/mix.js";
import { blendable } from "../engine/names.js";
import { mixture, notJudged } from "../engine/sentences.js";
import { pictureUrl } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { expose } from "../ui/for_tests.js";
import { FrameBudget } from "../ui/frame_budget.js";
import { Loop } from "../ui/frame_loop.js";
import { HandOver } from "../ui/hand_over.js";
import { History, same } from "../ui/history.js";
import { Keys } from "../ui/keys.js";
import { Postponed } from "../ui/postponed.js";
import { ProgressLine } from "../ui/progress_line.js";
import { Controls } from "./controls.js";
import { Figures } from "./figures.js";
import { Grid } from "./grid.js";
import { Pair } from "./pair.js";
import { Plots } from "./plots.js";
import { summary } from "./words.js";

/**
 * @typedef {import("../engine/props.js").CompareProps} CompareProps
 * @typedef {import("../engine/contest.js").Standing} Standing
 * @typedef {import("./tile.js").Tile} Tile
 */

const AFTER_KEYS = 250; // ms of rest after a key press before the server hears of it
const history = new History(); // outlives the component: visitors come back from other pages
const ROOM = 20; // ms of a frame from which on no further model is begun: those of a screen together take about that

/** One mounted page. */
export class ComparePage {
  /** Models at work, by slug. @type {Map<string, Contestant>} */
  contestants = new Map();
  /** Grows with every load, so that an older one stops. */
  ticket = 0;
  /** What is being drawn: values, and the jobs that are not done. @type {{jobs: import("../ui/frame_budget.js").Job[], resting: boolean, described: boolean}|undefined} */
  work;
  atRest = true;
  loaded = false;
  chosen = "";
  /** The classes' pictures as URLs. @type {string[]|undefined} */
  faces;

  /**
   * @param {HTMLElement} root
   * @param {CompareProps} props
   * @param {(name: string, value: any) => void} send reaches the server
   */
  constructor(root, props, send) {
    this.root = root;
    this.send = send;
    this.props = props;
    this.sort = /** @type {import("./grid.js").Sort} */ (props.sort);
    this.mix = new Mix(props.recipe, blendable(props));
    this.share(props.recipe);
    this.settling = new Postponed(() => this.commit());
    this.handOver = new HandOver(() => this.shared && this.send("settled", { recipe: this.shared }));
    this.keys = new Keys(root, (by) => this.step(by));
    this.budget = new FrameBudget(ROOM);
    this.loop = new Loop((fresh) => this.draw(fresh));
    this.controls = new Controls(props, {
      move: (change, event) => this.move(change, event),
      set: (key, value, event) => this.set(key, value, event),
      settle: () => this.settle(),
      drawAgain: (event) => this.drawAgain(event),
    });
    this.grid = new Grid({
      onSort: (sort) => this.sortBy(sort),
      onSeen: () => this.work && !this.work.described && this.loop.ask(),
      again: (tile) => this.load([tile]),
    });
    this.plots = new Plots();
    this.figures = new Figures();
    this.pair = new Pair({ beside: (name) => this.tell(name), ask: (asked) => this.send("ask", asked) });
    this.busy = new ProgressLine(this.grid.busy);
    root.replaceChildren(
      h(
        "div",
        { class: "board" },
        this.controls.chipsPlace,
        h("div", { class: "compare-stage" }, this.controls.card, this.grid.element),
        this.controls.drawers,
        this.plots.element,
        this.pair.element,
        this.figures.element,
      ),
    );
    this.controls.setClasses(this.mix, props);
    this.show();
  }

  stop() {
    this.ticket++;
    this.settling.drop();
    this.handOver.stop();
    this.keys.stop();
    this.loop.stop();
    this.grid.stop();
    this.pair.stop();
    this.controls.pad.dispose();
  }

  /** Takes what the server says; the recipe only where it did not come from here. @param {CompareProps} props */
  take(props) {
    const before = this.props;
    this.props = props;
    if (blendable(before).join() !== blendable(props).join() || before.dataset.slug !== props.dataset.slug) {
      this.mix = new Mix(props.recipe, blendable(props));
      this.faces = undefined;
      this.controls.setClasses(this.mix, props);
      this.share(props.recipe);
    } else if (before.nonce !== props.nonce && !this.handOver.open) {
      this.mix.apply(props.recipe);
      this.share(props.recipe);
    }
    if (before.nonce !== props.nonce && !this.handOver.open) this.sort = /** @type {import("./grid.js").Sort} */ (props.sort);
    if (this.mix.rest.model !== props.recipe.model) this.mix.rest = { ...this.mix.rest, model: props.recipe.model };
    this.pair.restyle();
    const kept = ({ dataset, groups, entries }) => JSON.stringify([dataset, groups, entries]);
    if (kept(before) !== kept(props)) {
      if (JSON.stringify(before.groups) !== JSON.stringify(props.groups)) this.forget();
      this.show();
      return;
    }
    for (const one of this.contestants.values()) one.props = props;
    this.mark();
    this.pair.show(props);
    this.rest();
  }

  /** Groups are other classes in every model, so all models are made anew. */
  forget() {
    this.contestants.clear();
    for (const tile of this.grid.tiles) tile.shown = "";
  }

  /** Other models: a tile for each, and what is not loaded yet is loaded. */
  show() {
    this.grid.choose(this.props);
    this.chosen = "";
    this.mark();
    this.plots.about(this.props);
    this.figures.show(this.props);
    this.pair.show(this.props);
    const own = this.slugOf();
    const tiles = this.grid.tiles.filter(({ entry }) => !entry.why);
    for (const tile of tiles) if (this.contestants.has(tile.entry.model.slug)) this.contestants.get(tile.entry.model.slug).props = this.props;
    this.load([...tiles.filter(({ entry }) => entry.model.slug === own), ...tiles.filter(({ entry }) => entry.model.slug !== own)]);
  }

  /** Slug of the recipe's own model. */
  slugOf() {
    return `${this.props.recipe.data}/${this.props.recipe.model}`;
  }

  /** Shows which tile is the recipe's own model's. */
  mark() {
    for (const tile of this.grid.tiles) tile.chosen(tile.entry.model.slug === this.slugOf());
  }

  // Loading

  /** Loads models one after another; one that fails says so in its tile, and the rest go on. @param {Tile[]} tiles */
  async load(tiles) {
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    const missing = this.grid.tiles.filter((tile) => !tile.entry.why && !this.contestants.has(tile.entry.model.slug));
    const wanted = [...new Set([...tiles, ...missing])].filter((tile) => missing.includes(tile) && (tiles.includes(tile) || tile.again.hidden));
    this.loaded = false;
    this.root.dataset.ready = this.contestants.size ? "blend" : "";
    for (const tile of wanted) tile.wait();
    for (const [i, tile] of wanted.entries()) {
      const { entry } = tile;
      const values = { model: entry.model.title, i: i + 1, all: wanted.length };
      const what = wanted.length > 1 ? t("{model} ({i} of {all})", values) : entry.model.title;
      this.busy.tell(t("Loading {what} …", { what }));
      tile.fail("");
      try {
        const { method } = this.mix.rest;
        const found = await Contestant.open(this.props, entry, method, (said) => current() && this.busy.tell(`${what}: ${said}`));
        await found.maker.need(this.mix.rest.method); // another one was chosen meanwhile
        if (!current()) return;
        this.contestants.set(entry.model.slug, found);
        await this.facesFrom(found);
      } catch (error) {
        if (!current()) return;
        tile.fail(error.message, true);
      }
      this.rest();
    }
    if (!current()) return;
    this.busy.tell("");
    this.loaded = true;
    this.rest();
  }

  /** The chips' pictures, from the first model that is there. @param {Contestant} found */
  async facesFrom({ maker }) {
    if (this.faces) return;
    const { shape } = this.props.dataset;
    const centroids = await maker.model.centroids();
    const size = shape.reduce((product, side) => product * side);
    this.faces = this.mix.classes.map((_, i) => pictureUrl(centroids.data, shape, i * size));
    this.chosen = "";
  }

  // What the visitor does

  /** A control moves. @param {(mix: Mix) => void} change @param {Event} [event] */
  move(change, event) {
    change(this.mix);
    this.atRest = false;
    if (this.controls.pad.held === undefined) this.controls.describe(this.mix);
    this.loop.ask(event?.timeStamp);
  }

  /** A recipe value moves. @param {string} key @param {any} value @param {Event} [event] */
  set(key, value, event) {
    this.move((mix) => (mix.rest[key] = value), event);
    if (key === "method") this.need();
  }

  /** Has the recipe's method ready in all models. */
  async need() {
    const { method } = this.mix.rest;
    for (const [slug, one] of this.contestants) {
      try {
        await one.maker.need(method);
      } catch (error) {
        this.grid.tiles.find(({ entry }) => entry.model.slug === slug)?.fail(error.message);
      }
    }
    this.rest();
  }

  drawAgain(event) {
    this.set("seed", crypto.getRandomValues(new Uint32Array(1))[0] % 100000, event);
    this.settle();
  }

  /** @param {import("./grid.js").Sort} sort */
  sortBy(sort) {
    this.sort = sort;
    this.tell();
    this.arrange();
  }

  /** How the models stand reaches the link; the first one that can stand beside the recipe's own need not be named. */
  tell(beside = this.props.pair?.right.split("/")[1] ?? "") {
    const first = this.props.entries.find(({ why, model }) => !why && model.slug !== this.slugOf());
    this.send("shown", { sort: this.sort, beside: beside === first?.name ? "" : beside });
  }

  /** A control was let go: one message to the server, a little later while keys are being pressed. */
  settle() {
    if (this.keys.pressing) this.settling.after(AFTER_KEYS);
    else this.settling.now();
  }

  commit() {
    this.settling.drop();
    this.rest();
    const recipe = this.mix.recipe();
    if (!this.mix.chosen.length || same(recipe, this.shared)) return;
    this.share(recipe);
    this.send("settled", { recipe });
  }

  /** A recipe that both sides know. @param {CompareProps["recipe"]} recipe */
  share(recipe) {
    history.push(recipe);
    this.shared = structuredClone(recipe);
  }

  /** Undo (-1) or redo (+1). @param {-1|1} by */
  step(by) {
    if (this.settling.waiting) this.settling.now();
    const recipe = this.mix.chosen.length || by > 0 ? history.move(by) : structuredClone(this.shared);
    if (!recipe) return;
    this.shared = structuredClone(recipe);
    if (recipe.data === this.mix.rest.data && recipe.model === this.mix.rest.model) {
      this.mix.apply(recipe);
      this.need();
    }
    this.send("settled", { recipe });
  }

  // Frames

  /** The values stay: all models are drawn, those that are not on the screen too, and everything is measured. */
  rest() {
    this.atRest = true;
    this.loop.ask();
  }

  /** One frame; a fresh one begins with the newest values. @param {boolean} fresh */
  async draw(fresh) {
    const began = performance.now();
    if (fresh) {
      this.showControls();
      this.work = this.begin();
    }
    const { work } = this;
    if (!work) return;
    await this.budget.spend(work, began, () => work === this.work);
    if (work !== this.work) return;
    if (work.jobs.length) this.loop.more();
    else if (work.resting && !work.described && !this.loop.fresh) this.describe(work);
  }

  showControls() {
    const chosen = this.mix.chosen.join();
    if (chosen !== this.chosen) {
      this.chosen = chosen;
      this.controls.setChosen(this.mix, this.faces);
    }
    this.controls.show(this.mix, this.props.dataset.components);
  }

  /** What is to be drawn of the newest values; nothing without a class. */
  begin() {
    const { mix, atRest } = this;
    this.grid.element.classList.toggle("compare-dimmed", !mix.chosen.length);
    if (!mix.chosen.length) {
      say(this.grid.told, t("Choose at least one class."));
      return undefined;
    }
    if (this.root.dataset.ready === "all") this.root.dataset.ready = "blend";
    const values = { ...mix.values(), moving: !atRest };
    const own = this.slugOf();
    const key = JSON.stringify([values, mix.rest.theta, mix.rest.pattern, own, mix.classes]);
    const tiles = this.grid.tiles.filter((tile) => this.able(tile));
    tiles.sort((a, b) => Number(b.entry.model.slug === own) - Number(a.entry.model.slug === own));
    const jobs = [];
    // What is drawn and measured already stays: while models come one by one, each draws once.
    for (const tile of tiles.filter(({ seen, shown }) => (seen || atRest) && shown !== key)) {
      tile.shown = "";
      const one = this.contestants.get(tile.entry.model.slug);
      const { shape } = this.props.dataset;
      jobs.push({
        name: tile.entry.model.slug,
        slow: !tile.seen,
        step: async () => {
          try {
            tile.draw(await one.make(values), shape);
            tile.tell(one.figures, Boolean(one.lost));
          } catch (error) {
            tile.fail(error.message, true); // the rest go on
            this.contestants.delete(tile.entry.model.slug);
          }
          return true;
        },
      });
      if (!atRest) continue;
      jobs.push({
        name: `without ${tile.entry.model.slug}`,
        slow: true,
        step: async (/** @type {number} */ room) => {
          if (!this.contestants.has(tile.entry.model.slug)) return true;
          if (one.values?.rows !== values.rows) return false; // its picture comes first
          if (!(await one.measure(room))) return false;
          tile.tell(one.figures, false);
          tile.shown = key;
          return true;
        },
      });
    }
    return { jobs, resting: atRest, described: false };
  }

  /** Whether a tile's model is there and can blend as the recipe asks; else its tile says why. @param {Tile} tile */
  able(tile) {
    const { entry } = tile;
    const one = this.contestants.get(entry.model.slug);
    if (!one) return false;
    const why = cannot(entry, this.mix.rest, this.props);
    tile.fail(why);
    return !why && Boolean(one.maker.methods[this.mix.rest.method]);
  }

  /** What each tile stands for, in the order of the entries. @returns {Standing[]} */
  standings() {
    return this.grid.tiles.map(({ entry, problem }) => {
      const { model, error } = entry;
      const one = this.contestants.get(model.slug);
      const absent = !one?.picture || !problem.hidden;
      return { title: model.title, error: error.value, absent, ...(absent ? {} : one.figures) };
    });
  }

  arrange() {
    this.grid.sort(this.standings(), this.sort);
  }

  /** Everything about the values that stay is there: puts it into order and into words. */
  describe(work) {
    work.described = true;
    this.atRest = false;
    const { mix } = this;
    const words = t("Blend of {mixture}", { mixture: mixture(mix.chosen.map((i) => className(mix.classes[i])), mix.shares) });
    for (const tile of this.grid.tiles) tile.describe(words);
    this.controls.describe(mix);
    const standings = this.standings();
    if (this.loaded) {
      this.arrange();
      this.plots.show(standings);
      const unjudged = [...this.contestants.values()].map(({ maker }) => maker.unjudged).find(Boolean) ?? "";
      const groups = mix.chosen.filter((i) => i >= this.props.dataset.classes.length).map((i) => mix.classes[i]);
      say(this.grid.told, [summary(standings, unjudged), notJudged(groups)].filter(Boolean).join(" "));
    }
    expose("compare", { standings, values: mix.values() }, false);
    this.root.dataset.ready = this.loaded ? "all" : "blend";
  }
}
