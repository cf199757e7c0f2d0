// A way through real latents: the shortest path in a graph in which each is joined to those nearest to it.

import { nearestRows } from "./axes.js";
import { takeRows } from "./arrays.js";

/** @typedef {import("./arrays.js").Floats} Floats */

const MOST = 1500; // latents that a graph joins; of more, every so manieth is taken
const NEIGHBOURS = 10;

/** Latents, each joined to those nearest to it; the length of a hop is its squared distance, which favours many short ones. */
export class Neighbourhood {
  /** @param {Floats} latents (rows, latent) */
  constructor(latents) {
    const [rows] = latents.dims;
    const every = Math.max(1, rows / MOST);
    /** @type {number[]} the rows that are in it */
    this.rows = Array.from({ length: Math.min(rows, MOST) }, (_, i) => Math.floor(i * every));
    this.points = takeRows(latents, this.rows);
    /** @type {Map<number, number>[]} of each point, the length of the hop to each that it is joined to */
    this.hops = this.rows.map(() => new Map());
    this.joined = 0;
  }

  /** Joins more of the points, for about `room` ms; whether all are joined. @param {number} room */
  grow(room) {
    const end = performance.now() + room;
    while (!this.whole && performance.now() < end) this.join(this.joined++);
    return this.whole;
  }

  /** Whether all points are joined. */
  get whole() {
    return this.joined === this.rows.length;
  }

  /** @param {number} index */
  join(index) {
    const point = this.pointAt(index);
    for (const other of nearestRows(point, this.points, NEIGHBOURS + 1)) {
      if (other === index) continue;
      const length = squared(point, this.pointAt(other));
      this.hops[index].set(other, length);
      this.hops[other].set(index, length);
    }
  }

  /** @param {number} index */
  pointAt(index) {
    const width = this.points.dims[1];
    return this.points.data.subarray(index * width, (index + 1) * width);
  }

  /**
   * The points of the shortest way from one latent to another, both included; null where none leads there.
   * @param {Float32Array} from
   * @param {Float32Array} to
   * @returns {Float32Array[]|null}
   */
  way(from, to) {
    const size = this.rows.length;
    const begin = new Map(this.entries(from));
    const end = new Map(this.entries(to));
    const length = new Float64Array(size).fill(Infinity);
    const before = new Int32Array(size).fill(-1);
    const done = new Uint8Array(size);
    for (const [index, hop] of begin) length[index] = hop;
    let [best, last] = [squared(from, to), -1]; // at once, where the two are each other's neighbours
    if (!this.near(from, to)) best = Infinity;
    for (;;) {
      let at = -1;
      for (let i = 0; i < size; i++) if (!done[i] && length[i] < (at < 0 ? best : length[at])) at = i;
      if (at < 0) break;
      done[at] = 1;
      const hop = end.get(at);
      if (hop !== undefined && length[at] + hop < best) [best, last] = [length[at] + hop, at];
      for (const [other, step] of this.hops[at]) {
        if (length[at] + step < length[other]) [length[other], before[other]] = [length[at] + step, at];
      }
    }
    if (best === Infinity) return null;
    const points = [to];
    for (let at = last; at >= 0; at = before[at]) points.unshift(this.pointAt(at));
    return [from, ...points];
  }

  /** Hops from a latent into the graph. @param {Float32Array} place @returns {[number, number][]} */
  entries(place) {
    return nearestRows(place, this.points, NEIGHBOURS).map((index) => [index, squared(place, this.pointAt(index))]);
  }

  /** Whether no point of the graph is nearer to one than the other is. @param {Float32Array} from @param {Float32Array} to */
  near(from, to) {
    const [first] = nearestRows(from, this.points, 1);
    return first === undefined || squared(from, to) <= squared(from, this.pointAt(first));
  }
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function squared(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/**
 * The place at a share of a way's length.
 * @param {Float32Array[]} points of the way
 * @param {number} share 0 to 1
 * @returns {Float32Array}
 */
export function alongWay(points, share) {
  const lengths = points.slice(1).map((point, i) => Math.sqrt(squared(points[i], point)));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (let i = 0; i < lengths.length; i++) {
    if (left < lengths[i]) return between(points[i], points[i + 1], left / lengths[i]);
    left -= lengths[i];
  }
  return points[points.length - 1];
}

/**
 * So much of the way from one latent to another, in a straight line; exactly these at 0 and at 1.
 * @param {ArrayLike<number>} from
 * @param {ArrayLike<number>} to
 * @param {number} share
 */
export function between(from, to, share) {
  return Float32Array.from(from, (value, i) => (1 - share) * value + share * to[i]);
}
