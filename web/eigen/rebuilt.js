// Test pictures, rebuilt: by the first k eigen-images, by as many as another model has numbers, and by that; all errors.

import { shownChoices, shownWords } from "../engine/halves.js";
import { className, many, t } from "../engine/language.js";
import { unmixing } from "../engine/shortcut.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { figure, firstOf, panel } from "./panel.js";
import { meaning, overall, short, verdict } from "./words.js";

/** @typedef {import("../engine/props.js").EigenProps} EigenProps */
/** @typedef {import("../engine/model.js").Model} Model */
/** @typedef {import("../engine/runner.js").Graph} Graph */
/** @typedef {import("../engine/arrays.js").Floats} Floats */
/** @typedef {"original"|"kept"|"equal"|"vae"} Name */

/** The section `Pictures, taken apart and rebuilt`. */
export class Rebuilt {
  /** @type {EigenProps|undefined} */
  data;
  /** @type {Floats|undefined} */
  originals;
  /** Decoder inputs of the linear model, one picture each. @type {Record<string, Floats>|undefined} */
  still;
  /** Components as many as the other model has numbers. */
  size = 0;
  /** @type {Partial<Record<Name, ReturnType<typeof line>>>} */
  lines = {};

  /**
   * @param {(asked: {which: string, draw: number, shown: string}) => void} ask for other pictures; which is a class, "" or
   *   "chosen", shown the half of them that the models see alone, "" for both
   */
  constructor(ask) {
    this.choice = h("select", { id: "which", onchange: () => ask({ which: this.choice.value, draw: 0, shown: this.half.value }) });
    this.half = h("select", { id: "shown", onchange: () => ask({ which: this.choice.value, draw: this.data.pictures.draw, shown: this.half.value }) });
    this.shown = h("label", { for: "shown" }, t("Shown to the models"));
    const other = () => ask({ which: this.choice.value, draw: 1 + Math.floor(Math.random() * 999_999), shown: this.half.value });
    this.lead = h("p");
    this.verdict = h("p", { class: "eigen-verdict" });
    this.grid = h("div", { class: "eigen-grid" });
    const button = h("button", { type: "button", onclick: other }, t("Other pictures"));
    const row = h("div", { class: "eigen-row" }, h("label", { for: "which" }, t("Pictures of")), this.choice, this.shown, this.half, button);
    this.panel = panel(t("Pictures, taken apart and rebuilt"), "eigen-pictures", this.lead, this.grid, this.verdict);
    this.panel.element.prepend(h("div", { class: "eigen-heads" }, this.panel.heading, row));
  }

  /** New data: names, texts, and the originals; the rest is drawn when the graphs are there. @param {EigenProps} data */
  show(data) {
    const { pictures, vae, linear, dataset } = data;
    if (this.data && JSON.stringify([this.data.pictures, this.data.vae]) === JSON.stringify([pictures, vae])) return;
    this.data = data;
    this.options(data);
    const bytes = Uint8Array.from(atob(pictures.pixels), (letter) => letter.charCodeAt(0));
    this.originals = { data: Float32Array.from(bytes, (byte) => byte / 255), dims: [pictures.names.length, ...dataset.shape] };
    this.still = unmixing(latents(pictures.linear, linear.latent));
    this.size = vae ? Math.min(vae.latent, linear.latent) : 0;
    this.build(data);
    this.paint("original", this.originals.data);
    const half = shownWords(pictures.shown, dataset.halves, [linear, ...(vae ? [vae] : [])]);
    say(this.lead, `${meaning(pictures)}${half ? ` ${half}` : ""}`);
    say(this.verdict, vae ? verdict(data, this.size) : t("This dataset has no other model to compare with."));
  }

  /** @param {EigenProps} data */
  options({ dataset, pictures, recipe }) {
    const chosen = Object.keys(recipe.w);
    const options = [["", t("All classes")], ["chosen", t("Your classes ({n})", { n: chosen.length })], ...dataset.classes.map((name) => [name, className(name)])];
    this.choice.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
    this.choice.value = pictures.which;
    this.half.replaceChildren(...shownChoices(dataset.halves).map(([value, words]) => h("option", { value }, words)));
    this.half.value = pictures.shown;
    this.half.hidden = this.shown.hidden = !dataset.halves.length;
  }

