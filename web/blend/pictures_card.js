// The four pictures: the blend large, and three other ways to average the same classes small below it.

import { decimals, known, t } from "../engine/language.js";
import { announce } from "../ui/announcer.js";
import { drawPicture } from "../ui/canvas.js";
import { calm, h, say } from "../ui/dom.js";
import { lookWord } from "../engine/sentences.js";
import { TERMS } from "../engine/terms.js";
import { chapter, term } from "../ui/term.js";
import { PlayBar } from "../ui/play_bar.js";

/** The pictures beside the blend; terms say what each is. @type {("centre"|"eigen"|"plain")[]} */
const SMALL = ["centre", "eigen", "plain"];
const BLEND = t("Blend##the picture");
/** What the pictures are called in English, by part. */
export const TITLES = { blend: "Blend", ...bySmall((part) => TERMS[part].title) };

/** @template T @param {(part: "centre"|"eigen"|"plain") => T} make @returns {Record<string, T>} */
function bySmall(make) {
  return Object.fromEntries(SMALL.map((part) => [part, make(part)]));
}

/** What stands below a picture: "2 of 3", "sharp (0.80)". @param {string} count @param {number} [sharpness] */
export function factsOf(count, sharpness) {
  return [count, sharpness === undefined ? "" : `${lookWord(sharpness)} (${decimals(sharpness, 2)})`].filter(Boolean);
}

/** The card with the pictures; the sentence about them, and the verdict on all of them, stand elsewhere. */
export class PicturesCard {
  constructor() {
    const small = bySmall((part) => canvas(known(TERMS[part].title)));
    /** @type {Record<string, HTMLCanvasElement>} */
    this.canvases = { blend: canvas(BLEND), without: canvas(t("Blend without a class")), ...small };
    this.drawn = false;
    this.poster = h("img", { class: "pictures-poster", alt: "", hidden: true });
    this.sentence = h("p", { class: "sentence", role: "status", "aria-live": "polite" });
    this.score = h("span", { class: "pictures-facts" });
    this.scored = h("p", { class: "pictures-score", "aria-hidden": "true" }, h("span", { class: "pictures-title" }, BLEND), this.score);
    this.why = h("a", { href: chapter("judge"), target: "_blank", hidden: true }, t("How that is known"));
    this.verdict = h("p", { class: "pictures-verdict" }, h("span", {}), " ", this.why);
    this.turned = h("p", { class: "pictures-tag pictures-turned", hidden: true });
    this.removed = h("p", { class: "pictures-tag pictures-removed", "aria-hidden": "true" });
    this.out = h("div", { class: "pictures-out", hidden: true }, this.canvases.without, this.removed);
    this.scores = bySmall(() => h("span", { class: "pictures-facts" }));
    this.figures = bySmall((part) => h("figure", {}, h("div", { class: "pictures-frame" }, this.canvases[part]), h("figcaption", {}, h("span", { class: "pictures-title" }, term(part)), this.scores[part])));
    this.slower = h("img", { class: "pictures-made", alt: "" });
    this.slowerName = h("span", {});
    this.made = h("div", { class: "pictures-made-over", hidden: true }, this.slower, h("p", { class: "pictures-tag pictures-made-tag" }, this.slowerName, h("button", { type: "button", onclick: () => this.uncoverMade() }, t("Back to the blend"))));
    const frame = h("div", { class: "pictures-frame" }, this.poster, this.canvases.blend, this.made, this.out, this.turned);
    this.sound = new PlayBar(frame);
    this.element = h(
      "section",
      { class: "card pictures", "aria-label": t("Pictures") },
      frame,
      h("div", { class: "pictures-strip" }, this.scored, ...Object.values(this.figures)),
    );
    this.told = h("div", { class: "pictures-told" }, this.sound.element, this.sentence);
  }

  /**
   * Shows the picture that the server made by the same graphs, until the first live one is drawn over it. Where the first
   * HTML shows the same already, that very element is taken over, as a new one would be blank for a moment.
   * @param {string} url "" where the server has sent it before, to a page that did not come to be
   */
  preview(url) {
    const first = document.getElementById("medley-first");
    const shown = first?.shadowRoot?.querySelector("img");
    if ((url || shown) && !this.drawn) {
      if (shown && (!url || shown.src === url)) {
        shown.alt = "";
        this.poster.replaceWith(shown);
        this.poster = shown;
      } else this.poster.src = url;
      this.poster.hidden = false;
    }
    first?.remove();
  }

