// The page's controller: what is loaded, what is set, and what happens when a control moves or is let go.

import { h, say } from "../ui/dom.js";
import { Loop } from "../ui/frame_loop.js";
import { shortNames } from "../engine/names.js";
import { Controls } from "./controls.js";
import { Figure } from "./figure.js";
import { Kept } from "./kept.js";
import { Live } from "./live.js";
import { Maths } from "./maths.js";
import { Opening } from "./opening.js";
import { Reading } from "./reading.js";
import { Sent } from "./sent.js";
import { Setting, foreign } from "./setting.js";
import { Sheet, drawsFor } from "./sheet.js";
import { specOf } from "./spec.js";
import { Theta } from "./theta.js";

const REST = 350; // ms without a change after which more pictures are measured
const SEND = 200; // ms after which the server hears of a change

/** One mounted page. `send(recipe, way)` is set by the entry point and reaches the server. */
export class View {
  constructor(root) {
    this.root = root;
    this.sent = new Sent();
    const move = (change, event) => this.move(change, event);
    const settle = () => this.settle();
    this.controls = new Controls(move, settle);
    this.reading = new Reading();
    this.sheet = new Sheet((row) => this.theta.heat.go(row));
    this.theta = new Theta(move, settle);
    this.figure = new Figure((point) => this.load(point));
    this.maths = new Maths();
    this.maths.element.addEventListener("toggle", () => this.explain());
    this.kept = new Kept({ now: () => this.now(), load: (one) => this.load(one), blend: (one) => this.blend(one) });
    this.busy = h("p", { class: "busy", role: "status", hidden: true });
    this.notice = h("div", { class: "notice", role: "alert", hidden: true });
    const pictures = h("section", { class: "card made", "aria-label": "New pictures" }, h("header", {}, this.sheet.title), this.sheet.element);
    this.active = h(
      "div",
      { class: "active" },
      h("div", { class: "top" }, pictures, h("div", { class: "aside" }, this.controls.element, this.reading.element, this.controls.ways)),
      h("div", { class: "tools" }, this.theta.element, this.figure.element),
      h("div", { class: "tools" }, this.kept.element, this.maths.element),
    );
    this.live = new Live(this);
    this.opening = new Opening(this);
    this.loop = new Loop((fresh) => this.live.draw(fresh));
    root.replaceChildren(h("div", { class: "board" }, this.notice, this.busy, this.active));
  }

  /** Takes what Python says. The setting follows it only when it did not come from here. */
  take(data) {
    const before = this.spec;
    const spec = specOf(data);
    this.spec = spec;
    const other = !before || before.model.slug !== spec.model.slug;
    const rows = other || before.rows.join() !== spec.rows.join();
    if (other) this.setting = new Setting(spec.dataset.classes.length, spec.model.latent);
    if (other || before.nonce !== spec.nonce || this.sent.foreign(before.way, spec.way, this.setting.way())) this.apply(spec, other);
    if (other) this.controls.about(spec);
    if (other) this.reading.about(spec, null);
    if (other) this.figure.about(spec, null);
    if (other) this.kept.show(spec.model.slug);
    this.kept.receive(spec.found);
    if (other) this.opening.open(spec);
    if (rows) this.choose();
    this.show();
    this.again();
  }

  apply({ recipe, way, start }, other) {
    const untouched = start !== null && !this.touched;
    this.setting.apply(untouched ? { ...recipe, theta: start } : recipe, way);
    if (!other) this.opening.need();
  }

  /** Lays out sheet and grid for the classes that are shown. */
  choose() {
    const { dataset, rows, model } = this.spec;
    const short = dataset.classes.length > 24 ? shortNames(dataset.classes, dataset.symbols) : dataset.classes;
    this.classes = rows.map((row) => ({ row, name: dataset.classes[row], short: short[row] }));
    this.draws = drawsFor(rows.length, dataset.shape.reduce((product, size) => product * size, 1));
    this.setting.row = rows[0];
    this.sheet.choose(this.classes, this.draws, dataset);
    this.theta.choose(this.classes, model.latent, this.opening.dead);
  }

