// One model at work: a mix of classes in, a picture and its place in the latent space out, all by the shipped graphs.

import { equal, joined, takeRows } from "./arrays.js";
import { t } from "./language.js";
import { sharesWithout } from "./mix.js";
import { normal } from "./noise.js";
import { loadGraph, sharedGraph, tensor } from "./runner.js";
import { fetchArrays } from "./safetensors.js";
import { onlyPixels, unmixed } from "./shortcut.js";
import { centresUrl, decoderUrl, statsUrl } from "./urls.js";

const MOST_WAYS = 200; // of sharing whose pictures are kept, 10 MB of animals

/** @typedef {import("./arrays.js").Floats} Floats */
/** @typedef {import("./runner.js").Graph} Graph */

/**
 * What a picture is made of: classes by their rows, with shares of sum 1. `moving`: while a control moves, a shortcut
 * with the same result up to rounding may be taken.
 * @typedef {object} Values
 * @property {number[]} rows
 * @property {number[]} shares
 * @property {import("./theta.js").Theta} theta
 * @property {number} n draws
 * @property {number} seed
 * @property {number} depth 0 to 4
 * @property {Float32Array} [draws] (n, latent) in place of those of the seed
 * @property {boolean} [moving]
 * @property {import("./where.js").Where} [where] paint
 */

/**
 * A blending method, ready for use: its blend graph; the graph that makes one picture of pictures that were decoded one
 * by one, or null; and which latents stand for a class, its mean or the centre of its biggest cluster.
 * @typedef {{name: string, graph: Graph, finish: Graph|null, means: "mean"|"biggest"}} Method
 */

/**
 * A blending method, ready for a model.
 * @param {{name: string, finish: boolean, means: "mean"|"biggest"}} facts as the server tells them
 * @param {Model} model the one that will use it; it fetches what the method needs of it
 * @returns {Promise<Method>}
 */
export async function loadMethod({ name, finish, means }, model) {
  const [graph, last] = await Promise.all([
    sharedGraph(`blend_${name}`),
    finish ? sharedGraph(`finish_${name}`) : null,
    means === "biggest" ? model.needBiggest() : null,
  ]);
  return { name, graph, finish: last, means };
}

/** A model's decoder and class statistics. */
export class Model {
  /** Set once the page has time for it. @type {import("./shortcut.js").Shortcut|null} */
  shortcut = null;
  /** Centres of the classes' biggest clusters (classes, latent). @type {Floats|null} */
  biggest = null;

  // What was made last, each with what it was made of.
  /** @type {{key: string, feeds: Record<"weights"|"theta"|"mean"|"std"|"depth", Floats>}|null} */
  #held = null;
  /** @type {{key: string, draws: Floats}|null} */
  #noise = null;
  /** A finishing method's classes decoded on their own. @type {{z: Float32Array, keep: Float32Array, pictures: Floats}|null} */
  #alone = null;
  /** @type {number[]|undefined} */
  #shape = undefined;
  /** @type {{key: string, pictures: Map<string, Float32Array>}|null} */
  #ways = null;
  /** @type {{key: string, yes: boolean}|null} */
  #splits = null;

  /**
   * @param {Pick<import("./props.js").ModelRef, "slug"|"code"|"ground">} ref
   * @param {(name: string, received: number, total: number) => void} [onProgress]
   */
  static async open({ slug, code, ground }, onProgress) {
    const tell = (/** @type {string} */ name) =>
      onProgress && ((/** @type {number} */ received, /** @type {number} */ total) => onProgress(name, received, total));
    const [decoder, { mean, std }] = await Promise.all([
      loadGraph(decoderUrl(slug), tell(t("the decoder"))),
      fetchArrays(statsUrl(slug), tell(t("the class statistics"))),
    ]);
    return new Model(slug, decoder, { mean, std }, ground, code);
  }

  /**
   * @param {string} slug
   * @param {Graph} decoder
   * @param {{mean: Floats, std: Floats}} stats (classes, latent) each
   * @param {number[]} ground the colour behind what is drawn, 0..1 for each channel
   * @param {number} code numbers of one code, 0 where latents are no codes
   */
  constructor(slug, decoder, { mean, std }, ground, code = 0) {
    this.slug = slug;
    this.decoder = decoder;
    this.mean = mean;
    this.std = std;
    this.latent = mean.dims[1];
    this.ground = tensor(Float32Array.from(ground), [ground.length]);
    this.code = tensor(Float32Array.of(code), []);
    this.keep = tensor(new Float32Array(this.latent).fill(1), [this.latent]);
  }