  /** Draws one picture. @param {"blend"|"centre"|"eigen"|"plain"} part */
  draw(part, values, shape) {
    drawPicture(this.canvases[part], values, shape);
    if (part !== "blend") return;
    this.sound.hear(values);
    this.drawn = true;
    this.poster.hidden = true;
  }

  /** Lays the blend without a class over the blend. */
  cover(name, values, shape) {
    this.out.hidden = false;
    this.canvases.without.setAttribute("aria-label", t("Blend without {name}", { name }));
    say(this.removed, t("Without {name}", { name }));
    drawPicture(this.canvases.without, values, shape);
  }

  uncover() {
    this.out.hidden = true;
  }

  /** Lays a slower blend of the same classes over the blend, in sight, until something moves. @param {import("../engine/props.js").MadeProps} made */
  coverMade({ picture, title }) {
    this.slower.src = picture;
    this.slower.alt = t("{title}, in the place of the blend", { title });
    say(this.slowerName, title);
    this.made.hidden = false;
    // A keyboard's focus has gone to the figures below and stays there.
    if (!document.activeElement?.matches(":focus-visible")) this.made.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  uncoverMade() {
    this.made.hidden = true;
  }

  /** Says in words what each picture shows. @param {string} mixture like "3 and 8, half each" */
  describe(mixture, k) {
    this.canvases.blend.setAttribute("aria-label", t("Blend of {names}", { names: mixture }));
    this.canvases.centre.setAttribute("aria-label", t("Centre of mass of {names}", { names: mixture }));
    this.canvases.eigen.setAttribute("aria-label", t("Eigen-image of {names}, {components} components", { names: mixture, components: k }));
    this.canvases.plain.setAttribute("aria-label", t("Plain average of {names}", { names: mixture }));
  }

  /** How many classes a picture shows, how sharp it is, and what leave-one-out says; "" takes that away. */
  rate(part, count, sharpness, removed = "") {
    const parts = factsOf(count, sharpness);
    const facts = part === "blend" ? this.score : this.scores[part];
    const tests = `${removed} ${t("Sharpness: 1 is as crisp as a real picture, 0 is a grey blur.")}`.trim();
    if (facts.title !== tests) facts.title = tests; // it is called in every frame
    while (facts.children.length > parts.length) facts.lastChild.remove();
    while (facts.children.length < parts.length) facts.append(h("span", {}));
    parts.forEach((text, i) => say(facts.children[i], text));
  }

  /** Names the class that the blend turned into; "" where it did not. */
  became(name) {
    this.turned.hidden = !name;
    if (name) say(this.turned, t("It turned into {name}", { name }));
  }

  /** Marks a part that is not of the newest values yet; of the blend, its figures. */
  lag(part, yes) {
    (part === "blend" ? this.scored : this.figures[part]).toggleAttribute("data-lag", yes);
  }

  /** Hides a picture that this dataset does not have. */
  without(part, yes) {
    this.figures[part].hidden = yes;
  }

  /** Says the sentence, once unless it is `news`; dims the pictures when they are not of the present choice. */
  tell(sentence, dimmed = false, news = false) {
    if (news && this.sentence.textContent === sentence) announce(t("Drawn again: {sentence}", { sentence }));
    say(this.sentence, sentence);
    for (const one of [this.sentence, this.verdict]) one.classList.remove("pictures-behind");
    this.element.classList.toggle("pictures-dimmed", dimmed);
  }

  /** Says how the four pictures stand to each other; "" takes that away. @param {{said: string, answers: boolean}} verdict */
  compare({ said, answers }) {
    say(this.verdict.firstChild, said);
    this.verdict.classList.toggle("pictures-answer", answers);
    this.why.hidden = !answers;
  }

  /** The sentence is about an earlier picture: it is spoken at rest only, and meanwhile stands back. */
  standBack() {
    for (const one of [this.sentence, this.verdict]) one.classList.add("pictures-behind");
  }
}

function canvas(name) {
  return h("canvas", { role: "img", "aria-label": name, width: 1, height: 1 });
}
