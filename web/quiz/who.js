// Who is in this picture? Options to tick, and what was ticked beside what was there.

import { className, t } from "../engine/language.js";
import { whoPlan } from "../engine/quiz_plan.js";
import { roundWords, whoScore, whoTable, whoWords } from "../engine/quiz_score.js";
import { seenOf } from "../engine/evidence.js";
import { drawPicture } from "../ui/canvas.js";
import { h } from "../ui/dom.js";

const VARIETY = 0.2; // so that a class is not the same drawing every time

/** The first quiz. */
export class Who {
  /** @type {Set<number>} */
  ticked = new Set();
  /** @type {string[]} */
  faces = [];

  /** @param {{turn: number, classes: string[], title: string, method: string, answer: (ticked: number[]) => void}} given */
  constructor({ turn, classes, title, method, answer }) {
    this.classes = classes;
    this.title = title;
    this.method = method;
    this.plan = whoPlan(turn, classes.length);
    // One button per place, so that the focus is not lost between two pictures; from the keyboard an answer leads to the first.
    this.buttons = this.plan[0].options.map(() => h("button", { type: "button", class: "quiz-option" }));
    this.options = h("div", { class: "quiz-options", role: "group", "aria-label": t("Tick whom you see") }, ...this.buttons);
    this.controls = h(
      "div", { class: "quiz-who" },
      h("p", { class: "quiet" }, t("One, two or three of these are in it. Tick whom you see.")),
      this.options,
      h("button", { type: "button", class: "strong quiz-answer", onclick: (/** @type {MouseEvent} */ event) => {
        if (!event.detail) this.buttons[0].focus();
        answer([...this.ticked].sort((a, b) => a - b));
      } }, t("That is my answer")),
    );
  }

  /** @param {string[]} faces image URLs of all classes */
  paint(faces) {
    this.faces = faces;
  }

  /** @param {number} index */
  values(index) {
    const { there, seed } = this.plan[index];
    return { rows: there, seed, theta: VARIETY };
  }

  /** @param {number} index */
  ask(index) {
    const { options } = this.plan[index];
    this.ticked.clear();
    options.forEach((row, i) => {
      const button = this.buttons[i];
      button.replaceChildren(h("span", { class: "face", style: `background-image:url(${this.faces[row]})`, "aria-hidden": "true" }), h("span", {}, className(this.classes[row])));
      button.setAttribute("aria-pressed", "false");
      button.onclick = () => this.tick(row, button);
    });
    return t("Tick whom you see, then press That is my answer.");
  }

  /** @param {number} row @param {HTMLElement} button */
  tick(row, button) {
    if (!this.ticked.delete(row)) this.ticked.add(row);
    button.setAttribute("aria-pressed", String(this.ticked.has(row)));
  }

  /**
   * @param {number[][]} answers
   * @param {Float32Array[]} pictures
   * @param {Float32Array[]|null} bits
   * @param {[number, number, number]} shape
   */
  end(answers, pictures, bits, shape) {
    const { plan, classes } = this;
    const judged = bits && plan.map(({ options }, i) => seenOf(bits[i], options));
    const names = (/** @type {number[]} */ rows) => rows.map((row) => className(classes[row]));
    const element = h("ul", { class: "quiz-rounds" }, ...plan.map(({ there }, i) => {
      const canvas = h("canvas", { role: "img", "aria-label": t("Picture {number}", { number: i + 1 }) });
      drawPicture(canvas, pictures[i], shape);
      const lines = roundWords(names(there), names(answers[i]), judged && names(judged[i]));
      return h("li", {}, canvas, h("p", {}, ...lines.map((line) => h("span", {}, line))));
    }));
    return { words: whoWords(whoScore(plan, answers, judged)), element, table: whoTable(plan, answers, judged, classes) };
  }
}
