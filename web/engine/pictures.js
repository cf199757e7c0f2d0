// The four pictures of a mix and their evidence: the blend, three other ways to average the same classes, and the judge.

import { joined, takeRows } from "./arrays.js";
import { withGroups, withPictures } from "./groups.js";
import { decimals, t } from "./language.js";
import { sharesWithout } from "./mix.js";
import { Model, loadMethod } from "./model.js";
import { loadGraph, sharedGraph, tensor } from "./runner.js";
import { fetchArrays } from "./safetensors.js";
import { Shortcut } from "./shortcut.js";
import { Theta } from "./theta.js";
import { judgeUrl, meansUrl } from "./urls.js";

/**
 * @typedef {import("./props.d.ts").BlendProps} BlendProps
 * @typedef {"blend"|"centre"|"eigen"|"plain"} Part one of the four pictures: the blend by the recipe's method; the mix
 *   as one averaged latent code; the same on the dataset's linear model; the weighted mean of the classes' mean pictures
 * @typedef {import("./arrays.js").Floats} Floats
 * @typedef {import("./runner.js").Graph} Graph
 *
 * @typedef {object} Values what one set of pictures is made from
 * @property {number[]} rows classes with a share, by index; groups follow the dataset's classes
 * @property {number[]} shares of the rows, sum 1
 * @property {Theta} theta
 * @property {number} n draws
 * @property {number} seed
 * @property {number} depth
 * @property {number} k components that the linear model uses
 * @property {string} method
 * @property {Float32Array} [draws] (n, latent) in place of those of the seed
 * @property {import("./where.js").Where} [where] paint, which counts for the blend alone
 * @property {boolean} [moving] a shortcut with the same result up to rounding may be taken
 */

/**
 * The loaded graphs and arrays of one dataset and model. What `openRest` loads is undefined until it is there; methods are
 * loaded when they are needed, or by `openMethods`.
 */
export class PictureMaker {
  /** Those that are loaded, by name. @type {Record<string, import("./model.js").Method>} */
  methods = {};
  /** A sentence per part that could not be loaded. @type {string[]} */
  failures = [];
  /** The method of the small pictures. @type {import("./model.js").Method|undefined} */
  centre;
  /** The dataset's linear model; null without one. @type {Model|null|undefined} */
  linear;
  /** The plain average's graph and the classes' mean pictures. @type {{graph: Graph, pictures: Floats}|undefined} */
  means;
  /** null where the dataset has none. @type {Graph|null|undefined} */
  judge;
  /** @type {Graph|null|undefined} */
  sharpness;
  /** Pictures (classes, channels, height, width) of the class centroids. @type {Floats|undefined} */
  centroids;
  /** The plain average's inputs as they were last. @type {{key: string, feeds: Record<"weights"|"pictures", Floats>}|undefined} */
  averaged;
  /** What the sharpness of real pictures is measured by. @type {Floats|undefined} */
  real;

  /**
   * Loads what the blend needs.
   * @param {BlendProps} props
   * @param {string} method the blending method to have ready
   * @param {(sentence: string) => void} [onProgress]
   * @throws {import("./files.js").FileError} a file is missing or damaged
   */
  static async open(props, method, onProgress) {
    /** @type {Parameters<typeof Model.open>[1]} */
    const tell = onProgress && ((name, received, total) => onProgress(progressWords(name, received, total)));
    const [model] = await Promise.all([
      Model.open(props.model, tell),
      sharedGraph(`blend_${method}`),
    ]);
    const maker = new PictureMaker(props, withGroups(model, momentsOf(props, props.model.slug)));
    await maker.need(method);
    return maker;
  }

  /**
   * @param {BlendProps} props
   * @param {Model} model its classes followed by the groups
   */
  constructor(props, model) {
    this.props = props;
    this.model = model;
    this.unjudged = props.dataset.unjudged; // why nothing is said about what is in the picture
  }