  /** @param {EigenProps} data */
  build({ pictures, vae, spectrum, vae_error }) {
    const original = pictures.originals
      ? [t("Original"), t("test pictures: no model was trained on them")]
      : [t("Stand-in"), t("for a test picture that may not be shown")];
    const names = pictures.names.map(className);
    const make = (/** @type {Name} */ name, /** @type {string} */ title, /** @type {string} */ text) => (this.lines[name] = line(name, title, text, names));
    this.lines = {};
    make("original", original[0], original[1]);
    make("kept", t("Eigen-images"), "");
    if (vae) {
      const all = vae.latent > this.size ? t("all there are") : t("as many numbers as the {called}", { called: vae.called });
      make("equal", t("Eigen-images, k = {k}", { k: this.size }), overall(all, spectrum.error[this.size], spectrum.n));
      make("vae", vae.title, overall(many(vae.latent, "{n} numbers a picture", "{n} numbers a picture"), vae_error.value, vae_error.n));
    }
    this.lines.original.cells.forEach((cell, i) => say(cell.caption, names[i]));
    this.grid.replaceChildren(...Object.values(this.lines).map(({ element }) => element));
  }

  /** The line that follows k. @param {number} k @param {Model} linear @param {Graph} error */
  async draw(k, linear, error) {
    if (!this.still) return;
    const { spectrum } = this.data;
    const { pictures } = await linear.decoder.run({ ...this.still, keep: firstOf(k, linear.latent) });
    say(this.lines.kept.title, t("Eigen-images, k = {k}", { k }));
    say(this.lines.kept.text, overall(t("your choice of k"), spectrum.error[k], spectrum.n));
    this.paint("kept", pictures.data, await error.run({ pictures, originals: this.originals }));
  }

  /** The two lines that do not follow k. @param {Model} linear @param {Model} vae @param {Graph} error */
  async rebuildOnce(linear, vae, error) {
    const equal = await linear.decoder.run({ ...this.still, keep: firstOf(this.size, linear.latent) });
    this.paint("equal", equal.pictures.data, await error.run({ pictures: equal.pictures, originals: this.originals }));
    const z = latents(this.data.pictures.vae, vae.latent);
    const { pictures } = await vae.decoder.run({ ...unmixing(z), keep: firstOf(vae.latent, vae.latent) });
    this.paint("vae", pictures.data, await error.run({ pictures, originals: this.originals }));
  }

  /** @param {Name} name @param {Float32Array} values @param {Record<string, Floats>} [found] errors of the pictures, and their mean */
  paint(name, values, found) {
    const { cells, mean } = this.lines[name];
    const size = values.length / cells.length;
    cells.forEach((cell, i) => {
      drawPicture(cell.canvas, values, this.data.dataset.shape, i * size);
      if (found) say(cell.caption, short(found.error.data[i]));
    });
    if (found) say(mean, t("error of these: {error}", { error: short(found.mean.data[0]) }));
  }
}

/** A line of pictures with what they are. @param {Name} name @param {string} heading @param {string} about @param {string[]} names */
function line(name, heading, about, names) {
  const cells = names.map((label, i) => figure(t("{what}: picture {i}, {name}", { what: heading, i: i + 1, name: label })));
  const [title, mean, text] = [h("h3", {}, heading), h("p", { class: "eigen-mean" }), h("p", {}, about)];
  const strip = h("div", { class: "eigen-cells" }, ...cells.map((cell) => cell.element));
  return { title, mean, text, cells, element: h("div", { class: `eigen-line eigen-${name}` }, h("div", { class: "eigen-what" }, title, mean, text), strip) };
}

/** @param {number[][]} rows @param {number} width @returns {Floats} */
function latents(rows, width) {
  return { data: Float32Array.from(rows.flat()), dims: [rows.length, width] };
}
