// The one control: how many components are kept, as a slider, as a number, and as a strip of what each is worth.

import { t } from "../engine/language.js";
import { percent } from "../engine/sentences.js";
import { sharpCanvas } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { NumberField } from "../ui/number_field.js";
import { Room } from "../ui/room.js";

/** The card that follows while the page scrolls. */
export class Control {
  k = 1;
  /** Components that there are. */
  most = 1;
  /** Components as many as the other model has numbers. */
  size = 0;
  /** Each component's share of the variance. @type {number[]} */
  share = [];
  /** @param {(k: number, settled: boolean) => void} moved */
  constructor(moved) {
    const slide = (/** @type {Event & {target: HTMLInputElement}} */ event) => moved(Number(event.target.value), event.type === "change");
    this.range = h("input", { type: "range", id: "k", min: 1, step: 1, oninput: slide, onchange: slide });
    this.number = new NumberField({ name: t("k as a number"), limit: { low: 1, high: 1, whole: true } }, (k) => moved(k, true));
    this.strip = h("canvas", { class: "eigen-strip", "aria-hidden": "true" });
    this.wide = h("span", { class: "eigen-wide" });
    this.narrow = h("span", { class: "eigen-narrow" });
    this.words = h("p", { class: "eigen-words" }, this.wide, this.narrow);
    this.same = h("button", { type: "button", class: "eigen-small", onclick: () => moved(this.size, true) });
    this.element = h(
      "div",
      { class: "eigen-control" },
      h("div", { class: "eigen-head" }, h("label", { for: "k" }, t("Components kept (k)")), this.number.element),
      this.strip,
      this.range,
      h("div", { class: "eigen-foot" }, this.words, this.same),
    );
    this.room = new Room(this.strip, () => this.share.length && this.draw());
  }

  /** @param {import("../engine/props.js").EigenProps} data */
  show({ linear, vae, spectrum }) {
    this.share = spectrum.share;
    this.most = linear.latent;
    this.size = vae ? Math.min(vae.latent, this.most) : 0;
    this.range.max = String(this.most);
    this.number.reach({ low: 1, high: this.most, whole: true });
    this.same.hidden = !vae;
    if (!vae) return;
    const { called, latent } = vae;
    say(this.same, latent > this.most ? t("All {most}; the {called} has {latent}", { most: this.most, called, latent }) : t("Same size as the {called} ({size})", { called, size: this.size }));
  }

  /** @param {number} k */
  set(k) {
    this.k = k;
    if (Number(this.range.value) !== k) this.range.value = String(k);
    this.number.show(k);
    const held = this.share.slice(0, k).reduce((sum, share) => sum + share, 0);
    const values = { k, most: this.most, share: percent(held) };
    say(this.wide, t("{share} of the differences between pictures", values));
    say(this.narrow, t("{share} of the differences", values));
    this.range.setAttribute("aria-valuetext", t("{k} of {most} ingredients: {share} of the differences between pictures", values));
    const share = (k - 1) / Math.max(1, this.most - 1);
    this.range.style.setProperty("--fill", `calc(${100 * share}% + ${0.625 - 1.25 * share}rem)`);
    this.draw();
  }

  /** One bar a component, as high as its share; the kept ones in the accent colour. */
  draw() {
    if (!this.strip.clientWidth) return;
    const { context, width, height } = sharpCanvas(this.strip);
    const style = getComputedStyle(this.strip);
    const inset = 10; // half a slider thumb, so that bar k stands above the thumb at k
    const step = (width - 2 * inset) / Math.max(1, this.most - 1);
    const thick = Math.max(2, Math.min(step * 0.7, 14));
    this.share.forEach((share, i) => {
      context.fillStyle = i < this.k ? style.color : style.outlineColor;
      const high = Math.max(1.5, (share / this.share[0]) * (height - 2));
      context.fillRect(inset + i * step - thick / 2, height - high, thick, high);
    });
  }
}
