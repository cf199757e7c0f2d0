// The visitor's own blend, beside itself: by the VAE, as an eigen-image at k, and as the plain average of pixels.

import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { takeRows } from "../engine/arrays.js";
import { loadMethod } from "../engine/model.js";
import { sharedGraph, tensor } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { mixture } from "../engine/sentences.js";
import { Theta } from "../engine/theta.js";
import { datasetFolder, modelFolder } from "../engine/urls.js";
import { Panel, figure, rowsOf } from "./panel.js";

export class Blends extends Panel {
  constructor() {
    super("Your blend as an eigen-image", "blends");
    this.lead = h("p");
    this.vae = figure("Blend");
    this.eigen = figure("Eigen-image");
    this.plain = figure("Plain average");
    this.element.append(this.lead, h("div", { class: "trio" }, ...[this.vae, this.eigen, this.plain].map((one) => one.element)));
  }

  async open(linear, data) {
    const { recipe } = data;
    const names = Object.keys(recipe.w);
    const rows = rowsOf(names, data);
    const shares = names.map((name) => recipe.shares[name]);
    const words = mixture(names, shares);
    this.mix = { rows, shares, n: recipe.n, seed: recipe.seed, depth: recipe.depth };
    const own = modelFolder(`${recipe.data}/${recipe.model}`); // the pattern of theta fits its own model only
    this.theta = (folder) => new Theta(recipe.theta, folder === own ? recipe.pattern : "");
    [this.linear, this.data] = [linear, data];
    this.centre = await loadMethod({ name: "centre_of_mass" });
    this.vae.element.hidden = !data.vae;
    for (const [one, name] of [[this.vae, "Blend"], [this.eigen, "Eigen-image"], [this.plain, "Plain average"]]) {
      one.canvas.setAttribute("aria-label", `${name} of ${words}`);
    }
    say(this.lead, `${words[0].toUpperCase()}${words.slice(1)}: the recipe that the Blend page and the link hold.`);
    say(this.plain.caption, "Plain average of the pixels");
    await this.average(data, rows, shares);
  }

  async average({ dataset, shape, groups }, rows, shares) {
    const [graph, { pictures }] = await Promise.all([
      sharedGraph("plain_average"),
      fetchArrays(`${datasetFolder(dataset)}means.safetensors`),
    ]);
    const [count, width] = pictures.dims;
    const means = rows.map((row) => (row < count ? takeRows(pictures, [row]).data : groups[row - count].picture));
    const feeds = { data: Float32Array.from(means.flatMap((mean) => [...mean])), dims: [rows.length, width] };
    const { picture } = await graph.run({ weights: tensor(Float32Array.from(shares), [rows.length]), pictures: feeds });
    drawPicture(this.plain.canvas, picture.data, shape);
  }

  async openVae(vae) {
    const { method, shape } = this.data;
    const { picture } = await vae.make({ ...this.mix, theta: this.theta(vae.folder) }, await loadMethod(method, vae));
    drawPicture(this.vae.canvas, picture, shape);
    say(this.vae.caption, `Blend by ${this.data.vae.title}`);
  }

  async draw(k) {
    if (!this.mix || !this.centre) return;
    const { picture } = await this.linear.make({ ...this.mix, theta: this.theta(this.linear.folder) }, this.centre, k);
    drawPicture(this.eigen.canvas, picture, this.data.shape);
    say(this.eigen.caption, `Eigen-image, k = ${k}`);
  }
}