  /** A control moves. @param {(setting: Setting) => void} change @param {Event} [event] */
  move(change, event) {
    this.touched = true;
    const { family } = this.setting;
    change(this.setting);
    if (this.setting.family !== family) this.opening.need();
    this.show();
    this.again(event?.timeStamp);
  }

  /** Something asks for new pictures; what is measured of the old ones is of no use any more. */
  again(time) {
    this.live.rest(false);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.live.rest(true), REST);
    this.loop.ask(time);
  }

  show() {
    this.controls.show(this.setting);
    this.theta.show(this.setting);
  }

  /** A control was let go: one message to the server. */
  settle() {
    clearTimeout(this.sending);
    this.sending = setTimeout(() => {
      this.sent.add(this.setting.way());
      this.send(this.setting.recipe(), this.setting.way());
    }, SEND);
  }

  /** Everything is loaded. */
  complete() {
    this.reading.about(this.spec, this.opening.curves);
    this.figure.about(this.spec, this.opening.curves);
    this.theta.choose(this.classes, this.spec.model.latent, this.opening.dead);
    this.show();
    this.again();
  }

  /** A frame was drawn; the scorer guesses what the model's own classifier will say. */
  moved({ cosine, right }) {
    if (this.root.dataset.ready !== "sheet") this.root.dataset.ready = "sheet";
    this.figure.move({ cosine, own: right });
    this.explain();
  }

  /** More pictures were measured. */
  measured(scores) {
    this.figure.move({ cosine: scores.cosine, own: scores.own?.mean, judge: scores.judge?.mean });
    this.maths.measured(scores);
  }

  /** Puts the numbers of the moment into the equations. */
  explain() {
    const { factory } = this.opening;
    if (!factory) return;
    const [row, column] = this.theta.heat.looked ?? [this.spec.rows[0], 0];
    const at = this.spec.rows.indexOf(row) * factory.latent + column;
    this.maths.show(this.setting, this.spec, factory.arrays, { row, column }, window.medleyGenerate?.z?.[at]);
    if (this.live.scores) this.maths.measured(this.live.scores);
  }

  /** What would be kept under a name. */
  now() {
    const { theta, n, pattern, family, tau, mode } = this.setting;
    const { scores } = this.live;
    const { slug, title } = this.spec.model;
    return { slug, title, theta, n, pattern, family, tau, mode, cosine: scores?.cosine, right: (scores?.own ?? scores?.judge)?.mean };
  }

  /** A whole setting from a point of the chart or the list of kept ones; one of another model opens that. */
  load(one) {
    if (one.slug && one.slug !== this.spec.model.slug) return this.send(foreign(this.setting.recipe(), one), one);
    this.move((setting) => setting.load(one));
    this.settle();
  }

  /** Opens the Blend page with what is set, or with a kept setting. @param {object|null} one */
  blend(one) {
    clearTimeout(this.sending);
    if (one && one.slug === this.spec.model.slug) this.move((setting) => setting.load(one));
    const recipe = one && one.slug !== this.spec.model.slug ? foreign(this.setting.recipe(), one) : this.setting.recipe();
    this.send(recipe, { ...(one ?? this.setting.way()), blend: true });
  }

  /** Something does not work; the rest goes on. @param {string} sentence "" takes it away */
  warn(sentence) {
    if (this.notice.textContent === sentence) return;
    this.notice.hidden = !sentence;
    this.notice.replaceChildren(h("span", {}, sentence));
  }

  /** A model is on its way, or is there (""). */
  waiting(sentence) {
    this.busy.hidden = !sentence;
    this.active.inert = Boolean(sentence) && !this.live.drawn;
    say(this.busy, sentence);
  }

  stop() {
    clearTimeout(this.resting);
    clearTimeout(this.sending);
    this.opening.stop();
    this.live.stop();
    this.loop.stop();
  }
}
