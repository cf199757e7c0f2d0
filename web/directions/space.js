// The latent space that one stands in: the model, the recipe's blend as a place to start from, the cloud of all latents, and
// the pictures of any places.

import { equal, joined } from "../engine/arrays.js";
import { cloudOf, nearestRows } from "../engine/axes.js";
import { withGroups } from "../engine/groups.js";
import { Model, loadMethod } from "../engine/model.js";
import { blendable } from "../engine/names.js";
import { Neighbourhood } from "../engine/paths.js";
import { fetchArrays } from "../engine/safetensors.js";
import { unmixing } from "../engine/shortcut.js";
import { Theta } from "../engine/theta.js";
import { latentsUrl } from "../engine/urls.js";
import { MOST_AXES } from "./steps.js";
import { ALL, BLEND, POINT, rowOf, tokenOf } from "./things.js";

/** @typedef {import("../engine/props.js").DirectionsProps} DirectionsProps */
/** @typedef {import("../engine/arrays.js").Floats} Floats */

/**
 * Where one starts: a latent, and what a decoder makes a picture of where that is more than this latent (a blend that mixes
 * several): then a step is added to all of them.
 * @typedef {{place: Float32Array, plan: import("../engine/shortcut.js").Plan|null}} Start
 */

const NEAR = 200; // latents that make up a neighbourhood

export class Space {
  /** Latents of all pictures, once they are here. @type {Floats|null} */
  latents = null;
  /** @type {import("../engine/axes.js").Cloud|null} */
  cloud = null;
  /** @type {Neighbourhood|null} */
  neighbourhood = null;
  /** The axes of a neighbourhood that were computed last. @type {{place: Float32Array, cloud: import("../engine/axes.js").Cloud}|null} */
  #near = null;

  /**
   * @param {DirectionsProps} props
   * @param {(name: string, received: number, total: number) => void} onProgress
   */
  static async open(props, onProgress) {
    const { slug } = props.model;
    const model = withGroups(await Model.open(props.model, onProgress), props.groups.map(({ moments }) => moments[slug]));
    const [method, sphere] = await Promise.all([loadMethod(props.method, model), loadMethod(props.sphere, model)]);
    const space = new Space(props, model, method, sphere);
    await space.recipe(props);
    return space;
  }

  /**
   * @param {DirectionsProps} props
   * @param {Model} model
   * @param {import("../engine/model.js").Method} method
   * @param {import("../engine/model.js").Method} sphere
   */
  constructor(props, model, method, sphere) {
    this.model = model;
    this.method = method;
    this.sphere = sphere;
    this.latent = model.latent;
    this.shape = props.dataset.shape;
    this.pixels = this.shape.reduce((product, size) => product * size, 1);
    this.names = blendable(props);
    this.tokens = this.names.map(tokenOf);
    /** @type {number|undefined} of a linear model, the dimensions that are used */
    this.components = undefined;
  }

  /** Has the recipe's blend ready to start from. @param {DirectionsProps} props */
  async recipe({ recipe, shares, model }) {
    const used = Object.keys(recipe.w).filter((name) => shares[name] > 0);
    this.shares = used.map((name) => shares[name]);
    this.components = model.linear ? Math.min(recipe.k, this.latent) : undefined;
    const values = {
      rows: used.map((name) => this.names.indexOf(name)),
      shares: this.shares,
      theta: new Theta(recipe.theta, recipe.pattern),
      n: recipe.n,
      seed: recipe.seed,
      depth: recipe.depth,
    };
    const plan = await this.model.plan(values, this.method, this.components);
    const place = Float32Array.from(plan.place.data);
    const single = !this.method.finish && plan.z.dims[0] === 1 && plan.stretch.data[0] === 0;
    /** @type {Start} */
    this.blend = { place: single ? Float32Array.from(plan.z.data) : place, plan: single ? null : plan };
    this.point = { place, plan: null };
  }

  /** Has the latents of all pictures, and what their cloud looks like. @param {import("../engine/files.js").Progress} [onProgress] */
  async needLatents(onProgress) {
    if (this.latents) return;
    const { z } = await fetchArrays(latentsUrl(this.model.slug), onProgress);
    this.cloud = cloudOf(z, undefined, this.latent <= MOST_AXES);
    this.neighbourhood = new Neighbourhood(z);
    this.latents = z;
  }

