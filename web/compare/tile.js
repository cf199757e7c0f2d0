// One model of the comparison: its picture, what is in it, and a way to the Blend page with it.

import { className, decimals, t } from "../engine/language.js";
import { signed } from "../engine/sentences.js";
import { pageUrl } from "../engine/urls.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { inThisLanguage } from "../ui/page_links.js";

/** @typedef {import("../engine/contest.js").Figures} Figures */

/** A tile of the grid. */
export class Tile {
  /** Whether it is on the screen, or nearly. */
  seen = true;
  /** What its picture and all of its figures are of; "" while they are of something that moves. */
  shown = "";

  /**
   * @param {import("../engine/props.js").Entry} entry
   * @param {() => void} again another try to load the model
   */
  constructor(entry, again) {
    this.entry = entry;
    const { title } = entry.model;
    this.canvas = h("canvas", { role: "img", "aria-label": title, width: 1, height: 1 });
    this.score = h("p", { class: "compare-score" });
    this.facts = h("p", { class: "compare-facts quiet" });
    this.problem = h("p", { class: "compare-problem", hidden: true });
    this.again = h("button", { type: "button", class: "compare-small", hidden: true, "aria-label": t("Try again to load {model}", { model: title }), onclick: again }, t("Try again"));
    this.own = h("span", { class: "compare-own", hidden: true }, t("chosen##model"));
    this.link = h("a", { class: "compare-link", href: "#", "aria-label": t("Blend with it: {model}", { model: title }) }, t("Blend with it"));
    // The address is written by the server after a control was let go, so it is looked at when the link is about to be used.
    for (const event of ["focus", "pointerenter", "pointerdown", "click"]) this.link.addEventListener(event, () => this.aim());
    this.element = h(
      "li",
      { class: "compare-tile" },
      h("div", { class: "compare-frame" }, this.canvas, this.own),
      h("h3", {}, title),
      ...(entry.note ? [h("p", { class: "compare-note quiet" }, entry.note)] : []),
      this.score,
      this.facts,
      this.problem,
      this.again,
      this.link,
    );
    this.fail(entry.why);
  }

  /** Points the link to this model with the recipe that the address holds. */
  aim() {
    const query = new URLSearchParams(location.search);
    const [data, model] = this.entry.model.slug.split("/");
    if (query.get("model") !== model) for (const key of ["pattern", "before"]) query.delete(key); // they are the other model's
    query.set("data", data);
    query.set("model", model);
    this.link.href = pageUrl("", inThisLanguage(query.toString()));
  }

  /** Whether it is the model that the recipe names. @param {boolean} yes */
  chosen(yes) {
    this.own.hidden = !yes;
    this.element.classList.toggle("compare-chosen", yes);
  }

  /** A sentence in place of the picture; "" takes it away. @param {string} sentence @param {boolean} [curable] by another try */
  fail(sentence, curable = false) {
    this.problem.hidden = !sentence;
    this.again.hidden = !curable;
    say(this.problem, sentence);
    this.element.classList.toggle("compare-without", Boolean(sentence));
    if (sentence) this.shown = "";
    if (sentence) [this.score, this.facts].forEach((one) => say(one, ""));
    this.link.hidden = Boolean(this.entry.why);
  }

  /** Its model is to be loaded after others. */
  wait() {
    this.fail("");
    say(this.facts, t("Not loaded yet"));
  }

  /** @param {Float32Array} picture @param {[number, number, number]} shape */
  draw(picture, shape) {
    drawPicture(this.canvas, picture, shape);
  }

  /** @param {Figures} figures @param {boolean} lags whether they are of earlier values */
  tell({ count, of, least, weakest, sharpness }, lags) {
    say(this.score, of === undefined ? "" : t("{count} of {all} in it", { count: count ?? "…", all: of }));
    const weak = least === undefined ? "" : t("weakest {name}: {bits}", { name: className(weakest), bits: signed(least) });
    const sharp = sharpness === undefined ? "" : t("sharpness {sharpness}", { sharpness: decimals(sharpness, 2) });
    say(this.facts, [weak, sharp].filter(Boolean).join("\n"));
    this.element.toggleAttribute("data-lag", lags);
  }

  /** What the picture is of, for screen readers. @param {string} words */
  describe(words) {
    this.canvas.setAttribute("aria-label", `${this.entry.model.title}: ${words}`);
  }
}