  /** Has a blending method ready. @param {string} name */
  async need(name) {
    const facts = this.props.methods.find((one) => one.name === name);
    if (!facts) throw new Error(`There is no blending method ${name}.`);
    this.methods[name] ??= await loadMethod(facts, this.model);
  }

  /**
   * Loads the rest; a part that fails is left out and its sentence stands in `failures`.
   * @param {(part: string) => void} onPart called when a part is there, or has failed
   */
  async openRest(onPart) {
    const { props } = this;
    const part = (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ load) => this.part(name, load, onPart);
    await Promise.all([
      part("centre", async () => {
        await this.need(props.centre);
        this.centre = this.methods[props.centre];
      }),
      part("linear", async () => (this.linear = await this.openLinear())),
      part("means", async () => {
        const [graph, { pictures }] = await Promise.all([sharedGraph("plain_average"), fetchArrays(meansUrl(props.dataset.slug))]);
        this.means = { graph, pictures: withPictures(pictures, props.groups) };
      }),
      this.openReading(onPart),
    ]);
    await part("shortcut", () => this.openShortcut());
    await part("centroids", async () => (this.centroids = await this.model.centroids()));
  }

  /** Has every blending method ready, so that choosing one asks for nothing; one that fails says so when it is chosen. */
  async openMethods() {
    for (const { name } of this.props.methods) await this.need(name).catch(() => {});
  }

  /** Loads what pictures are read by; as `openRest`. @param {(part: string) => void} onPart */
  async openReading(onPart) {
    const { judge } = this.props.dataset;
    await Promise.all([
      this.part("judge", async () => (this.judge = await this.openJudge()), onPart),
      this.part("sharpness", async () => (this.sharpness = judge ? await sharedGraph("sharpness") : null), onPart),
    ]);
  }

  /** Has pictures mixed a second time where only amounts move. */
  async openShortcut() {
    // A linear decoder clips after mixing, not before it, so its pictures cannot be mixed a second time.
    if (!this.props.model.linear) this.model.shortcut = new Shortcut(this.model.decoder, await sharedGraph("mix_pictures"), this.model.ground.data);
  }

  /**
   * @param {string} name
   * @param {() => Promise<unknown>} load
   * @param {(part: string) => void} onPart
   */
  async part(name, load, onPart) {
    try {
      await load();
    } catch (error) {
      this.failures.push(sentenceOf(error));
    }
    onPart(name);
  }

  async openLinear() {
    const { linear } = this.props;
    return linear && withGroups(await Model.open(linear), momentsOf(this.props, linear.slug));
  }

  async openJudge() {
    const { dataset } = this.props;
    if (!dataset.judge) return null;
    try {
      return await loadGraph(judgeUrl(dataset.slug));
    } catch (error) {
      this.unjudged = t("{problem} Until then nothing is said about what is in the picture.", { problem: sentenceOf(error) });
      throw error;
    }
  }

  /** Whether a picture can be made already. @param {Part} part */
  has(part) {
    if (part === "plain") return Boolean(this.means);
    return part === "blend" || Boolean(this.centre && (part === "centre" || this.linear));
  }

  /**
   * The blend by the values' own method, with its place in the latent space.
   * @param {Values} values their method is loaded
   * @returns {Promise<{picture: Float32Array, place: Floats}>} pixels, and (1, latent)
   */
  blend(values) {
    return this.model.make(values, this.methods[values.method], this.components(values));
  }

  /**
   * One of the other pictures of the same mix.
   * @param {"centre"|"eigen"|"plain"} part one that `has` affirms
   * @param {Values} values
   * @returns {Promise<Float32Array>} pixels
   */
  async other(part, values) {
    if (part === "plain") return this.plainAverage(values);
    const centre = there(this.centre);
    return (await this.source(part).make({ ...this.fitting(part, values), moving: false }, centre, this.components(values, part))).picture;
  }

