// The page's controller: what is loaded, what is set, and what happens when a control moves or is let go.

import { className, t } from "../engine/language.js";
import { shortNames } from "../engine/names.js";
import { h } from "../ui/dom.js";
import { Loop } from "../ui/frame_loop.js";
import { HandOver } from "../ui/hand_over.js";
import { Postponed } from "../ui/postponed.js";
import { ProgressLine } from "../ui/progress_line.js";
import { Controls } from "./controls.js";
import { CurveCard } from "./curve_card.js";
import { Echoes } from "./echoes.js";
import { Frames } from "./frames.js";
import { Loader } from "./loader.js";
import { Maths } from "./maths.js";
import { PaperCard } from "./paper_card.js";
import { Reading } from "./reading.js";
import { SavedSettings } from "./saved_settings.js";
import { Setting, foreign } from "./setting.js";
import { Sheet, drawsFor } from "./sheet.js";
import { ThetaCard } from "./theta_card.js";

const REST = 350; // ms without a change after which more pictures are measured
const TALL = 14; // classes from which the picture of theta is higher than the chart beside it
const SEND = 200; // ms after which the server hears of a change

/** @typedef {import("../engine/props.js").GenerateProps} GenerateProps */

/** One mounted page. */
export class GeneratePage {
  /**
   * @param {HTMLElement} root
   * @param {(recipe: object, way: object) => void} send tells the server
   */
  constructor(root, send) {
    this.root = root;
    this.send = send;
    /** @type {GenerateProps|undefined} */
    this.props = undefined;
    /** @type {Setting|undefined} */
    this.setting = undefined;
    this.echoes = new Echoes();
    this.sending = new Postponed(() => {
      this.echoes.add(this.setting.way());
      this.send(this.setting.recipe(), this.setting.way());
    });
    this.handOver = new HandOver(() => (this.touched ? this.sending.now() : this.send(this.props.recipe, this.props.way)));
    const move = (change, event) => this.move(change, event);
    const settle = () => this.settle();
    this.controls = new Controls(move, settle);
    this.reading = new Reading();
    this.sheet = new Sheet((row) => this.theta.grid.go(row));
    this.theta = new ThetaCard(move, settle);
    this.curve = new CurveCard((point) => this.load(point));
    this.maths = new Maths();
    this.maths.element.addEventListener("toggle", () => this.explain());
    this.paper = new PaperCard({ load: (one) => this.load(one), now: () => this.now(), kept: () => this.saved.kept() });
    this.saved = new SavedSettings({ now: () => this.now(), load: (one) => this.load(one), blend: (one) => this.blend(one) });
    this.loader = new Loader({
      waiting: (sentence) => this.waiting(sentence),
      warn: (sentence) => this.warn(sentence),
      drawable: () => this.again(),
      complete: () => this.complete(),
    });
    this.frames = new Frames({
      loader: this.loader,
      now: () => ({ setting: this.setting, rows: this.props.rows, draws: this.draws }),
      paint: (pictures, columns) => this.sheet.paint(pictures, columns),
      more: () => this.loop.more(),
      looked: (look, kept) => this.looked(look, kept),
      measuring: (look) => this.reading.waiting(look),
      measured: (scores) => this.measured(scores),
      rested: () => this.theta.grid.describe(),
      warn: (sentence) => this.warn(sentence),
    });
    this.loop = new Loop((fresh) => this.frames.draw(fresh));
    this.busy = new ProgressLine(h("p", { class: "busy", hidden: true }));
    this.notice = h("div", { class: "notice", role: "alert", hidden: true });
    const pictures = h("section", { class: "card", "aria-label": t("New pictures") }, h("header", {}, this.sheet.title), this.sheet.element);
    this.columns = [[this.theta.element, this.saved.element], [this.curve.element, this.maths.element]].map((cards) => h("div", { class: "generate-column" }, ...cards));
    this.active = h(
      "div",
      { class: "active" },
      h("div", { class: "generate-top" }, pictures, h("div", { class: "generate-aside" }, this.controls.element, this.reading.element, this.controls.ways)),
      h("div", { class: "generate-tools" }, ...this.columns),
      this.paper.element,
    );
    root.replaceChildren(h("div", { class: "board" }, this.notice, this.busy.element, this.active));
  }

  /** Takes what the server says. The setting follows it only when it did not come from here. @param {GenerateProps} props */
  take(props) {
    const before = this.props;
    this.props = props;
    this.level();
    const other = !before || before.model.slug !== props.model.slug;
    const rows = other || before.rows.join() !== props.rows.join();
    if (other) this.setting = new Setting(props.dataset.classes.length, props.model.latent);
    const early = !other && this.touched && this.handOver.open;
    if (other || (!early && (before.nonce !== props.nonce || this.echoes.foreign(before.way, props.way, this.setting.way())))) this.apply(props, other);
    if (other) this.controls.about(props);
    if (other) this.reading.about(props, null);
    if (other) this.curve.about(props, null);
    if (other) this.saved.show(props.model.slug);
    this.saved.receive(props.found);
    if (other) this.paper.about(props, null);
    else this.paper.show(this.measuredNow());
    if (other) this.open(props);
    if (rows) this.choose();
    this.show();
    this.again();
  }

  apply({ recipe, way, start }, other) {
    const untouched = start !== null && !this.touched;
    this.setting.apply(untouched ? { ...recipe, theta: start } : recipe, way);
    if (!other) this.loader.need(this.setting.family);
  }

  /** Another model. */
  open(props) {
    this.root.dataset.ready = "";
    this.frames.forget();
    this.loader.open(props, this.setting.family);
  }

