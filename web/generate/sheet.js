// The sheet of new pictures: a row a class, a column a draw.

import { t } from "../engine/language.js";
import { h, say } from "../ui/dom.js";

const SMALL = { pictures: 160, draws: 10 }; // at most so many are drawn live
const LARGE = { pictures: 40, draws: 6 };
const MANY = 2000; // pixels from which a picture is large

/** How many draws of each class are drawn live. */
export function drawsFor(classes, pixels) {
  const most = pixels > MANY ? LARGE : SMALL;
  return Math.max(3, Math.min(most.draws, Math.floor(most.pictures / classes)));
}

export class Sheet {
  /** @param {(row: number) => void} onRow a class was pointed out */
  constructor(onRow) {
    this.onRow = onRow;
    this.title = h("h2");
    this.element = h("div", { class: "sheet" });
    this.held = [];
  }

  /** Other classes. @param {{row: number, name: string, short: string}[]} classes @param {number} draws @param {import("../engine/props.js").DatasetRef} dataset */
  choose(classes, draws, { shape, classes: all }) {
    const [, height, width] = (this.shape = shape);
    const few = classes.length < all.length;
    say(this.title, few ? t("New pictures of {some} of {all} classes: those you chose on the Blend page", { some: classes.length, all: all.length }) : t("New pictures of every class"));
    this.draws = draws;
    this.held = classes.map(({ row, name, short }) => {
      const canvas = h("canvas", { role: "img", "aria-label": t("{draws} new pictures of {name}", { draws, name }), width: draws * (width + 1) - 1, height });
      const score = h("span", { class: "sheet-score" });
      const button = h("button", { type: "button", class: "sheet-name", title: t("{name}: its row of theta", { name }), "aria-label": t("{name}: go to its row of theta", { name }), onclick: () => this.onRow(row) }, short);
      return { canvas, score, name, context: canvas.getContext("2d"), element: h("div", { class: "sheet-row" }, button, canvas, score) };
    });
    for (const one of this.held) one.image = one.context.createImageData(one.canvas.width, height);
    this.element.style.setProperty("--widest", `${draws * (classes.length > 12 ? 2.75 : 7)}rem`);
    this.element.style.setProperty("--longest", `${Math.max(...classes.map(({ short }) => short.length)) + 3}ch`);
    this.element.classList.toggle("sheet-crowd", classes.length > 24 || (classes.length > 6 && draws < 5));
    this.element.classList.toggle("sheet-words", classes.some(({ short }) => short.length > 3));
    this.element.replaceChildren(...this.held.map((one) => one.element));
  }

  /** Paints some columns of the pictures (draws, rows, pixels), 0 to 1. */
  paint(pictures, columns) {
    const [channels, height, width] = this.shape;
    const plane = height * width;
    const size = channels * plane;
    const wide = this.draws * (width + 1) - 1;
    this.held.forEach((one, i) => {
      const bytes = one.image.data;
      for (const draw of columns) {
        const from = (draw * this.held.length + i) * size;
        for (let y = 0; y < height; y++) {
          let to = 4 * (y * wide + draw * (width + 1));
          for (let x = 0; x < width; x++, to += 4) {
            for (let c = 0; c < 3; c++) {
              const value = pictures[from + (channels === 3 ? c * plane : 0) + y * width + x];
              bytes[to + c] = Math.floor(value * 255 + 0.5); // halves round up, as in latent_core/models/files.py
            }
            bytes[to + 3] = 255;
          }
        }
      }
      one.context.putImageData(one.image, 0, 0);
    });
  }

  /** The share of each row that is right, as a percentage at its end; null takes them away. */
  rate(shares) {
    this.held.forEach(({ score, canvas, name }, i) => {
      const text = shares ? `${Math.round(100 * shares[i])} %` : "";
      say(score, text);
      score.classList.toggle("sheet-low", Boolean(shares) && shares[i] < 0.9);
      const values = { draws: this.draws, name };
      canvas.setAttribute("aria-label", shares ? t("{draws} new pictures of {name}; of many, {share} are right", { ...values, share: text }) : t("{draws} new pictures of {name}", values));
    });
  }
}
