// The mean picture and every component, drawn with a sign; what is kept is bright. A tap keeps a component and those before.

import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { sharedGraph } from "../engine/runner.js";
import { unmixing } from "../engine/shortcut.js";
import { Panel, keeping } from "./panel.js";
import { drawSigned, endsOf, themeOf } from "./signed.js";

export class Ingredients extends Panel {
  /** @param {(k: number) => void} keep the first k */
  constructor(keep) {
    super("The ingredients", "ingredients");
    this.keep = keep;
    this.tiles = [];
    this.grid = h("div", { class: "tiles" });
    this.element.append(
      h("p", {}, "Every picture starts as the mean picture. Each ingredient is then added or taken away, more or less of it. The percentage says how much of the differences between pictures it explains. Tap one to keep it and all before it."),
      h("p", { class: "legend", "aria-hidden": "true" }, h("span", {}, "takes light away"), h("i"), h("span", {}, "adds light")),
      this.grid,
    );
  }

  async open(linear, data) {
    const theme = themeOf(this.element);
    if (this.linear !== linear) {
      const plan = await (await sharedGraph("components")).run({ keep: keeping(linear.latent, linear.latent) });
      const [parts, mean] = await Promise.all([
        linear.decoder.run({ ...plan, keep: keeping(linear.latent, linear.latent) }),
        linear.decoder.run({ ...unmixing({ data: new Float32Array(linear.latent), dims: [1, linear.latent] }), keep: keeping(0, linear.latent) }),
      ]);
      this.parts = parts.pictures.data;
      this.mean = mean.pictures.data;
    } else if (theme === this.theme) return;
    [this.linear, this.theme] = [linear, theme];
    this.build(linear.latent, data);
    this.set(this.k ?? data.recipe.k);
  }

  build(latent, { shape, linear }) {
    const ends = endsOf(this.theme);
    this.grid.style.setProperty("--plus", ends.plus);
    for (const name of ["plus", "minus", "none"]) this.element.style.setProperty(`--${name}`, ends[name]);
    const mean = h("canvas", { role: "img", "aria-label": "Mean picture" });
    drawPicture(mean, this.mean, shape);
    const size = this.parts.length / (2 * latent);
    this.tiles = linear.share.map((share, i) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      const at = (j) => this.parts.subarray(j * size, (j + 1) * size);
      drawSigned(canvas, at(i), at(latent + i), shape, this.theme);
      const worth = `${(100 * share).toFixed(1)} %`;
      const label = `Component ${i + 1}, ${worth}: keep it and all before it`;
      return h("button", { type: "button", class: "tile", "aria-label": label, onclick: () => this.keep(i + 1) }, canvas, h("span", {}, h("b", {}, String(i + 1)), ` ${worth}`));
    });
    this.grid.replaceChildren(h("figure", { class: "tile first" }, mean, h("figcaption", {}, h("b", {}, "mean"))), ...this.tiles);
  }

  set(k) {
    this.k = k;
    this.tiles.forEach((tile, i) => {
      const kept = i < k;
      if (tile.getAttribute("aria-pressed") !== String(kept)) tile.setAttribute("aria-pressed", String(kept));
    });
    if (this.tiles.length) say(this.element.querySelector("h2"), `The ingredients: ${k} of ${this.tiles.length} kept`);
  }
}