  /** Lays out sheet and grid for the classes that are shown. */
  choose() {
    const { dataset, rows, model } = this.props;
    const short = dataset.classes.length > 24 ? shortNames(dataset.classes, dataset.symbols) : dataset.classes.map(className);
    this.classes = rows.map((row) => ({ row, name: className(dataset.classes[row]), short: short[row] }));
    this.draws = drawsFor(rows.length, dataset.shape.reduce((product, size) => product * size, 1));
    this.setting.row = rows[0];
    this.sheet.choose(this.classes, this.draws, dataset);
    this.theta.choose(this.classes, model.latent, this.loader.dead);
  }

  /** A control moves. @param {(setting: Setting) => void} change @param {Event} [event] */
  move(change, event) {
    this.touched = true;
    const { family } = this.setting;
    change(this.setting);
    if (this.setting.family !== family) this.loader.need(this.setting.family);
    this.show();
    this.again(event?.timeStamp);
  }

  /** Something asks for new pictures; what is measured of the old ones is of no use any more. @param {number} [time] */
  again(time) {
    this.frames.moved();
    this.paper.show();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.frames.rest(), REST);
    this.loop.ask(time);
  }

  show() {
    this.controls.show(this.setting);
    this.theta.show(this.setting);
  }

  /** A control was let go: one message to the server. */
  settle() {
    this.sending.after(SEND);
  }

  /** Everything is loaded. */
  complete() {
    this.reading.about(this.props, this.loader.curves);
    this.curve.about(this.props, this.loader.curves);
    this.paper.about(this.props, this.loader.curves);
    this.theta.choose(this.classes, this.props.model.latent, this.loader.dead);
    this.show();
    this.again();
  }

  /** The kept settings stand in the column that is the shorter one: below a small picture of theta, beside a tall one. */
  level() {
    const [left, right] = this.columns;
    const column = this.props.dataset.classes.length < TALL ? left : right;
    if (this.saved.element.parentElement !== column) column.insertBefore(this.saved.element, column.children[1] ?? null);
  }

  /** A frame was drawn; the latent classifier guesses what the reconstruction classifier will say. */
  looked(look, kept) {
    this.reading.live(look);
    this.controls.keeps(kept);
    this.sheet.rate(null);
    if (this.root.dataset.ready !== "sheet") this.root.dataset.ready = "sheet";
    this.curve.move({ cosine: look.cosine, reconstruction: look.right });
    this.explain();
  }

  /** More pictures were measured. @param {import("./measure.js").Scores} scores */
  measured(scores) {
    this.reading.show(scores);
    this.sheet.rate(scores.by.reconstruction ?? scores.by.classifier ?? null);
    if (this.setting.tau !== null) this.controls.keeps(scores.kept);
    this.curve.move({ cosine: scores.cosine, reconstruction: scores.reconstruction?.mean, classifier: scores.classifier?.mean });
    this.maths.measured(scores);
    this.paper.show(this.measuredNow());
    if (scores.done) this.root.dataset.ready = "all";
  }

  /** What was measured of what is set, by the model's own classifier; null before that. */
  measuredNow() {
    const { scores } = this.frames;
    return scores?.done && scores.reconstruction ? { cosine: scores.cosine, accuracy: scores.reconstruction.mean } : null;
  }

  /** Puts the numbers of the moment into the equations. */
  explain() {
    const { generators } = this.loader;
    if (!generators) return;
    const [row, column] = this.theta.grid.looked ?? [this.props.rows[0], 0];
    const at = this.props.rows.indexOf(row) * generators.latent + column;
    this.maths.show(this.setting, this.props, generators.arrays, { row, column }, this.frames.z?.[at]);
    if (this.frames.scores) this.maths.measured(this.frames.scores);
  }

  /** What would be saved under a name. */
  now() {
    const { theta, n, pattern, family, tau, mode } = this.setting;
    const { scores } = this.frames;
    const { slug, title } = this.props.model;
    return { slug, title, theta, n, pattern, family, tau, mode, cosine: scores?.cosine, right: (scores?.reconstruction ?? scores?.classifier)?.mean };
  }

  /** A whole setting from a point of the chart or the saved ones; one of another model opens that. */
  load(one) {
    if (one.slug && one.slug !== this.props.model.slug) return this.send(foreign(this.setting.recipe(), one), one);
    this.move((setting) => setting.load(one));
    this.settle();
  }

  /** What was set here before the server had heard of it is told now. @param {{recipe: object, way: object}} left */
  resume({ recipe, way }) {
    this.touched = true;
    this.echoes.add(way);
    this.send(recipe, way);
  }

  /** Opens the Blend page with what is set, or with a saved setting. @param {any} one or null */
  blend(one) {
    this.sending.drop();
    if (one && one.slug === this.props.model.slug) this.move((setting) => setting.load(one));
    const recipe = one && one.slug !== this.props.model.slug ? foreign(this.setting.recipe(), one) : this.setting.recipe();
    this.send(recipe, { ...(one ?? this.setting.way()), blend: true });
  }

  /** Something does not work; the rest goes on. @param {string} sentence "" takes it away */
  warn(sentence) {
    if (this.notice.textContent === sentence) return;
    this.notice.hidden = !sentence;
    this.notice.replaceChildren(h("span", {}, sentence));
  }

  /** A model is on its way, or is there (""). @param {string} sentence */
  waiting(sentence) {
    this.active.inert = Boolean(sentence) && !this.frames.seen;
    this.busy.tell(sentence);
  }

  stop() {
    clearTimeout(this.resting);
    this.handOver.stop();
    this.sending.drop();
    this.loader.stop();
    this.frames.stop();
    this.loop.stop();
  }
}
