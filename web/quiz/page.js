// The page's controller: which quiz is played, its pictures one after the other, and what the answers come to.

import { t } from "../engine/language.js";
import { pointQuestion } from "../engine/quiz_score.js";
import { openMaker, valuesOf } from "../engine/studio.js";
import { announce } from "../ui/announcer.js";
import { drawPicture, pictureUrl } from "../ui/canvas.js";
import { csv, saveFile } from "../ui/downloads.js";
import { h, say } from "../ui/dom.js";
import { goTo } from "../ui/focus.js";
import { same } from "../ui/history.js";
import { tab } from "../ui/store.js";
import { Point } from "./point.js";
import { Who } from "./who.js";

/**
 * @typedef {import("../engine/props.js").QuizProps} QuizProps
 * @typedef {import("../engine/pictures.js").PictureMaker} PictureMaker
 *
 * @typedef {object} Game one of the two quizzes
 * @property {string} title the question
 * @property {HTMLElement} controls what is answered with
 * @property {any[]} plan what is shown, picture by picture
 * @property {string} method
 * @property {(index: number) => object} values of a picture, as `valuesOf` takes them
 * @property {(index: number) => string} ask shows a picture's controls; what is said about it
 * @property {(faces: string[]) => void} paint
 * @property {(event: KeyboardEvent) => void} [key] what keys do beside the buttons
 * @property {(answers: any[], pictures: Float32Array[], bits: Float32Array[]|null, shape: [number, number, number]) => {words: string, element: HTMLElement, table: (string|number)[][]}} end
 */

const KEPT = "medley-quiz";
const SEEDS = 100_000;