  /**
   * Pictures with one class of the mix taken out each.
   * @param {Part} part
   * @param {Values} values
   * @param {number[]} out places in values.rows
   * @returns {Promise<Float32Array>} (out, pixels)
   */
  async without(part, values, out) {
    if (part === "blend") return this.model.without(values, this.methods[values.method], this.components(values), out);
    if (part !== "plain" && this.centre) {
      return this.source(part).without(this.fitting(part, values), this.centre, this.components(values, part), out);
    }
    const pictures = [];
    for (const place of out) pictures.push(await this.plainAverage({ ...values, shares: sharesWithout(values.shares, place) }));
    return joined(pictures);
  }

  /** The model that makes a picture. @param {Part} part */
  source(part) {
    return part === "eigen" && this.linear ? this.linear : this.model;
  }

  /**
   * The values as the other pictures take them: without paint, and for another model without the pattern of theta, which
   * is about the dimensions of the recipe's own model.
   * @param {Part} part
   * @param {Values} values
   * @returns {Values}
   */
  fitting(part, values) {
    const theta = this.source(part).slug === this.model.slug ? values.theta : new Theta(values.theta.scale);
    return { ...values, theta, where: undefined };
  }

  /**
   * Dimensions that are used: a linear model uses the first `k` of them; undefined means all.
   * @param {Values} values
   * @param {Part} [part]
   */
  components({ k }, part = "blend") {
    if (part === "eigen" || this.props.model.linear) return Math.min(k, this.source(part).latent);
    return undefined;
  }

  /** @param {Values} values */
  async plainAverage({ rows, shares }) {
    const { graph, pictures } = there(this.means);
    const key = rows.join();
    if (this.averaged?.key !== key) {
      const { data, dims } = takeRows(pictures, rows);
      this.averaged = { key, feeds: { weights: tensor(new Float32Array(rows.length), [rows.length]), pictures: tensor(data, dims) } };
    }
    this.averaged.feeds.weights.data.set(shares);
    return (await graph.run(this.averaged.feeds)).picture.data;
  }

  /**
   * The judge's bits (count, classes) of pictures (count, pixels).
   * @param {Float32Array} pictures
   * @param {number} count
   * @returns {Promise<Float32Array>}
   */
  async bits(pictures, count) {
    return (await there(this.judge).run({ pictures: this.shaped(pictures, count) })).bits.data;
  }

  /**
   * Sharpness, 0 to 1, of each of the pictures (count, pixels).
   * @param {Float32Array} pictures
   * @param {number} count
   * @returns {Promise<Float32Array>}
   */
  async crispness(pictures, count) {
    this.real ??= tensor(Float32Array.from(there(this.props.dataset.judge).real), [3]);
    return (await there(this.sharpness).run({ pictures: this.shaped(pictures, count), real: this.real, ground: this.model.ground })).sharpness.data;
  }

  /**
   * @param {Float32Array} data
   * @param {number} count
   */
  shaped(data, count) {
    return { data, dims: [count, ...this.props.dataset.shape] };
  }
}

/**
 * A part that was loaded.
 * @template T
 * @param {T} part
 * @returns {NonNullable<T>}
 */
function there(part) {
  if (!part) throw new Error("A part was used before it was loaded.");
  return part;
}

/** @param {unknown} error */
function sentenceOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The groups' moments in one model.
 * @param {BlendProps} props
 * @param {string} slug
 */
function momentsOf({ groups }, slug) {
  return groups.map((group) => group.moments[slug]);
}

/**
 * @param {string} name
 * @param {number} received bytes
 * @param {number} total 0 when not known
 */
function progressWords(name, received, total) {
  if (total > 0 && total < 1e5) return t("Loading {what} …", { what: name }); // "0.0 MB of 0.0 MB"
  const size = (/** @type {number} */ bytes) => decimals(bytes / 1e6, 1);
  return total
    ? t("Loading {name}: {received} MB of {total} MB", { name, received: size(received), total: size(total) })
    : t("Loading {name}: {received} MB", { name, received: size(received) });
}
