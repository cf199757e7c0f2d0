// At which point does one become the other? Two buttons, and the curve of the answers beside the judge's.

import { className, t } from "../engine/language.js";
import { quoted } from "../engine/names.js";
import { pointPlan } from "../engine/quiz_plan.js";
import { pointScore, pointTable, pointWords } from "../engine/quiz_score.js";
import { h } from "../ui/dom.js";
import { curves } from "./chart.js";

const VARIETY = 0.25; // every time another drawing, so that nobody remembers one

/** The second quiz. */
export class Point {
  /** @param {{turn: number, names: string[], rows: number[], title: string, method: string, answer: (second: boolean) => void}} given */
  constructor({ turn, names, rows, title, method, answer }) {
    this.names = names;
    this.rows = rows;
    this.title = title;
    this.method = method;
    this.answer = answer;
    this.plan = pointPlan(turn);
    this.faces = names.map(() => h("span", { class: "face", "aria-hidden": "true" }));
    this.controls = h(
      "div", { class: "quiz-point" },
      h("p", { class: "quiet" }, t("Which one is it more of? The keys ← and → answer too.")),
      h("div", { class: "quiz-two" }, ...names.map((name, i) => h("button", { type: "button", class: "quiz-option", onclick: () => answer(i === 1) }, this.faces[i], h("span", {}, className(name))))),
    );
  }

  /** @param {string[]} faces image URLs of all classes */
  paint(faces) {
    this.faces.forEach((face, i) => (face.style.backgroundImage = `url(${faces[this.rows[i]]})`));
  }

  /** @param {number} index */
  values(index) {
    const { level, seed } = this.plan[index];
    return { rows: this.rows, shares: [1 - level / 100, level / 100], seed, theta: VARIETY };
  }

  ask() {
    const [first, second] = this.names.map((name) => quoted(className(name)));
    return t("Is it more of {first} or of {second}?", { first, second });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.repeat || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    this.answer(event.key === "ArrowRight");
  }

  /**
   * @param {boolean[]} answers
   * @param {Float32Array[]} _pictures
   * @param {Float32Array[]|null} bits
   */
  end(answers, _pictures, bits) {
    const [first, second] = this.names;
    const judged = bits && bits.map((one) => 1 / (1 + 2 ** (one[this.rows[0]] - one[this.rows[1]])));
    const score = pointScore(this.plan, answers, judged);
    const [one, other] = this.names.map(className);
    const words = pointWords(score, one, other);
    return { words, element: curves(score, other, words), table: pointTable(this.plan, answers, judged, first, second) };
  }
}