  /**
   * The picture of a mix.
   * @param {Values} values
   * @param {Method} method
   * @param {number} [components] latent dimensions that are used, the first ones; all without it
   * @returns {Promise<{picture: Float32Array, place: Floats}>}
   */
  async make(values, method, components) {
    const plan = await this.plan(values, method, components);
    const place = /** @type {Floats} */ (plan.place);
    if (values.where) return { picture: await this.painted(plan, values, method, components), place };
    if (method.finish) return { picture: await this.finish(plan, method.finish, [values.shares]), place };
    const quick = values.moving && this.shortcut && (await this.shortcut.picture(plan, this.keep));
    if (quick) return { picture: quick, place };
    const { pictures } = await this.decoder.run({ ...plan, keep: this.keep });
    return { picture: pictures.data, place };
  }

  /**
   * The pictures of a mix with one of its classes taken out, the proportions of the others kept.
   * @param {Values} values
   * @param {Method} method
   * @param {number|undefined} components
   * @param {number[]} out places in values.rows, one for each picture
   * @returns {Promise<Float32Array>} (out * pixels)
   */
  async without(values, method, components, out) {
    const plan = await this.plan(values, method, components);
    const ways = out.map((place) => sharesWithout(values.shares, place));
    if (values.where) {
      const pictures = [];
      for (const shares of ways) pictures.push(await this.painted(plan, { ...values, shares }, method, components));
      return joined(pictures);
    }
    if (method.finish) return this.finish(plan, method.finish, ways);
    if (this.shortcut && (await this.splits(values, method, components, plan))) {
      return this.shortcut.mix(plan, this.keep, { data: Float32Array.from(ways.flat()), dims: [out.length, values.rows.length] });
    }
    const pictures = [];
    for (const [i, place] of out.entries()) {
      const left = (/** @type {number[]} */ list) => list.filter((_, at) => at !== place);
      const fewer = { ...values, rows: left(values.rows), shares: left(ways[i]), moving: false };
      pictures.push((await this.make(fewer, method, components)).picture);
    }
    return joined(pictures);
  }

  /**
   * The picture of a mix with paint: every field is a blend of its own, and they fade into one another.
   * @param {import("./shortcut.js").Plan} plan
   * @param {Values} values with `where`
   * @param {Method} method
   * @param {number|undefined} components
   */
  async painted(plan, { where, ...values }, method, components) {
    const { ways, fields } = /** @type {import("./where.js").Where} */ (where).ways(values.rows, values.shares);
    const [fade, shape] = [await sharedGraph("fade_fields"), await this.shape()];
    const known = this.knownWays(values, method, components);
    const missing = ways.filter((way) => !known.has(way.join()));
    if (missing.length && method.finish) {
      const made = await this.finish(plan, method.finish, missing);
      const size = made.length / missing.length;
      missing.forEach((way, i) => known.set(way.join(), made.slice(i * size, (i + 1) * size)));
    } else {
      for (const shares of missing) known.set(shares.join(), (await this.make({ ...values, shares, moving: false }, method, components)).picture.slice());
    }
    const data = joined(ways.map((way) => /** @type {Float32Array} */ (known.get(way.join()))));
    return (await fade.run({ pictures: { data, dims: [ways.length, ...shape] }, fields })).picture.data;
  }

