// A presentation: one story after another in large type, a picture and its pad; guess, then reveal. It lies above the page,
// which stays as it is.

import { Contestant } from "../engine/contest.js";
import { className, language, t } from "../engine/language.js";
import { CLEAR, list, turnedInto, verdict } from "../engine/sentences.js";
import { becameOf, seenOf } from "../engine/evidence.js";
import { Mix } from "../engine/mix.js";
import { openMaker, valuesOf } from "../engine/studio.js";
import { drawPicture, pictureUrl } from "../ui/canvas.js";
import { calm, h, say } from "../ui/dom.js";
import { Loop } from "../ui/frame_loop.js";
import { fill, fillable, filled, unfill } from "../ui/full_screen.js";
import { Pad } from "../ui/pad.js";
import { browser } from "../ui/store.js";
import { surface } from "../ui/surface.js";
import { Idle } from "./idle.js";

/** @typedef {import("../engine/props.js").Story} Story */

const ROOM = 20; // ms of leave-one-out at a time
const TURN = 9_000; // ms in which the dot goes round by itself
const FIELDS = "input:not([type=range]), textarea, select, [contenteditable], [role=combobox]";
const F_KEY = "medley-present-key";

/** Whether a key press asks for the presentation: F alone, where nothing is being written, unless that is turned off. @param {KeyboardEvent} event */
export function asksForPresentation(event) {
  const target = /** @type {Element} */ (event.composedPath()[0]);
  if (!/^f$/i.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.matches?.(FIELDS)) return false;
  return browser.read(F_KEY) !== "off";
}

/** The dialog, for as long as the page is open. */
export class Presenter {
  /** @type {Story[]} */
  stories = [];
  /** @type {string[]} */
  depths = [];
  at = 0;
  revealed = false;
  /** What is at work, with the faces of its classes, by the model's slug. @type {Map<string, Promise<{contestant: Contestant, faces: string[]}>>} */
  opened = new Map();
  /** @type {{contestant: Contestant, faces: string[], rows: number[], where: import("../engine/where.js").Where|undefined}|undefined} */
  now;
  /** @type {number[]} */
  shares = [];
  /** Grows with every story, so that an older one stops. */
  ticket = 0;
  /** @type {number|undefined} the frame in which the dot moves by itself next */
  moving;

