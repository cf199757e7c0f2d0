// The picture where one stands, large: where it starts from, what was done since, and the way back.

import { bothWords } from "../engine/halves.js";
import { t } from "../engine/language.js";
import { Mix } from "../engine/mix.js";
import { blendable } from "../engine/names.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { NumberField } from "../ui/number_field.js";
import { PlayBar } from "../ui/play_bar.js";
import { stepsText } from "./steps.js";
import { BLEND, POINT, rowOf, rowToken, thingTitle } from "./things.js";

const A_ROW = "row";

export class PictureCard {
  /**
   * @param {object} on
   * @param {(start: string) => void} on.start
   * @param {(by: -1|1) => void} on.step undo or redo
   * @param {() => void} on.reset
   * @param {(text: string) => void} on.typed steps as text
   */
  constructor(on) {
    this.on = on;
    this.canvas = h("canvas", { role: "img", "aria-label": t("Picture here"), width: 1, height: 1 });
    this.words = h("p", { class: "directions-where", role: "status" });
    this.both = h("p", { class: "quiet" });
    this.unpainted = h("p", { class: "quiet" }, t("This page knows no paint: your blend stands here without “Where who is”."));
    this.start = h("select", { "aria-label": t("Start from"), onchange: () => this.chosen() });
    this.row = new NumberField({ name: t("Picture number"), limit: { low: 0, high: 0, whole: true } }, (row) => on.start(rowToken(row)));
    this.other = h("button", { type: "button", onclick: () => on.start(rowToken(this.anyRow())) }, t("Another picture"));
    this.rows = h("div", { class: "directions-rows" }, h("span", { class: "quiet", "aria-hidden": "true" }, t("Number")), this.row.element, this.other);
    const button = (name, act, more = {}) => h("button", { type: "button", onclick: act, ...more }, name);
    this.undo = button(t("Back"), () => on.step(-1), { title: t("Ctrl+Z") });
    this.redo = button(t("Forward"), () => on.step(1), { title: t("Ctrl+Shift+Z") });
    this.reset = button(t("Start again"), on.reset);
    this.steps = h("input", { type: "text", class: "directions-steps", "aria-label": t("Steps taken"), placeholder: t("none, e.g. pc1:0.5,dim3:-1"), autocomplete: "off", spellcheck: "false", onchange: () => on.typed(this.steps.value) });
    this.problem = h("p", { class: "quiet directions-problem", role: "alert", hidden: true });
    this.begin = h(
      "section",
      { class: "card directions-begin", "aria-label": t("Where it starts") },
      h("div", { class: "directions-from" }, h("span", { class: "quiet", "aria-hidden": "true" }, t("Start from")), this.start, this.rows),
      h("details", { class: "directions-typed" }, h("summary", {}, t("The steps as text")), this.steps, this.problem),
    );
    const frame = h("div", { class: "directions-frame" }, this.canvas);
    this.sound = new PlayBar(frame);
    this.element = h(
      "div",
      { class: "directions-left" },
      h(
        "section",
        { class: "card directions-picture", "aria-label": t("Where you stand") },
        frame,
        h("div", { class: "directions-about" }, this.sound.element, this.words, this.both, this.unpainted, h("div", { class: "directions-buttons" }, this.undo, this.redo, this.reset)),
      ),
      this.begin,
    );
    this.rowCount = 1;
  }

  anyRow() {
    const now = rowOf(this.token ?? "");
    const other = Math.floor(Math.random() * Math.max(1, this.rowCount - 1));
    return this.rowCount > 1 && other >= now && now >= 0 ? other + 1 : other;
  }

  chosen() {
    this.on.start(this.start.value === A_ROW ? rowToken(this.anyRow()) : this.start.value);
  }

  /** Another model. @param {import("../engine/props.js").DirectionsProps} props @param {string[]} tokens of classes and groups */
  about(props, tokens) {
    const { rows, dataset, recipe } = props;
    this.sound.use(dataset.notes, dataset.shape);
    this.rowCount = rows;
    say(this.both, bothWords(dataset.halves));
    this.both.hidden = !dataset.halves.length;
    this.unpainted.hidden = !new Mix(recipe, blendable(props)).shows;
    this.row.reach({ low: 0, high: rows - 1, whole: true });
    const options = [[BLEND, thingTitle(BLEND)], [A_ROW, t("A picture of the dataset")], [POINT, thingTitle(POINT)], ...tokens.map((token) => [token, t("The typical {name}", { name: thingTitle(token) })])];
    this.start.replaceChildren(...options.map(([value, words]) => h("option", { value }, words)));
  }

  /**
   * @param {import("../engine/props.js").DirectionsChoice} view
   * @param {import("../ui/history.js").History} history
   * @param {boolean} moved whether there is something to start again from
   */
  show(view, history, moved) {
    this.token = view.start;
    const row = rowOf(view.start);
    this.start.value = row >= 0 ? A_ROW : view.start;
    this.rows.hidden = row < 0;
    if (row >= 0) this.row.show(row);
    for (const [button, can] of /** @type {[HTMLButtonElement, boolean][]} */ ([[this.undo, history.can(-1)], [this.redo, history.can(1)], [this.reset, moved]])) button.setAttribute("aria-disabled", String(!can));
    const text = stepsText(view.steps);
    if (this.text !== text) {
      this.text = text;
      this.steps.value = text;
      this.complain("");
    }
  }

  /** @param {string} sentence why typed steps were not taken; "" takes it away */
  complain(sentence) {
    this.problem.hidden = !sentence;
    say(this.problem, sentence);
    if (sentence) this.steps.setAttribute("aria-invalid", "true");
    else this.steps.removeAttribute("aria-invalid");
  }

  /** @param {Float32Array} pixels @param {[number, number, number]} shape */
  draw(pixels, shape) {
    drawPicture(this.canvas, pixels, shape);
    this.sound.hear(pixels);
  }

  /** What the picture is. @param {string} words */
  tell(words) {
    say(this.words, words);
    this.canvas.setAttribute("aria-label", `${t("Picture here.")} ${words}`);
  }
}
