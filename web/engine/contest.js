// One recipe through many models: what each makes of it, its figures, and how the models stand. No page in it.

import { seenOf } from "./evidence.js";
import { t } from "./language.js";
import { LeaveOneOut } from "./leave_one_out.js";
import { PictureMaker } from "./pictures.js";
import { Theta } from "./theta.js";

/**
 * @typedef {import("./props.d.ts").CompareProps} CompareProps
 * @typedef {import("./props.d.ts").Entry} Entry
 * @typedef {import("./pictures.js").Values} Values
 *
 * @typedef {object} Figures what is read of one model's picture; undefined where there is no judge
 * @property {number} [count] classes of the blend that are in it; undefined while leave-one-out is being measured
 * @property {number} [of] classes of the blend that the judge knows
 * @property {number} [least] bits of the weakest of them
 * @property {string} [weakest] its name
 * @property {number} [sharpness] 0..1
 *
 * @typedef {Figures & {title: string, error: number|null, absent?: boolean}} Standing
 */

/** Kinds of latents as visitors read them. @type {Record<string, string>} */
const KINDS = { codes: t("codes##a kind of latents"), counts: t("counts##a kind of latents") };

/**
 * Why a model cannot blend as a recipe asks; "" where it can. latent_core/models/comparing.py says the same.
 * @param {Entry} entry
 * @param {{method: string, depth: number}} recipe
 * @param {Pick<CompareProps, "methods"|"depths">} props
 */
export function cannot({ model, averages_at }, { method, depth }, { methods, depths }) {
  const asked = methods.find((one) => one.name === method);
  if (asked?.latent && asked.latent !== model.kind) {
    return t("{method} is for models of {latent}, and {model} is none. Choose another blending method.", { method: asked.title, latent: KINDS[asked.latent] ?? asked.latent, model: model.title });
  }
  if (!asked?.uses_depth || averages_at.includes(depth)) return "";
  return t("{model} cannot average at {depth}. Choose another depth or blending method.", { model: model.title, depth: depths[depth] });
}

/** A model of the comparison at work, and what it made last. */
export class Contestant {
  /** Pixels of the last picture. @type {Float32Array|undefined} */
  picture;
  /** The values that it is of. @type {Values|undefined} */
  values;
  /** The judge's bits by part; here there is one part. @type {Record<string, Float32Array>} */
  bits = {};
  /** @type {Record<string, number>} */
  measured = {};
  /** @type {number|undefined} */
  sharpness;
  /** Leave-one-out, where every class of the dataset is in the blend. @type {{key: string, lost: LeaveOneOut}|undefined} */
  #measuring;

  /**
   * Loads what the model needs to blend and to be read.
   * @param {CompareProps} props
   * @param {Entry} entry
   * @param {string} method
   * @param {(sentence: string) => void} onProgress
   * @throws {import("./files.js").FileError} a file is missing or damaged
   */
  static async open(props, entry, method, onProgress) {
    const given = { ...props, model: entry.model, linear: null, centre: method, nonce: 0, told: "", picture: "", made: null, first: props.recipe, controls: [], moves: false };
    const maker = await PictureMaker.open(given, method, onProgress);
    await maker.openReading(() => {});
    await maker.openShortcut();
    return new Contestant(entry, maker, props);
  }

  /**
   * @param {Entry} entry
   * @param {PictureMaker} maker
   * @param {CompareProps} props
   */
  constructor(entry, maker, props) {
    this.entry = entry;
    this.maker = maker;
    this.props = props;
  }

  /**
   * Makes the picture of values and reads it.
   * @param {Values} values as the recipe's own model takes them; their method has to be there (`maker.need`)
   */
  async make(values) {
    const own = this.entry.model.slug === `${this.props.recipe.data}/${this.props.recipe.model}`;
    const fitting = own ? values : { ...values, theta: new Theta(values.theta.scale) };
    const { picture } = await this.maker.blend(fitting);
    const bits = this.maker.judge ? await this.maker.bits(picture, 1) : undefined;
    const sharp = this.maker.sharpness ? await this.maker.crispness(picture, 1) : undefined;
    [this.picture, this.values, this.measured, this.sharpness] = [picture, fitting, {}, sharp?.[0]];
    this.bits = bits ? { blend: bits } : {};
    return picture;
  }

  /** Rows of the last blend that the judge knows. */
  get judged() {
    return this.values?.rows.filter((row) => row < this.props.dataset.classes.length) ?? [];
  }

  /** Leave-one-out, which tells presence where no class is left out; null where bits alone do. */
  get lost() {
    const { judged, values } = this;
    if (!values || !this.bits.blend || judged.length < this.props.dataset.classes.length || judged.length < 2) return null;
    const key = `${values.rows.join()} ${values.method}`;
    if (this.#measuring?.key !== key) this.#measuring = { key, lost: new LeaveOneOut(judged.map((row) => values.rows.indexOf(row)), judged) };
    return this.#measuring.lost;
  }

  /**
   * Goes on with leave-one-out of the last picture.
   * @param {number} room ms
   * @returns {Promise<boolean>} whether nothing is left to measure
   */
  async measure(room) {
    const { lost, values, bits, measured } = this;
    if (!lost || !values) return true;
    const { maker } = this;
    const made = {
      without: (/** @type {string} */ _, /** @type {Values} */ of, /** @type {number[]} */ out) => maker.without("blend", of, out),
      bits: (/** @type {Float32Array} */ pictures, /** @type {number} */ count) => maker.bits(pictures, count),
    };
    return lost.some("blend", { values, bits, measured }, made, room);
  }

  /** @returns {Figures} */
  get figures() {
    const bits = this.bits.blend;
    const { judged, lost, sharpness } = this;
    if (!bits || !judged.length) return { sharpness };
    const weakest = judged.reduce((least, row) => (bits[row] < bits[least] ? row : least));
    const known = !lost || lost.of("blend");
    const count = known ? seenOf(bits, judged, lost && lost.of("blend")).length : undefined;
    return { count, of: judged.length, least: bits[weakest], weakest: this.props.dataset.classes[weakest], sharpness };
  }
}

/** Best first, by what they are sorted by; those without a figure come last, equal ones by their title. */
const RANKS = {
  present: (/** @type {Standing} */ one) => [-(one.count ?? -1), -(one.least ?? -Infinity)],
  sharpness: (/** @type {Standing} */ one) => [-(one.sharpness ?? -Infinity)],
  error: (/** @type {Standing} */ one) => [one.error ?? Infinity],
  name: () => [],
};

/**
 * The order in which models stand.
 * @param {Standing[]} standings
 * @param {keyof typeof RANKS} sort
 * @returns {number[]} places in `standings`
 */
export function ranked(standings, sort) {
  const ranks = standings.map((one) => [Number(Boolean(one.absent)), ...RANKS[sort](one)]);
  const titles = standings.map(({ title }) => title);
  return standings
    .map((_, i) => i)
    .sort((a, b) => {
      const at = ranks[a].findIndex((rank, i) => rank !== ranks[b][i]);
      return at < 0 ? titles[a].localeCompare(titles[b], "en", { numeric: true }) : ranks[a][at] < ranks[b][at] ? -1 : 1;
    });
}