  constructor() {
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);
    this.canvas = h("canvas", { role: "img", "aria-label": t("Picture of the story") });
    this.pad = new Pad((weights) => this.mix(weights), () => this.loop.ask());
    this.place = h("p", { class: "present-place" });
    this.ask = h("h2", { class: "present-ask", id: "present-ask" });
    this.told = h("p", { class: "present-told", role: "status", "aria-live": "polite" });
    this.judge = h("p", { class: "present-judge" });
    this.reveal = button(t("Reveal"), () => this.show(!this.revealed), { class: "strong" });
    this.next = button(t("Next story"), () => this.go(1));
    this.full = button(t("Full screen"), () => this.fill(), { hidden: !fillable() });
    const key = h("input", { type: "checkbox", checked: browser.read(F_KEY) !== "off", onchange: () => browser.write(F_KEY, key.checked ? "on" : "off") });
    this.dialog = h(
      "dialog", { class: "present", "aria-labelledby": "present-ask" },
      h("header", {}, this.place, this.ask),
      h(
        "div", { class: "present-stage" },
        h("div", { class: "present-frame" }, this.canvas),
        h("div", { class: "present-side" }, h("div", { class: "present-room" }, this.pad.element), h("div", { class: "present-answer" }, this.told, this.judge)),
      ),
      h(
        "div", { class: "present-buttons" },
        button(t("Previous story"), () => this.go(-1)), this.reveal, this.next, this.full, button(t("Leave"), () => this.leave()),
        h("label", { class: "present-key" }, key, t("The key F opens this")),
      ),
    );
    this.loop = new Loop((fresh) => this.draw(fresh));
    this.idle = new Idle({ first: () => this.open(0), step: () => this.step(), moves: (yes) => this.drift(yes), still: calm });
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    for (const type of ["pointerdown", "keydown", "wheel"]) this.dialog.addEventListener(type, (event) => this.touched(event), { capture: true, passive: type === "wheel" });
    this.dialog.addEventListener("close", () => this.closed());
  }

  /** @param {Story[]} stories at least one @param {string[]} depths */
  start(stories, depths) {
    if (this.dialog.open) return;
    [this.stories, this.depths] = [stories, depths];
    this.dialog.showModal();
    this.next.focus({ preventScroll: true });
    this.idle.touch();
    this.open(0);
  }

  leave() {
    this.dialog.close();
  }

  closed() {
    if (this.filling) return;
    this.idle.stop();
    this.drift(false);
    this.ticket++;
    unfill();
  }

  /** Any touch stops what runs by itself; that touch does nothing else. @param {Event} event */
  touched(event) {
    if (!this.idle.touch() || event.type === "wheel") return;
    if (event instanceof KeyboardEvent && event.key === "Escape") return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (asksForPresentation(event)) return this.leave();
    const ahead = language.direction === "rtl" ? -1 : 1;
    const by = { ArrowRight: ahead, PageDown: 1, ArrowLeft: -ahead, PageUp: -1 }[event.key];
    if (!by || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return; // the pad has arrows of its own
    event.preventDefault();
    this.go(by);
  }

  /** The next story or the one before; the last is followed by the first. @param {number} by */
  go(by) {
    return this.open((this.at + by + this.stories.length) % this.stories.length);
  }

  /** By itself: the answer, or the next question. */
  step() {
    if (this.revealed) this.go(1);
    else this.show(true);
  }

  /** @param {number} at */
  async open(at) {
    const story = this.stories[at];
    const ticket = ++this.ticket;
    this.at = at;
    this.now = undefined;
    surface(this.dialog, story.dataset);
    say(this.place, t("{number} of {all}: {title}", { number: at + 1, all: this.stories.length, title: story.title }));
    say(this.ask, story.ask);
    this.show(false);
    this.dialog.scrollTo(0, 0);
    try {
      const found = await this.model(story);
      if (ticket !== this.ticket) return;
      const { classes } = story.dataset;
      const rows = classes.flatMap((name, i) => (Object.hasOwn(story.recipe.w, name) ? [i] : []));
      this.now = { ...found, rows, where: new Mix(story.recipe, classes).values().where };
      this.shares = rows.map(() => 1 / rows.length);
      this.pad.choose(rows.map((row) => ({ index: row, name: className(classes[row]), face: found.faces[row] })));
      surface(this.dialog, story.dataset);
      this.loop.ask();
    } catch (error) {
      this.opened.delete(story.model.slug); // the next visit to this story tries again
      if (ticket === this.ticket) say(this.told, error.message);
    }
  }

  /** @param {Story} story */
  model(story) {
    const known = this.opened.get(story.model.slug);
    if (known) return known.then(async (found) => (await found.contestant.maker.need(story.recipe.method), found));
    const opening = this.made(story);
    this.opened.set(story.model.slug, opening);
    return opening;
  }

  /** @param {Story} story */
  async made(story) {
    const { shape, classes } = story.dataset;
    const maker = await openMaker(story, this.depths, story.recipe.method);
    await maker.openShortcut();
    const centroids = await maker.model.centroids();
    const size = shape.reduce((product, side) => product * side);
    const told = /** @type {any} */ ({ recipe: story.recipe, dataset: story.dataset });
    const contestant = new Contestant(/** @type {any} */ ({ model: story.model }), maker, told);
    return { contestant, faces: classes.map((_, i) => pictureUrl(centroids.data, shape, i * size)) };
  }

  /** Shows the answer, or takes it back. @param {boolean} yes */
  show(yes) {
    this.revealed = yes;
    say(this.reveal, yes ? t("Hide the answer") : t("Reveal"));
    say(this.told, yes ? this.stories[this.at].told : "");
    say(this.judge, "");
    if (yes) this.loop.ask();
  }

  /** @param {number[]} weights of the pad */
  mix(weights) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.shares = weights.map((weight) => weight / total);
    this.loop.ask();
  }

  /** @param {boolean} fresh */
  async draw(fresh) {
    const { now, shares } = this;
    if (!now) return;
    const story = this.stories[this.at];
    if (fresh) {
      this.pad.show(shares);
      this.pad.describe(list(now.rows.filter((_, i) => shares[i] > 0).map((row) => className(story.dataset.classes[row]))), Math.max(...shares));
      const used = now.rows.map((row, i) => ({ row, share: shares[i] })).filter(({ share }) => share > 0);
      const { theta, seed } = story.recipe;
      const values = valuesOf(story.recipe, { rows: used.map(({ row }) => row), shares: used.map(({ share }) => share), theta, seed, where: now.where });
      const picture = await now.contestant.make({ ...values, moving: this.pad.held !== undefined || this.moving !== undefined });
      if (now !== this.now) return;
      drawPicture(this.canvas, picture, story.dataset.shape);
    }
    if (!this.revealed) return;
    const done = await now.contestant.measure(ROOM);
    if (now !== this.now) return;
    if (done) say(this.judge, judgeWords(now.contestant, story.dataset.classes));
    else this.loop.more();
  }

  // By itself

  /** The dot goes round, or stays. @param {boolean} yes */
  drift(yes) {
    cancelAnimationFrame(this.moving);
    this.moving = undefined;
    if (!yes) return;
    const began = performance.now();
    const turn = (/** @type {number} */ time) => {
      const angle = (2 * Math.PI * (time - began)) / TURN;
      if (this.now?.rows.length > 1) this.pad.move([0.55 * Math.sin(angle), 0.55 * (1 - Math.cos(angle)) - 0.55], new Event("input"), false);
      this.moving = requestAnimationFrame(turn);
    };
    this.moving = requestAnimationFrame(turn);
  }

  /** The whole screen, where the browser allows it: what is in front has to be put there once more. */
  async fill() {
    if (filled()) return unfill();
    if (!(await fill())) {
      this.full.hidden = true; // not allowed here
      return;
    }
    this.filling = true;
    this.dialog.close();
    this.dialog.showModal();
    this.full.focus();
    setTimeout(() => (this.filling = false)); // the event of that close comes later
  }

  stop() {
    if (this.dialog.open) this.leave();
    this.idle.stop();
    this.drift(false);
    this.loop.stop();
    this.pad.dispose();
  }
}

/** What the judge finds in the picture that is shown, as the Blend page says it. @param {Contestant} contestant @param {string[]} classes */
function judgeWords({ bits, figures, judged, lost }, classes) {
  if (figures.count === undefined || !figures.of) return "";
  const name = (/** @type {number} */ row) => className(classes[row]);
  const seen = seenOf(bits.blend, judged, lost?.of("blend"));
  const faint = seen.filter((row) => bits.blend[row] < CLEAR);
  const became = becameOf(bits.blend, judged);
  const said = verdict(judged.map(name), seen.map(name), faint.map(name), false);
  return became === null ? said : `${said} ${turnedInto(name(became))}`;
}
