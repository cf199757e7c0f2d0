// What is made from one set of values: the blend and its evidence at once, and everything else by jobs in later frames.

import { joined } from "../engine/arrays.js";
import { LeaveOneOut } from "../engine/leave_one_out.js";
import { expose } from "../ui/for_tests.js";

/**
 * @typedef {import("../engine/pictures.js").PictureMaker} PictureMaker
 * @typedef {import("../engine/pictures.js").Part} Part
 * @typedef {import("../engine/pictures.js").Values} Values
 * @typedef {import("../engine/mix.js").Mix} Mix
 *
 * @typedef {object} Surfaces where a rendering is drawn
 * @property {(part: Part, pixels: Float32Array, shape: [number, number, number]) => void} draw
 * @property {() => import("../engine/places.js").Places|null} places of the map that is shown
 * @property {(place: number[], shares: number[]) => void} mark moves the map's marker
 */

export const PARTS = /** @type {const} */ (["blend", "centre", "eigen", "plain"]);

/** Draws the newest values and remembers, between frames, how far leave-one-out got. */
export class Painter {
  /** @param {Surfaces} surfaces */
  constructor(surfaces) {
    this.surfaces = surfaces;
    /** @type {{maker: PictureMaker, key: string, lost: LeaveOneOut}|undefined} */
    this.measuring = undefined;
  }

  /**
   * Draws the blend of a mix and judges it; what follows is left in the rendering's `jobs`.
   * @param {PictureMaker} maker
   * @param {Mix} mix at least one class is chosen
   * @param {boolean} moving whether shortcuts may be taken; the picture that stays is made without, so that it has the
   *   same bits after a reload
   */
  async begin(maker, mix, moving) {
    const values = { ...valuesOf(mix, maker), moving };
    const { picture, place } = await maker.blend(values);
    const rendering = new Rendering(maker, values, picture, place);
    this.surfaces.draw("blend", picture, maker.props.dataset.shape);
    expose("pictures", { blend: picture, place: place.data, values }, moving); // what follows keeps its last values until then
    if (maker.judge) {
      await rendering.judge(["blend"]);
      rendering.lost = this.leaveOneOut(maker, rendering);
    }
    rendering.jobs = jobsOf(rendering, mix.shares, this.surfaces);
    return rendering;
  }

  /** The leave-one-out that goes on from the last frame's, or null where some class is not in the blend. */
  leaveOneOut(maker, { values: { rows }, judged }) {
    if (judged.length < maker.props.dataset.classes.length || judged.length < 2) return null;
    const key = rows.join();
    if (this.measuring?.maker !== maker || this.measuring.key !== key) {
      this.measuring = { maker, key, lost: new LeaveOneOut(judged.map((row) => rows.indexOf(row)), judged) };
    }
    return this.measuring.lost;
  }
}

/** The pictures and figures of one set of values, by part; parts appear as the jobs are done. */
export class Rendering {
  /**
   * @param {PictureMaker} maker
   * @param {Values} values
   * @param {Float32Array} picture the blend's pixels
   * @param {{data: Float32Array, dims: number[]}} place its latent (1, latent)
   */
  constructor(maker, values, picture, place) {
    this.maker = maker;
    this.values = values;
    this.place = place;
    /** @type {Partial<Record<Part, Float32Array>>} pixels */
    this.pictures = { blend: picture };
    /** @type {Partial<Record<Part, Float32Array>>} the judge's bits, one per class of the dataset */
    this.bits = {};
    /** @type {Partial<Record<Part, number>>} */
    this.sharpness = {};
    /** @type {Partial<Record<Part, number>>} classes that leave-one-out has measured for these values */
    this.measured = {};
    /** @type {LeaveOneOut|null} */
    this.lost = null;
    this.judged = values.rows.filter((row) => row < maker.props.dataset.classes.length); // groups are not judged
    /** @type {import("../ui/frame_budget.js").Job[]} */
    this.jobs = [];
    this.described = false;
  }

  /** Whether it is made to stay. */
  get resting() {
    return !this.values.moving;
  }

  /** Has pictures judged and their sharpness measured. @param {Part[]} parts that are there */
  async judge(parts) {
    const all = parts.length === 1 ? this.pictures[parts[0]] : joined(parts.map((part) => this.pictures[part]));
    const bits = await this.maker.bits(all, parts.length);
    const sharpness = this.maker.sharpness ? await this.maker.crispness(all, parts.length) : [];
    const classes = bits.length / parts.length;
    parts.forEach((part, i) => {
      this.bits[part] = bits.slice(i * classes, (i + 1) * classes);
      this.sharpness[part] = sharpness[i];
    });
    expose("pictures", { bits: this.bits.blend, bitsOf: this.bits, sharpness: this.sharpness });
  }

  /** Leave-one-out of a part, one number per class, once all classes are measured. @param {Part} part */
  lostOf(part) {
    return this.lost?.of(part) ?? null;
  }

  /**
   * The blend without one of its classes.
   * @param {number} row
   * @returns {Promise<{picture: Float32Array, bits: Float32Array|undefined}|null>} null where the row has no share, or
   *   nothing would be left
   */
  async without(row) {
    const place = this.values.rows.indexOf(row);
    if (place < 0 || this.values.rows.length < 2) return null;
    const picture = await this.maker.without("blend", this.values, [place]);
    return { picture, bits: this.bits.blend && (await this.maker.bits(picture, 1)) };
  }
}

/** What follows the blend, in order; `slow` is what frames may do without for a while. */
function jobsOf(rendering, shares, { draw, places, mark }) {
  const { maker, values } = rendering;
  const small = PARTS.filter((part) => part !== "blend" && maker.has(part));
  /** @type {import("../ui/frame_budget.js").Job[]} */
  const jobs = small.map((part) => ({
    name: part,
    step: async () => {
      rendering.pictures[part] = await maker.other(part, values);
      draw(part, rendering.pictures[part], maker.props.dataset.shape);
      expose("pictures", { [part]: rendering.pictures[part] });
      return true;
    },
  }));
  if (small.length && maker.judge) {
    jobs.push({
      name: "evidence",
      step: async () => {
        const made = small.filter((part) => rendering.pictures[part] && !rendering.bits[part]);
        if (made.length) await rendering.judge(made);
        return small.every((part) => rendering.bits[part]);
      },
    });
  }
  const shown = places();
  if (shown) {
    jobs.push({
      name: "marker",
      step: async () => {
        const marker = await shown.of(rendering.place);
        if (places() === shown) mark(marker, shares);
        expose("pictures", { marker });
        return true;
      },
    });
  }
  if (rendering.lost) {
    for (const part of ["blend", ...small]) {
      jobs.push({ name: `without ${part}`, slow: true, step: (room) => rendering.lost.some(part, rendering, maker, room) });
    }
  }
  return jobs;
}

/** The graphs' values of a mix; while the graph of its method is on its way, the method that was there first goes on. */
function valuesOf(mix, maker) {
  return mix.values(maker.methods[mix.rest.method] ? mix.rest.method : Object.keys(maker.methods)[0]);
}