  /** The latent of a thing; null while the latents of pictures are not here. @param {string} token @returns {Float32Array|null} */
  at(token) {
    const row = rowOf(token);
    if (row >= 0) return this.latents && this.latents.data.slice(row * this.latent, (row + 1) * this.latent);
    if (token === BLEND || token === POINT) return this.point.place;
    if (token === ALL) return this.cloud && Float32Array.from(this.cloud.mean);
    const index = this.tokens.indexOf(token);
    return index < 0 ? null : this.model.mean.data.slice(index * this.latent, (index + 1) * this.latent);
  }

  /** Where one starts from; null while it is not here. @param {string} token @returns {Start|null} */
  start(token) {
    if (token === BLEND) return this.blend;
    const place = this.at(token);
    return place && { place, plan: null };
  }

  /**
   * Principal axes of all latents, or of those nearest to a place.
   * @param {"near"|"all"} which
   * @param {Float32Array} place
   * @returns {import("../engine/axes.js").Cloud|null} null while they are not here
   */
  axes(which, place) {
    if (!this.latents || !this.cloud) return null;
    if (which === "all") return this.cloud;
    if (!this.#near || !equal(this.#near.place, place)) {
      const rows = nearestRows(place, this.latents, NEAR);
      this.#near = { place: place.slice(), cloud: cloudOf(this.latents, rows, this.latent <= MOST_AXES) };
    }
    return this.#near.cloud;
  }

  /**
   * What steps and a change add to a latent; null while it cannot be known.
   * @param {import("./steps.js").Steps} steps
   * @param {import("../engine/props.js").ChangeChoice} change
   * @returns {Float64Array|null}
   */
  offset(steps, change) {
    const sum = new Float64Array(this.latent);
    for (const [name, amount] of steps) {
      if (!this.cloud) return null;
      const index = Number(name.replace(/\D+/, "")) - 1;
      if (name.startsWith("dim")) sum[index] += amount * this.cloud.spread[index];
      else if (!this.cloud.axes[index]) continue;
      else for (let j = 0; j < sum.length; j++) sum[j] += amount * this.cloud.lengths[index] * this.cloud.axes[index][j];
    }
    if (change.amount) {
      const [begin, end] = [this.at(change.begin), this.at(change.end)];
      if (!begin || !end) return null;
      for (let j = 0; j < sum.length; j++) sum[j] += change.amount * (end[j] - begin[j]);
    }
    return sum;
  }

  /**
   * The pictures at some places, each so far from the start.
   * @param {Start} start
   * @param {Float64Array[]} offsets
   * @returns {Promise<Float32Array>} (offsets * pixels)
   */
  async pictures({ place, plan }, offsets) {
    if (!plan) return this.decode(offsets.map((offset) => place.map((value, j) => value + offset[j])));
    const made = [];
    for (const offset of offsets) {
      const z = { data: plan.z.data.map((value, j) => value + offset[j % this.latent]), dims: plan.z.dims };
      made.push(await this.mixed({ ...plan, z }));
    }
    return joined(made);
  }

  /** The one picture of a plan. @param {import("../engine/shortcut.js").Plan} plan */
  async mixed(plan) {
    if (this.method.finish) return this.model.finish(plan, this.method.finish, [this.shares]);
    return (await this.model.decoder.run({ ...plan, keep: this.model.keep })).pictures.data;
  }

  /** Latents decoded one by one. @param {Float32Array[]} places @returns {Promise<Float32Array>} (places * pixels) */
  async decode(places) {
    const z = { data: joined(places), dims: [places.length, this.latent] };
    return (await this.model.decoder.run({ ...unmixing(z), keep: this.model.keep })).pictures.data;
  }

  /**
   * So much of the way from one latent to another on the sphere, by the blending method that does it.
   * @param {Float32Array} from
   * @param {Float32Array} to
   * @param {number} share
   * @returns {Promise<Float32Array>}
   */
  async onSphere(from, to, share) {
    const dims = [2, this.latent];
    const still = { data: new Float32Array(2 * this.latent), dims };
    const noise = { data: new Float32Array(this.latent), dims: [1, this.latent] };
    const weights = { data: Float32Array.of(1 - share, share), dims: [2] };
    const depth = { data: new Float32Array(1), dims: [] };
    const { z } = await this.sphere.graph.run({ weights, theta: still, std: still, mean: { data: joined([from, to]), dims }, noise, depth });
    return Float32Array.from(z.data);
  }
}