/** One mounted page. */
export class QuizPage {
  /** Reaches the server; set by the page's entry. @type {(shown: {kind: string, turn: number, between: string[]}) => void} */
  send = () => {};
  /** @type {QuizProps|undefined} */
  props;
  /** @type {PictureMaker|undefined} */
  maker;
  /** @type {Game|undefined} */
  game;
  /** One per picture that was answered. @type {any[]} */
  answers = [];
  /** Grows with every quiz, so that an older one stops. */
  ticket = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);
    this.kinds = { who: button(t("Who is in this picture?"), () => this.choose("who")), point: button("", () => this.choose("point")) };
    this.canvas = h("canvas", { role: "img", "aria-label": t("The picture in question") });
    this.place = h("p", { class: "quiz-place quiet" });
    this.question = h("h2", { class: "quiz-question" });
    this.controls = h("div", { class: "quiz-controls" });
    this.stage = h(
      "section", { class: "card quiz-stage", "aria-label": t("Question") },
      h("div", { class: "quiz-frame" }, this.canvas),
      h("div", { class: "quiz-side" }, this.place, this.question, this.controls),
    );
    this.summary = h("p", { class: "sentence quiz-summary" });
    this.heading = h("h2", { tabindex: "-1" }, t("Your answers"));
    this.found = h("div", {});
    this.ending = h(
      "section", { class: "card quiz-ending", "aria-label": t("Result"), hidden: true },
      h("header", {}, this.heading),
      this.summary,
      this.found,
      h(
        "div", { class: "quiz-buttons" },
        button(t("Other pictures"), () => this.other(), { class: "strong" }),
        button(t("The same again"), () => this.again()),
        button(t("Save my answers (CSV)"), () => this.save()),
      ),
    );
    this.notice = h("div", { class: "notice", role: "alert", hidden: true });
    this.busy = h("p", { class: "busy", role: "status", hidden: true });
    root.replaceChildren(
      h("div", { class: "board" }, this.notice, this.busy, h("div", { class: "switch quiz-kinds", role: "group", "aria-label": t("Quiz") }, this.kinds.who, this.kinds.point), this.stage, this.ending),
    );
    this.listener = (/** @type {KeyboardEvent} */ event) => this.key(event);
    document.addEventListener("keydown", this.listener);
  }

  stop() {
    this.ticket++;
    document.removeEventListener("keydown", this.listener);
  }

  /** @param {QuizProps} props */
  take(props) {
    const before = this.props;
    this.props = props;
    this.name();
    if (!before || before.model.slug !== props.model.slug || JSON.stringify(before.dataset) !== JSON.stringify(props.dataset)) this.load();
    else if (!same(keyOf(before), keyOf(props))) this.begin();
  }

  async load() {
    const { props } = this;
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    this.root.dataset.ready = "";
    this.stage.inert = true;
    this.notice.hidden = true;
    const tell = (/** @type {string} */ sentence) => {
      if (!current()) return;
      this.busy.hidden = !sentence;
      say(this.busy, sentence);
    };
    tell(t("Loading {name}", { name: props.model.title }));
    try {
      const maker = await openMaker(props, props.depths, this.methodOf("who"), tell);
      await maker.need(this.methodOf("point"));
      const centroids = await maker.model.centroids();
      if (!current()) return;
      const size = props.dataset.shape.reduce((product, side) => product * side);
      this.maker = maker;
      this.faces = props.dataset.classes.map((_, i) => pictureUrl(centroids.data, props.dataset.shape, i * size));
      tell("");
      this.begin();
    } catch (error) {
      tell("");
      if (!current()) return;
      this.notice.hidden = false;
      this.notice.replaceChildren(h("span", {}, error.message), h("button", { type: "button", onclick: () => this.load() }, t("Try again")));
    }
  }

  /** The recipe's method shows who is in it; a walk from one class to another goes through the latent space. @param {string} kind */
  methodOf(kind) {
    const { methods, recipe } = this.props;
    const walk = methods.find(({ name }) => name === "centre_of_mass");
    return kind === "point" && walk ? walk.name : (methods.find(({ name }) => name === recipe.method) ?? methods[0]).name;
  }

  /** Says which quizzes there are and which one is played. @returns {string} the question of the one between two classes */
  name() {
    const { dataset, between: [first, second], kind: played } = this.props;
    const point = pointQuestion(first, second, dataset.nouns);
    say(this.kinds.point, point);
    for (const [kind, button] of Object.entries(this.kinds)) button.setAttribute("aria-pressed", String(kind === played));
    return point;
  }

  /** The quiz that the link asks for, where it was left off in this tab. */
  begin() {
    const { props, maker } = this;
    if (!maker) return;
    const { classes } = props.dataset;
    const [first, second] = props.between;
    const point = this.name();
    this.ticket++;
    const answer = (/** @type {any} */ given) => this.answer(given);
    this.game =
      props.kind === "point"
        ? new Point({ turn: props.turn, names: [first, second], rows: [classes.indexOf(first), classes.indexOf(second)], title: point, method: this.methodOf("point"), answer })
        : new Who({ turn: props.turn, classes, title: t("Who is in this picture?"), method: this.methodOf("who"), answer });
    this.game.paint(this.faces);
    this.controls.replaceChildren(this.game.controls);
    say(this.question, this.game.title);
    this.answers = kept(keyOf(props), this.game.plan.length);
    this.stage.inert = false;
    this.next();
  }

  /** The next picture, or the result. @param {boolean} [spoken] */
  async next(spoken = false) {
    const { game, answers } = this;
    const done = answers.length >= game.plan.length;
    this.stage.hidden = done;
    this.ending.hidden = !done;
    if (done) return this.end(spoken);
    this.root.dataset.ready = "";
    const index = answers.length;
    const ticket = this.ticket;
    const picture = await this.picture(index);
    if (ticket !== this.ticket) return;
    drawPicture(this.canvas, picture, this.props.dataset.shape);
    const place = t("Picture {number} of {all}", { number: index + 1, all: game.plan.length });
    say(this.place, place);
    const words = game.ask(index);
    if (spoken || index === 0) announce(`${place}. ${words}`);
    this.root.dataset.ready = "all";
  }

  /** @param {number} index @returns {Promise<Float32Array>} */
  async picture(index) {
    const values = valuesOf({ ...this.props.recipe, method: this.game.method }, /** @type {any} */ (this.game.values(index)));
    return (await this.maker.blend(values)).picture;
  }

  /** @param {any} given */
  answer(given) {
    if (this.root.dataset.ready !== "all" || this.answers.length >= this.game.plan.length) return;
    this.answers = [...this.answers, given];
    keep(keyOf(this.props), this.answers);
    this.next(true);
  }

  /** All pictures are answered: the judge reads them too. @param {boolean} spoken */
  async end(spoken) {
    const { game, maker, props, answers } = this;
    const ticket = this.ticket;
    this.root.dataset.ready = "";
    const pictures = [];
    const bits = [];
    for (let i = 0; i < game.plan.length; i++) {
      pictures.push(await this.picture(i));
      if (maker.judge) bits.push((await maker.bits(pictures[i], 1)).slice());
    }
    if (ticket !== this.ticket) return;
    this.result = game.end(answers, pictures, maker.judge ? bits : null, props.dataset.shape);
    say(this.summary, this.result.words);
    this.found.replaceChildren(this.result.element);
    this.root.dataset.ready = "all";
    if (!spoken) return;
    goTo(this.heading);
    announce(`${t("That was the last picture.")} ${this.result.words}`);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.composedPath()[0]);
    if (event.ctrlKey || event.metaKey || event.altKey || this.stage.hidden || target.matches?.("input, select, textarea, [contenteditable], [role=combobox]")) return;
    this.game?.key?.(event);
  }

  // Another quiz

  /** @param {"who"|"point"} kind */
  choose(kind) {
    if (kind !== this.props.kind) this.change({ kind });
  }

  other() {
    this.change({ turn: crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS });
  }

  again() {
    keep(keyOf(this.props), []);
    this.begin();
    this.focusOnAnswers();
  }

  /** @param {Partial<QuizProps>} what */
  change(what) {
    this.props = { ...this.props, ...what };
    const { kind, turn, between } = this.props;
    this.send({ kind, turn, between });
    this.begin();
    if (!what.kind) this.focusOnAnswers();
  }

  focusOnAnswers() {
    const first = this.controls.querySelector("button");
    if (first) goTo(first);
  }

  save() {
    const { props, result } = this;
    if (!result) return;
    const text = csv(result.table, ";");
    saveFile(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), `medley-quiz-${props.kind}-${props.recipe.data}-${props.turn}.csv`);
  }
}

/** What makes a quiz the same one. @param {QuizProps} props */
function keyOf({ model, recipe, kind, turn, between }) {
  return { model: model.slug, kind, turn, ...(kind === "point" ? { between } : { method: recipe.method }) };
}

/** Answers of this quiz that this tab remembers. @param {object} key @param {number} most */
function kept(key, most) {
  try {
    const found = JSON.parse(tab.read(KEPT) ?? "{}")[JSON.stringify(key)];
    return Array.isArray(found) && found.length <= most ? found : [];
  } catch {
    return [];
  }
}

/** @param {object} key @param {any[]} answers */
function keep(key, answers) {
  let all = {};
  try {
    all = JSON.parse(tab.read(KEPT) ?? "{}");
  } catch {
    // what was kept cannot be read any more: it begins anew
  }
  tab.write(KEPT, JSON.stringify({ ...all, [JSON.stringify(key)]: answers }));
}
