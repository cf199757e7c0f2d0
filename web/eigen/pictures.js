// Test pictures, rebuilt: by the first k eigen-images, by as many as the VAE has numbers, and by the VAE; all errors.

import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { unmixing } from "../engine/shortcut.js";
import { Panel, figure, keeping, short } from "./panel.js";

const ROWS = ["original", "kept", "equal", "vae"];

export class Pictures extends Panel {
  /** @param {(which: string, draw: number) => void} ask for other pictures; which is a class, "" or "chosen" */
  constructor(ask) {
    super("Pictures, taken apart and rebuilt", "pictures");
    this.choice = h("select", { id: "which", onchange: () => ask(this.choice.value, 0) });
    const other = () => ask(this.choice.value, 1 + Math.floor(Math.random() * 999_999));
    this.lead = h("p");
    this.verdict = h("p", { class: "verdict" });
    this.grid = h("div", { class: "grid" });
    const button = h("button", { type: "button", onclick: other }, "Other pictures");
    const row = h("div", { class: "row" }, h("label", { for: "which" }, "Pictures of"), this.choice, button);
    this.element.prepend(h("div", { class: "heads" }, this.element.querySelector("h2"), row));
    this.element.append(
      this.lead,
      this.grid,
      this.verdict,
    );
  }

  /** New data from Python: names, texts, and the originals; the rest is drawn when the graphs are there. */
  show(data) {
    const { pictures, vae, linear } = data;
    if (this.data && JSON.stringify([this.data.pictures, this.data.vae]) === JSON.stringify([pictures, vae])) return;
    this.data = data;
    this.options(data);
    const bytes = Uint8Array.from(atob(pictures.pixels), (letter) => letter.charCodeAt(0));
    this.originals = { data: Float32Array.from(bytes, (byte) => byte / 255), dims: [pictures.names.length, ...data.shape] };
    this.z = rows(pictures.linear, linear.latent);
    this.still = unmixing(this.z);
    this.size = vae ? Math.min(vae.latent, linear.latent) : 0;
    this.build(data);
    this.paint("original", this.originals.data);
    say(this.lead, lead(pictures));
    say(this.verdict, vae ? verdict(linear, vae, this.size) : "This dataset has no VAE to compare with.");
  }

  options({ classes, pictures, recipe }) {
    const chosen = Object.keys(recipe.w);
    const options = [["", "All classes"], ["chosen", `Your classes (${chosen.length})`], ...classes.map((name) => [name, name])];
    this.choice.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
    this.choice.value = pictures.which;
  }

  build({ pictures, vae, linear }) {
    const titles = {
      original: pictures.originals
        ? ["Original", "test pictures: no model was trained on them"]
        : ["Stand-in", "for a test picture that may not be shown"],
      kept: ["Eigen-images", ""],
      equal: [`Eigen-images, k = ${this.size}`, overall("as many numbers as the VAE", linear.error[this.size], linear.n)],
      vae: vae ? [vae.title, overall(`${vae.latent} numbers a picture`, vae.error, vae.n)] : ["", ""],
    };
    this.rows = {};
    for (const name of ROWS) {
      if (!vae && (name === "equal" || name === "vae")) continue;
      const [title, text] = titles[name];
      const cells = pictures.names.map((label, i) => figure(`${title}: picture ${i + 1}, ${label}`));
      const head = { title: h("h3", {}, title), mean: h("p", { class: "mean" }), text: h("p", {}, text) };
      const strip = h("div", { class: "cells" }, ...cells.map((cell) => cell.element));
      this.rows[name] = { ...head, cells, element: h("div", { class: `line ${name}` }, h("div", { class: "what" }, ...Object.values(head)), strip) };
    }
    this.rows.original.cells.forEach((cell, i) => say(cell.caption, pictures.names[i]));
    this.grid.replaceChildren(...Object.values(this.rows).map((row) => row.element));
  }

  /** The row that follows k. */
  async draw(k, linear, error) {
    if (!this.still) return;
    const { pictures } = await linear.decoder.run({ ...this.still, keep: keeping(k, linear.latent) });
    const row = this.rows.kept;
    say(row.title, `Eigen-images, k = ${k}`);
    say(row.text, overall("your choice of k", this.data.linear.error[k], this.data.linear.n));
    this.paint("kept", pictures.data, await error.run({ pictures, originals: this.originals }));
  }

  /** The two rows that do not follow k. */
  async rebuildOnce(linear, vae, error) {
    const equal = await linear.decoder.run({ ...this.still, keep: keeping(this.size, linear.latent) });
    this.paint("equal", equal.pictures.data, await error.run({ pictures: equal.pictures, originals: this.originals }));
    const z = rows(this.data.pictures.vae, vae.latent);
    const { pictures } = await vae.decoder.run({ ...unmixing(z), keep: keeping(vae.latent, vae.latent) });
    this.paint("vae", pictures.data, await error.run({ pictures, originals: this.originals }));
  }

  paint(name, values, found) {
    const row = this.rows[name];
    const size = values.length / row.cells.length;
    row.cells.forEach((cell, i) => {
      drawPicture(cell.canvas, values, this.data.shape, i * size);
      if (found) say(cell.caption, short(found.error.data[i]));
    });
    if (found) say(row.mean, `error of these: ${short(found.mean.data[0])}`);
  }
}

function rows(lists, width) {
  return { data: Float32Array.from(lists.flat()), dims: [lists.length, width] };
}

function overall(text, error, n) {
  return error === null || !n ? text : `${text}; all ${n.toLocaleString("en")}: ${short(error)}`;
}

function lead({ originals, note }) {
  const meaning = "The number under a picture is its error: the mean squared difference a pixel, 0 for a perfect copy.";
  if (originals) return meaning;
  return `${meaning} The pictures shown here are ${note}, so here each model rebuilds those, which favours the model that drew them; the figures for all test pictures are of the originals.`;
}

function verdict(linear, vae, size) {
  if (vae.error === null) return "";
  const [eigen, mine] = [linear.error[size], vae.error];
  const times = (Math.max(eigen, mine) / Math.min(eigen, mine)).toFixed(1);
  const numbers = vae.latent === size ? `${size} numbers each` : `${vae.latent} numbers for the VAE and ${size} components`;
  const found = `the mean error over all ${linear.n.toLocaleString("en")} test pictures is ${short(eigen)} for eigen-images and ${short(mine)} for the VAE`;
  return `At equal size (${numbers}), ${found}. ${mine < eigen ? "The eigen-images'" : "The VAE's"} is ${times} times as large.`;
}
