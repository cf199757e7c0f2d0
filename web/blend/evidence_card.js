// Which classes are in the picture: one meter per class, "unsure" in its middle, and the remove-one test on the chosen ones.

import { t } from "../engine/language.js";
import { drawPicture } from "../ui/canvas.js";
import { colourOf } from "../ui/colours.js";
import { h, say } from "../ui/dom.js";
import { arrange, changing, focused } from "../ui/focus.js";
import { swatch } from "../ui/swatch.js";
import { term } from "../ui/term.js";
import { RANGE } from "../engine/evidence.js";
import { bitsWords, signed, standing } from "../engine/sentences.js";

const ENDS = 32; // bits that a meter may report; it is drawn full from RANGE on
const REST = matchMedia("(hover: none)").matches
  ? t("Tap a chosen class to take it out for a moment.")
  : t("Point at a chosen class to take it out for a moment.");
/** Terms whose figures stand here. @type {("judge"|"bits"|"removal"|"sharpness")[]} */
const TOLD = ["judge", "bits", "removal", "sharpness"];
const TITLE = t("Which of them can be seen?");

/** The card `Which of them can be seen?`. */
export class EvidenceCard {
  /** @param {(index: number|null) => void} onPoint a chosen class is pointed at, or none any more */
  constructor(onPoint) {
    this.onPoint = onPoint;
    this.count = h("span", { class: "evidence-count" });
    this.headline = h("p", { class: "evidence-headline", hidden: true });
    this.meters = h("div", { class: "evidence-meters" });
    this.lost = h("p", { class: "evidence-lost", "aria-live": "polite" });
    this.inset = h("canvas", { class: "evidence-inset", "aria-hidden": "true", width: 1, height: 1 }); // where the blend is out of sight
    this.note = h("p", { class: "evidence-note quiet" });
    this.element = h("section", { class: "card evidence", "aria-label": TITLE },
      h("header", {}, h("h2", {}, TITLE), this.count), this.headline, this.meters, h("div", { class: "evidence-taken" }, this.inset, this.lost), this.note,
      h("p", { class: "evidence-terms quiet" }, ...TOLD.map((one) => term(one))));
    /** @type {ReturnType<EvidenceCard["line"]>[]} one per class of the dataset, in its order */
    this.lines = [];
    this.rows = new Set(); // chosen classes
    this.many = false; // whether pictures stand beside the names
    this.range = RANGE; // bits at which a meter is full
    /** @type {number|null} under the mouse */
    this.over = null;
    /** @type {number|null} with the keyboard's focus */
    this.focused = null;
    /** @type {number|null} the chosen class that is one of these */
    this.pointed = null;
    this.again = false; // whether the button that is being tapped has the focus already
    /** @type {Float32Array|undefined} bits that are shown */
    this.values = undefined;
    /** @type {Float32Array|null} leave-one-out in bits that is shown */
    this.removals = null;
    /** @type {number|null|undefined} */
    this.baseline = undefined;
    this.escape = (event) => event.key === "Escape" && this.point(null, null);
    this.elsewhere = (event) => {
      const button = this.lines[this.focused]?.button;
      if (button && !event.composedPath().includes(button)) button.blur();
    };
  }

  /** Other classes. @param {string[]} classes all of the dataset @param {string[]} [shown] what is written of them, where whole names are too long */
  choose(classes, shown = classes) {
    this.point(null, null);
    const longest = Math.max(...shown.map((name) => name.length));
    this.many = classes.length > 12;
    this.range = this.many ? RANGE / 2 : RANGE;
    this.meters.className = `evidence-meters${classes.length > 24 ? " evidence-crowd" : this.many ? " evidence-many" : ""}`;
    this.element.style.setProperty("--name", `calc(${1.2 * Math.min(longest, 12)}ch + ${this.many ? 2.25 : 1.75}rem)`);
    this.lines = classes.map((name, i) => this.line(name, shown[i], i));
    this.meters.replaceChildren(...this.lines.map(({ element }) => element));
    this.clear();
  }

  line(name, shown, i) {
    const label = () => [this.many ? h("span", { class: "face" }, swatch(i)) : swatch(i), h("span", { class: "evidence-called" }, shown)];
    const button = h("button", { type: "button", class: "evidence-name", "aria-label": t("Without {name}", { name }), title: name }, ...label());
    const plain = h("span", { class: "evidence-name", title: name, "aria-hidden": "true" }, ...label());
    const fill = h("span", { class: "evidence-fill" });
    const own = h("span", { class: "evidence-own" });
    const meter = h("span", { class: "evidence-meter", role: "meter", "aria-label": t("{name} in the blend", { name }), "aria-valuemin": -ENDS, "aria-valuemax": ENDS, "aria-valuenow": 0 }, fill, own, h("span", { class: "evidence-zero" }));
    const word = h("span", { class: "evidence-word", "aria-hidden": "true" });
    const bits = h("span", { class: "evidence-bits", "aria-hidden": "true" });
    const element = h("div", { class: "evidence-line", style: `--hue:${colourOf(i)}` }, plain, meter, word, bits);
    element.onpointerenter = (event) => event.pointerType === "mouse" && this.point(i, this.focused);
    element.onpointerleave = () => this.point(null, this.focused);
    button.onfocus = () => this.point(this.over, i);
    button.onblur = () => this.point(this.over, null);
    button.onpointerdown = () => (this.again = this.focused === i);
    button.onclick = () => this.tap(button, i);
    return { name, element, button, plain, meter, fill, own, word, bits };
  }

