// The mean picture and every component, drawn with a sign; what is kept is bright. A tap keeps a component and those before.

import { decimals, t } from "../engine/language.js";
import { sharedGraph } from "../engine/runner.js";
import { unmixing } from "../engine/shortcut.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { firstOf, panel } from "./panel.js";
import { themeOf } from "../ui/theme.js";
import { drawSigned, endsOf } from "./signed.js";

/** @typedef {import("../engine/model.js").Model} Model */

/** The section `The ingredients`. */
export class Ingredients {
  /** @type {Model|undefined} */
  linear;
  /** @type {"light"|"dark"|undefined} */
  theme;
  /** What each component adds (latent, pixels), then what each takes away. */
  parts = new Float32Array();
  mean = new Float32Array();
  /** @type {HTMLButtonElement[]} */
  tiles = [];
  /** @type {number|undefined} */
  k;

  /** @param {(k: number) => void} choose the first k are wanted */
  constructor(choose) {
    this.choose = choose;
    this.grid = h("div", { class: "eigen-tiles" });
    this.panel = panel(
      t("The ingredients"),
      "eigen-ingredients",
      h("p", {}, t("Every picture starts as the mean picture. Each ingredient is then added or taken away, more or less of it. The percentage says how much of the differences between pictures it explains. Tap one to keep it and all before it.")),
      h("p", { class: "eigen-legend", "aria-hidden": "true" }, h("span", {}, t("takes light away")), h("i"), h("span", {}, t("adds light"))),
      this.grid,
    );
  }

  /** @param {Model} linear @param {import("../engine/props.js").EigenProps} data */
  async open(linear, data) {
    const theme = themeOf(this.panel.element);
    if (this.linear !== linear) {
      const plan = await (await sharedGraph("components")).run({ keep: firstOf(linear.latent, linear.latent) });
      const [parts, mean] = await Promise.all([
        linear.decoder.run({ ...plan, keep: firstOf(linear.latent, linear.latent) }),
        linear.decoder.run({ ...unmixing({ data: new Float32Array(linear.latent), dims: [1, linear.latent] }), keep: firstOf(0, linear.latent) }),
      ]);
      this.parts = parts.pictures.data;
      this.mean = mean.pictures.data;
    } else if (theme === this.theme) return;
    [this.linear, this.theme] = [linear, theme];
    this.build(linear.latent, data);
    this.set(this.k ?? data.recipe.k);
  }

  /** @param {number} latent @param {import("../engine/props.js").EigenProps} data */
  build(latent, { dataset: { shape }, spectrum }) {
    const ends = endsOf(this.theme, shape[0]);
    this.grid.style.setProperty("--plus", ends.plus);
    for (const name of ["plus", "minus", "none"]) this.panel.element.style.setProperty(`--${name}`, ends[name]);
    const mean = h("canvas", { role: "img", "aria-label": t("Mean picture") });
    drawPicture(mean, this.mean, shape);
    const size = this.parts.length / (2 * latent);
    this.tiles = spectrum.share.map((share, i) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      const at = (j) => this.parts.subarray(j * size, (j + 1) * size);
      drawSigned(canvas, at(i), at(latent + i), shape, this.theme);
      const worth = t("{share} %", { share: decimals(100 * share, 1) });
      const label = t("Component {number}, {worth}: keep it and all before it", { number: i + 1, worth });
      return h("button", { type: "button", class: "eigen-tile", "aria-label": label, onclick: () => this.choose(i + 1) }, canvas, h("span", {}, h("b", {}, String(i + 1)), ` ${worth}`));
    });
    this.grid.replaceChildren(h("figure", { class: "eigen-tile eigen-first" }, mean, h("figcaption", {}, h("b", {}, t("mean##picture")))), ...this.tiles);
  }

  /** @param {number} k */
  set(k) {
    this.k = k;
    this.tiles.forEach((tile, i) => {
      const kept = i < k;
      if (tile.getAttribute("aria-pressed") !== String(kept)) tile.setAttribute("aria-pressed", String(kept));
    });
    if (this.tiles.length) say(this.panel.heading, t("The ingredients: {k} of {all} kept", { k, all: this.tiles.length }));
  }
}
