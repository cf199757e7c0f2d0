// From places on a map to pixels and back: pan and zoom in two dimensions, an orbit with perspective in three.

const PERSPECTIVE = 0.28; // a point in front is drawn up to 1 / (1 - PERSPECTIVE) times larger
const MARGIN = [30, 58]; // CSS pixels left free beside, and above and below the points at first: buttons and axes are there
const CLOSEST = 400;
const FARTHEST = 0.4;

/** Looks at the map: `target` is the place in the middle of the screen, `yaw` and `pitch` turn the cloud (radians). */
export class Camera {
  constructor() {
    this.dims = 2;
    this.width = 1;
    this.height = 1;
    this.box = { low: [-1, -1, -1], high: [1, 1, 1], reach: 1 };
    /** Width and height of all points in map units, as they are seen at first. */
    this.extent = [1, 1];
    this.target = [0, 0, 0];
    this.reach = 1;
    this.yaw = 0;
    this.pitch = 0;
    this.zoom = 1;
    this.reset();
  }

  /**
   * Other points.
   * @param {Float32Array} places (n, dims)
   * @param {number} dims 2 or 3
   */
  frame(places, dims) {
    this.dims = dims;
    this.box = boxOf(places, dims);
    this.reset();
    this.extent = this.extentOf(places);
  }

  extentOf(places) {
    const n = places.length / this.dims;
    const [xs, ys, depth] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
    this.extent = [1, 1];
    const scale = this.scale;
    this.project(places, xs, ys, depth);
    let [wide, high] = [1e-6, 1e-6];
    for (let i = 0; i < n; i++) {
      wide = Math.max(wide, Math.abs(xs[i] - this.width / 2));
      high = Math.max(high, Math.abs(ys[i] - this.height / 2));
    }
    return [(2 * wide) / scale, (2 * high) / scale];
  }

  /** Puts every point in view, seen from the front and a little above in 3-D. */
  reset() {
    const { low, high } = this.box;
    this.target = low.map((value, axis) => (value + high[axis]) / 2);
    this.reach = this.box.reach;
    this.yaw = 0.6;
    this.pitch = 0.35;
    this.zoom = 1;
  }

  /** The screen's size in CSS pixels. @param {number} width @param {number} height */
  resize(width, height) {
    this.width = width;
    this.height = height;
  }

  /** CSS pixels per map unit, in the plane through the target. */
  get scale() {
    const wide = Math.max(this.width - 2 * MARGIN[0], 40);
    const high = Math.max(this.height - 2 * MARGIN[1], 40);
    return Math.min(wide / this.extent[0], high / this.extent[1]) * this.zoom;
  }

  /**
   * Screen places of all points.
   * @param {Float32Array} places (n, dims)
   * @param {Float32Array} xs (n,) CSS pixels, filled here
   * @param {Float32Array} ys (n,) filled here
   * @param {Float32Array} depth (n,) 0 far .. 1 near, filled here in 3-D
   */
  project(places, xs, ys, depth) {
    const n = xs.length;
    const scale = this.scale;
    const left = this.width / 2;
    const top = this.height / 2;
    const [t0, t1, t2] = this.target;
    if (this.dims === 2) {
      for (let i = 0, at = 0; i < n; i++, at += 2) {
        xs[i] = left + (places[at] - t0) * scale;
        ys[i] = top - (places[at + 1] - t1) * scale;
      }
      return;
    }
    const [a, b, c, d, e, f, g, h, k] = this.rotation();
    const flatten = PERSPECTIVE / this.reach;
    for (let i = 0, at = 0; i < n; i++, at += 3) {
      const x = places[at] - t0;
      const y = places[at + 1] - t1;
      const z = places[at + 2] - t2;
      const near = (g * x + h * y + k * z) * flatten;
      const grow = scale / (1 - Math.min(near, 0.7));
      xs[i] = left + (a * x + b * y + c * z) * grow;
      ys[i] = top - (d * x + e * y + f * z) * grow;
      depth[i] = Math.min(Math.max(0.5 + near / (2 * PERSPECTIVE), 0), 1);
    }
  }

  /** Pixel [x, y] of one place. @param {ArrayLike<number>} place @returns {[number, number]} */
  toScreen(place) {
    const xs = new Float32Array(1);
    const ys = new Float32Array(1);
    this.project(Float32Array.from(place).subarray(0, this.dims), xs, ys, new Float32Array(1));
    return [xs[0], ys[0]];
  }

  /**
   * The place under a pixel; in 3-D the one on the plane through the target that faces the viewer.
   * @param {number} x
   * @param {number} y
   * @returns {number[]} (dims,)
   */
  toPlace(x, y) {
    const right = (x - this.width / 2) / this.scale;
    const up = (this.height / 2 - y) / this.scale;
    if (this.dims === 2) return [this.target[0] + right, this.target[1] + up];
    const [a, b, c, d, e, f] = this.rotation();
    return [a * right + d * up, b * right + e * up, c * right + f * up].map((value, axis) => value + this.target[axis]);
  }

  /** Moves the map by CSS pixels. @param {number} dx @param {number} dy */
  pan(dx, dy) {
    const here = this.toPlace(0, 0);
    const there = this.toPlace(dx, dy);
    this.target = this.target.map((value, axis) => value + (here[axis] ?? 0) - (there[axis] ?? 0));
  }

  /** Turns the cloud by a drag of CSS pixels. @param {number} dx @param {number} dy */
  turn(dx, dy) {
    this.yaw += dx * 0.008;
    this.pitch = Math.min(Math.max(this.pitch + dy * 0.008, -Math.PI / 2), Math.PI / 2);
  }

  /** Zooms so that what is under the pixel stays there. @param {number} factor @param {number} [x] @param {number} [y] */
  zoomAt(factor, x = this.width / 2, y = this.height / 2) {
    const before = this.toPlace(x, y);
    this.zoom = Math.min(Math.max(this.zoom * factor, FARTHEST), CLOSEST);
    const after = this.toPlace(x, y);
    this.target = this.target.map((value, axis) => value + (before[axis] ?? 0) - (after[axis] ?? 0));
  }

  /** Rotation as nine numbers, rows first: right, up, towards the viewer. */
  rotation() {
    const [cy, sy, cp, sp] = [Math.cos(this.yaw), Math.sin(this.yaw), Math.cos(this.pitch), Math.sin(this.pitch)];
    return [cy, 0, sy, sp * sy, cp, -sp * cy, -cp * sy, sp, cp * cy];
  }
}

/** Low and high corner of places, three numbers each, and how far the farthest is from the middle. */
function boxOf(places, dims) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < places.length; i++) {
    const axis = i % dims;
    if (places[i] < low[axis]) low[axis] = places[i];
    if (places[i] > high[axis]) high[axis] = places[i];
  }
  const known = (value) => (Number.isFinite(value) ? value : 0);
  const middle = low.map((value, axis) => known((value + high[axis]) / 2));
  let farthest = 1e-9;
  for (let at = 0; at < places.length; at += dims) {
    let square = 0;
    for (let axis = 0; axis < dims; axis++) square += (places[at + axis] - middle[axis]) ** 2;
    if (square > farthest) farthest = square;
  }
  return { low: low.map(known), high: high.map(known), reach: Math.sqrt(farthest) };
}