  /**
   * Pictures by shares: while it is painted, most fields share what they shared before.
   * @param {Values} values
   * @param {Method} method
   * @param {number|undefined} components
   * @returns {Map<string, Float32Array>}
   */
  knownWays({ rows, theta, n, seed, depth, draws }, method, components) {
    if (draws) return new Map(); // a film's, other ones in every picture
    const key = [method.name, rows, theta.scale, theta.pattern, n, seed, depth, components].join();
    if (this.#ways?.key !== key || this.#ways.pictures.size > MOST_WAYS) this.#ways = { key, pictures: new Map() };
    return this.#ways.pictures;
  }

  /** Channels, height and width of its pictures. */
  async shape() {
    this.#shape ??= (await this.decode({ data: this.mean.data.slice(0, this.latent), dims: [1, this.latent] })).dims.slice(1);
    return this.#shape;
  }

  /** Every class's centroid decoded on its own: pictures (classes, channels, height, width). */
  centroids() {
    return this.decode(this.mean);
  }

  /**
   * Latents decoded one by one.
   * @param {{data: Float32Array, dims: number[]}} z (rows, latent)
   * @param {number} [components]
   * @returns {Promise<Floats>} pictures (rows, channels, height, width)
   */
  decode(z, components = this.latent) {
    return unmixed(this.decoder, z, { data: new Float32Array(this.latent).fill(1, 0, components), dims: [this.latent] });
  }

  /** Has the centres of the classes' biggest clusters ready, for methods that blend these. */
  async needBiggest() {
    if (this.biggest) return;
    const { centres } = await fetchArrays(centresUrl(this.slug));
    const [classes, clusters] = centres.dims;
    const flat = { data: centres.data, dims: [classes * clusters, this.latent] };
    const own = takeRows(flat, Array.from({ length: classes }, (_, i) => i * clusters));
    const data = this.mean.data.slice(); // groups come after the classes and have no clusters
    data.set(own.data);
    this.biggest = { data, dims: this.mean.dims };
  }

  /**
   * What the decoder is to do.
   * @param {Values} values
   * @param {Method} method
   * @param {number} [components]
   */
  plan(values, method, components = this.latent) {
    this.keep.data.fill(1, 0, components).fill(0, components);
    return method.graph.run(this.feeds(values, method.means));
  }

  /**
   * Whether the method mixes only finished pictures, so that a class can be taken out without decoding again.
   * @param {Values} values
   * @param {Method} method
   * @param {number|undefined} components
   * @param {import("./shortcut.js").Plan} plan of these values
   */
  async splits(values, method, components, plan) {
    const { rows, shares, theta, n, seed, depth } = values;
    const key = [method.name, rows, theta.scale, theta.pattern, n, seed, depth].join();
    if (this.#splits?.key !== key) {
      const other = sharesWithout(shares, 0);
      const yes = onlyPixels([plan, await this.plan({ ...values, shares: other }, method, components)], [shares, other]);
      this.#splits = { key, yes };
    }
    return this.#splits.yes;
  }

  /**
   * The pictures that a method with a finish makes of its classes, (ways * pixels).
   * @param {import("./shortcut.js").Plan} plan
   * @param {Graph} graph the method's second one
   * @param {number[][]} ways of sharing, each of as many shares as classes
   * @returns {Promise<Float32Array>}
   */
  async finish({ z }, graph, ways) {
    const keep = this.keep.data;
    if (!this.#alone || !equal(z.data, this.#alone.z) || !equal(keep, this.#alone.keep)) {
      const held = { z: z.data.slice(), keep: keep.slice() };
      const { data, dims } = await unmixed(this.decoder, z, this.keep);
      this.#alone = { ...held, pictures: tensor(data, dims) };
    }
    const weights = { data: Float32Array.from(ways.flat()), dims: [ways.length, z.dims[0]] };
    return (await graph.run({ pictures: this.#alone.pictures, weights, ground: this.ground })).picture.data;
  }

  /**
   * The blend graph's inputs. Their tensors are kept; only what changed since the last call is written.
   * @param {Values} values
   * @param {Method["means"]} means
   */
  feeds({ rows, shares, theta, n, seed, depth, draws }, means) {
    const held = this.heldFor(rows, means);
    held.weights.data.set(shares);
    theta.rows(rows, this.latent, held.theta.data);
    held.depth.data[0] = depth;
    return { ...held, noise: draws ? tensor(draws, [n, this.latent]) : this.noise(seed, n), code: this.code };
  }

  /**
   * @param {number[]} rows
   * @param {Method["means"]} means
   */
  heldFor(rows, means) {
    const key = `${rows.join()} ${means}`;
    if (this.#held?.key === key) return this.#held.feeds;
    const dims = [rows.length, this.latent];
    const feeds = {
      weights: tensor(new Float32Array(rows.length), [rows.length]),
      theta: tensor(new Float32Array(rows.length * this.latent), dims),
      mean: tensor(takeRows(means === "biggest" && this.biggest ? this.biggest : this.mean, rows).data, dims),
      std: tensor(takeRows(this.std, rows).data, dims),
      depth: tensor(new Float32Array(1), []),
    };
    this.#held = { key, feeds };
    return feeds;
  }

  /**
   * Standard normal draws (n, latent).
   * @param {number} seed
   * @param {number} n
   */
  noise(seed, n) {
    const key = `${seed} ${n}`;
    if (this.#noise?.key !== key) this.#noise = { key, draws: tensor(normal(seed, n, this.latent), [n, this.latent]) };
    return this.#noise.draws;
  }
}