  /** Chosen classes come first and can be taken out. @param {number[]} rows their indexes; those of groups are ignored */
  pick(rows) {
    this.rows = new Set(rows);
    const order = [...this.lines.filter((_, i) => this.rows.has(i)), ...this.lines.filter((_, i) => !this.rows.has(i))];
    const sort = () => {
      this.lines.forEach(({ element, button, plain }, i) => {
        const chosen = this.rows.has(i);
        element.classList.toggle("evidence-chosen", chosen);
        const name = chosen ? button : plain;
        if (element.firstChild !== name) element.firstChild.replaceWith(name);
      });
      if (order.some(({ element }, i) => this.meters.children[i] !== element)) arrange(this.meters, order.map(({ element }) => element));
    };
    changing(this.meters, sort, () => !this.meters.contains(focused()) && this.meters.querySelector("button"));
    this.point(null, null);
  }

  /** Puts the classes' pictures beside their names. @param {string[]} faces image URLs */
  paint(faces) {
    if (!this.many) return;
    this.lines.forEach(({ button, plain }, i) => {
      for (const label of [button, plain]) label.querySelector(".face").setAttribute("style", `background-image:url(${faces[i]})`);
    });
  }

  point(over, focused) {
    [this.over, this.focused] = [over, focused];
    const index = [over, focused].find((one) => one !== null && this.rows.has(one)) ?? null;
    if (index === this.pointed) return;
    this.pointed = index;
    this.deaf();
    if (index === null) this.tellLost(REST);
    else {
      document.addEventListener("keydown", this.escape, true);
      document.addEventListener("pointerdown", this.elsewhere, true);
    }
    this.onPoint(index);
  }

  /** A tap takes a class out and a second one lets go; not every browser gives focus to a button that is tapped. */
  tap(button, i) {
    if (this.again) button.blur();
    else {
      button.focus({ preventScroll: true });
      this.point(this.over, i); // after Escape it has the focus already
    }
    this.again = false;
  }

  /**
   * Moves the meters.
   * @param {Float32Array} bits one per class
   * @param {Float32Array|null} lost leave-one-out in bits, one per class, where it is measured
   * @param {number|null} baseline mean bits of classes that are not in such a blend
   */
  show(bits, lost, baseline) {
    this.values = bits;
    this.removals = lost;
    this.lines.forEach(({ fill, own, word, bits: text }, i) => {
      fill.style.transform = this.reach(bits[i]);
      if (lost) own.style.transform = this.reach(lost[i]);
      const { sign, short } = standing(bits[i], this.lostOf(i));
      say(word, `${sign} ${short}`);
      say(text, signed(bits[i]));
    });
    this.meters.classList.toggle("evidence-with-own", Boolean(lost));
    if (baseline === this.baseline) return;
    this.baseline = baseline;
    this.meters.style.setProperty("--baseline", String(baseline === null ? 0.5 : 0.5 + this.clip(baseline) / 2));
  }

  /** Says how many are seen, and with all classes chosen how many are missed when they are taken out. */
  sum(count, headline, note) {
    say(this.count, count);
    say(this.headline, headline);
    this.headline.hidden = !headline;
    say(this.note, note);
  }

  /** What the class that is pointed at loses, with the picture without it if there is one. */
  tellLost(sentence, picture = undefined, shape = undefined) {
    say(this.lost, sentence);
    if (picture) drawPicture(this.inset, picture, shape);
    this.element.classList.toggle("evidence-taking", Boolean(picture));
  }

  /** Writes the values for screen readers. */
  describe() {
    if (!this.values) return;
    this.lines.forEach(({ meter }, i) => {
      const value = Number.isFinite(this.values[i]) ? this.values[i] : 0;
      meter.setAttribute("aria-valuenow", String(Number(Math.min(ENDS, Math.max(-ENDS, value)).toFixed(1)) + 0));
      meter.setAttribute("aria-valuetext", bitsWords(this.values[i], this.lostOf(i)));
    });
  }

  /** Says why there are no meters. */
  unjudged(sentence) {
    this.element.classList.toggle("evidence-unjudged", Boolean(sentence));
    if (!sentence) return say(this.lost, REST);
    this.sum("", "", "");
    say(this.lost, sentence);
  }

  /** Takes the figures away until there are some again. */
  clear() {
    this.values = undefined;
    this.sum("", "", "");
    for (const { fill, own, word, bits, meter } of this.lines) {
      fill.style.transform = own.style.transform = "scaleX(0)";
      say(word, "");
      say(bits, "");
      meter.setAttribute("aria-valuenow", "0");
      meter.setAttribute("aria-valuetext", t("not measured"));
    }
  }

  /** Leave-one-out of a class in bits, where presence needs that too. */
  lostOf(i) {
    return this.rows.has(i) && this.removals ? this.removals[i] : undefined;
  }

  clip(bits) {
    return Math.min(1, Math.max(-1, (bits || 0) / this.range));
  }

  reach(bits) {
    return `scaleX(${this.clip(bits).toFixed(3)})`;
  }

  lag(yes) {
    this.headline.toggleAttribute("data-lag", yes);
    this.meters.toggleAttribute("data-lag", yes);
  }

  /** Takes away what listens to the whole page while a class is taken out. */
  deaf() {
    document.removeEventListener("keydown", this.escape, true);
    document.removeEventListener("pointerdown", this.elsewhere, true);
  }

  dispose() {
    this.deaf();
  }
}
