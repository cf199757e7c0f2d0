// The four pictures: the blend large, and three other ways to average the same classes small below it.

import { drawPicture } from "./canvas.js";
import { h, say } from "./dom.js";

const SMALL = { centre: "Centre of mass", eigen: "Eigen-image", plain: "Plain average" };

/** The card with the pictures and the sentence about them. */
export class Pictures {
  constructor() {
    this.canvases = { blend: canvas("Blend"), ...Object.fromEntries(Object.entries(SMALL).map(([part, title]) => [part, canvas(title)])) };
    this.poster = h("img", { class: "poster", alt: "", hidden: true });
    this.sentence = h("p", { class: "sentence", role: "status", "aria-live": "polite" });
    this.figures = Object.fromEntries(
      Object.entries(SMALL).map(([part, title]) => [part, h("figure", { hidden: false }, h("div", { class: "frame" }, this.canvases[part]), h("figcaption", { "aria-hidden": "true" }, title))]),
    );
    this.element = h(
      "section",
      { class: "card pictures", "aria-label": "Pictures" },
      h("div", { class: "frame big" }, this.poster, this.canvases.blend),
      this.sentence,
      h("div", { class: "strip" }, ...Object.values(this.figures)),
    );
  }

  /** Shows the picture that the server made by the same graphs, until the first live one is drawn over it. */
  preview(url) {
    if (!url || this.drawn) return;
    this.poster.src = url;
    this.poster.hidden = false;
  }

  /** Draws one picture. @param {"blend"|"centre"|"eigen"|"plain"} part */
  draw(part, values, shape) {
    drawPicture(this.canvases[part], values, shape);
    if (part !== "blend") return;
    this.drawn = true;
    this.poster.hidden = true;
  }

  /** Says in words what each picture shows. @param {string} mixture like "3 and 8, half each" */
  describe(mixture, k) {
    this.canvases.blend.setAttribute("aria-label", `Blend of ${mixture}`);
    this.canvases.centre.setAttribute("aria-label", `Centre of mass of ${mixture}`);
    this.canvases.eigen.setAttribute("aria-label", `Eigen-image of ${mixture}, ${k} components`);
    this.canvases.plain.setAttribute("aria-label", `Plain average of ${mixture}`);
  }

  /** Hides a picture that this dataset does not have. */
  without(part, yes) {
    this.figures[part].hidden = yes;
  }

  /** Says the sentence, once; dims the pictures when they are not of the present choice. */
  tell(sentence, dimmed = false) {
    say(this.sentence, sentence);
    this.element.classList.toggle("dimmed", dimmed);
  }
}

function canvas(name) {
  return h("canvas", { role: "img", "aria-label": name, width: 1, height: 1 });
}
