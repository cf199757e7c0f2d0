// The visitor's own blend, beside itself: by its model, as an eigen-image at k, and as the plain average of pixels.

import { takeRows } from "../engine/arrays.js";
import { withPictures } from "../engine/groups.js";
import { className, t } from "../engine/language.js";
import { Mix } from "../engine/mix.js";
import { loadMethod } from "../engine/model.js";
import { blendable } from "../engine/names.js";
import { sharedGraph } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { mixture } from "../engine/sentences.js";
import { Theta } from "../engine/theta.js";
import { meansUrl } from "../engine/urls.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { figure, panel, rowsOf } from "./panel.js";

/** @typedef {import("../engine/model.js").Model} Model */

/** The section `Your blend as an eigen-image`. */
export class OwnBlend {
  /** What is blended, all but theta; set by `open`. @type {Omit<import("../engine/model.js").Values, "theta">|undefined} */
  values;
  /** @type {Model|undefined} */
  linear;
  /** @type {import("../engine/model.js").Method|undefined} */
  centre;
  /** @type {import("../engine/props.js").EigenProps|undefined} */
  data;
  /** Theta in the linear model, made once and not in every frame. @type {Theta|undefined} */
  linearTheta;
  /** Who shows where, which the blend alone knows. @type {import("../engine/where.js").Where|undefined} */
  where;

  constructor() {
    this.lead = h("p");
    this.vae = figure(t("Blend##a picture"));
    this.eigen = figure(t("Eigen-image"));
    this.plain = figure(t("Plain average"));
    const three = h("div", { class: "eigen-trio" }, this.vae.element, this.eigen.element, this.plain.element);
    this.panel = panel(t("Your blend as an eigen-image"), "eigen-blends", this.lead, three);
  }

  /**
   * @param {Model} linear
   * @param {import("../engine/model.js").Method} centre the method of the eigen-image
   * @param {import("../engine/props.js").EigenProps} data
   */
  async open(linear, centre, data) {
    const { recipe } = data;
    const names = Object.keys(recipe.w);
    const rows = rowsOf(names, data);
    const shares = names.map((name) => data.shares[name]);
    const words = mixture(names.map(className), shares);
    this.values = { rows, shares, n: recipe.n, seed: recipe.seed, depth: recipe.depth };
    Object.assign(this, { linear, centre, data });
    this.linearTheta = this.theta(linear);
    this.where = new Mix(recipe, blendable(data)).values().where;
    this.vae.element.hidden = !data.vae;
    this.vae.canvas.setAttribute("aria-label", t("Blend of {mixture}", { mixture: words }));
    this.eigen.canvas.setAttribute("aria-label", t("Eigen-image of {mixture}", { mixture: words }));
    this.plain.canvas.setAttribute("aria-label", t("Plain average of {mixture}", { mixture: words }));
    const lead = t("{mixture}: the recipe that the Blend page and the link hold.", { mixture: `${words[0].toUpperCase()}${words.slice(1)}` });
    say(this.lead, this.where ? `${lead} ${t("It is painted who shows where; the eigen-image and the plain average know no paint.")}` : lead);
    say(this.plain.caption, t("Plain average of the pixels"));
    await this.average(rows, shares);
  }

  /** @param {number[]} rows @param {number[]} shares */
  async average(rows, shares) {
    const { dataset, groups } = this.data;
    const [graph, { pictures }] = await Promise.all([sharedGraph("plain_average"), fetchArrays(meansUrl(dataset.slug))]);
    const weights = { data: Float32Array.from(shares), dims: [rows.length] };
    const { picture } = await graph.run({ weights, pictures: takeRows(withPictures(pictures, groups), rows) });
    drawPicture(this.plain.canvas, picture.data, dataset.shape);
  }

  /** Theta in a model: the pattern is about the dimensions of the recipe's own model only. @param {Model} model */
  theta({ slug }) {
    const { recipe } = this.data;
    return new Theta(recipe.theta, slug === `${recipe.data}/${recipe.model}` ? recipe.pattern : "");
  }

  /** @param {Model} vae */
  async openVae(vae) {
    const { method, dataset } = this.data;
    const { picture } = await vae.make({ ...this.values, theta: this.theta(vae), where: this.where }, await loadMethod(method, vae));
    drawPicture(this.vae.canvas, picture, dataset.shape);
    say(this.vae.caption, t("Blend by {model}", { model: this.data.vae.title }));
  }

  /** @param {number} k */
  async draw(k) {
    if (!this.values) return;
    const { picture } = await this.linear.make({ ...this.values, theta: this.linearTheta }, this.centre, k);
    drawPicture(this.eigen.canvas, picture, this.data.dataset.shape);
    say(this.eigen.caption, t("Eigen-image, k = {k}", { k }));
  }
}
