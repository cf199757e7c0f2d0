// All points as one image, written pixel by pixel: 60,000 of them in a few milliseconds without any GPU.

import { stampOf } from "./stamps.js";

const BUCKETS = 512;
export const SHADES = 8; // steps from far to near in 3-D

export class Cloud {
  /** @param {HTMLCanvasElement} canvas covers the stage, opaque */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.image = null;
  }

  /** CSS size and the screen's pixels a CSS pixel. */
  resize(width, height, ratio) {
    this.ratio = ratio;
    const [wide, high] = [Math.max(Math.round(width * ratio), 1), Math.max(Math.round(height * ratio), 1)];
    if (this.image && this.image.width === wide && this.image.height === high) return;
    this.canvas.width = wide;
    this.canvas.height = high;
    this.image = this.context.createImageData(wide, high);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /**
   * Draws the points, dimmed ones first, far ones before near ones.
   * @param {object} scene
   * @param {Float32Array} scene.xs, scene.ys CSS pixels
   * @param {Float32Array|null} scene.depth 0 far .. 1 near; null in 2-D
   * @param {Int16Array} scene.y class of each point
   * @param {Uint8Array} scene.level 0 dimmed, 1 shown
   * @param {{shown: Uint32Array, dimmed: Uint32Array, symbols: string[], background: number}} scene.paints
   *   colours as 0xAABBGGRR, SHADES a class
   * @param {number} scene.radius CSS pixels
   * @param {{across: number[][], up: number[][]}|null} scene.grid lines below the points, [value, CSS pixel]
   */
  draw(scene) {
    this.pixels.fill(scene.paints.background);
    if (scene.grid) this.lines(scene.grid, scene.paints.line);
    const order = scene.depth ? this.sorted(scene.depth) : null;
    const stamps = scene.paints.symbols.map((symbol) => this.stamps(symbol, scene.radius, Boolean(order)));
    const anyDimmed = scene.level.includes(0);
    if (anyDimmed) this.pass(scene, order, stamps, 0, scene.paints.dimmed, 0.45);
    this.pass(scene, order, stamps, 1, scene.paints.shown, 0.9);
    this.context.putImageData(this.image, 0, 0);
  }

  lines({ across, up }, colour) {
    const { width, height } = this.image;
    for (const [, y] of up) {
      const line = Math.floor(y * this.ratio);
      if (line >= 0 && line < height) this.pixels.fill(colour, line * width, (line + 1) * width);
    }
    for (const [, x] of across) {
      const column = Math.floor(x * this.ratio);
      if (column < 0 || column >= width) continue;
      for (let at = column; at < this.pixels.length; at += width) this.pixels[at] = colour;
    }
  }

  stamps(symbol, radius, deep) {
    const grow = (shade) => (deep ? 0.7 + (0.65 * shade) / (SHADES - 1) : 1);
    return Array.from({ length: SHADES }, (_, shade) => stampOf(symbol, Math.max(radius * grow(shade) * this.ratio, 0.7)));
  }

  pass({ xs, ys, depth, y, level }, order, stamps, wanted, colours, strength) {
    const { pixels, ratio } = this;
    const { width, height } = this.image;
    const n = xs.length;
    for (let step = 0; step < n; step++) {
      const i = order ? order[step] : step;
      if (level[i] !== wanted) continue;
      const shade = depth ? (depth[i] * (SHADES - 1) + 0.5) | 0 : SHADES - 1;
      const stamp = stamps[y[i]][shade];
      const x = Math.floor(xs[i] * ratio);
      const top = Math.floor(ys[i] * ratio);
      if (!(x > -stamp.reach && top > -stamp.reach && x < width + stamp.reach && top < height + stamp.reach)) continue;
      const inside = x >= stamp.reach && top >= stamp.reach && x < width - stamp.reach && top < height - stamp.reach;
      const colour = colours[y[i] * SHADES + shade];
      const redBlue = colour & 0xff00ff;
      const green = colour & 0xff00;
      const { dx, dy, cover } = stamp;
      for (let p = 0; p < dx.length; p++) {
        const px = x + dx[p];
        const py = top + dy[p];
        if (!inside && (px < 0 || py < 0 || px >= width || py >= height)) continue;
        const at = py * width + px;
        const over = (cover[p] * strength) | 0;
        const under = 256 - over;
        const old = pixels[at];
        const rb = ((Math.imul(old & 0xff00ff, under) + Math.imul(redBlue, over)) >>> 8) & 0xff00ff;
        const g = ((Math.imul(old & 0xff00, under) + Math.imul(green, over)) >>> 8) & 0xff00;
        pixels[at] = 0xff000000 | rb | g;
      }
    }
  }

  /** Rows from far to near, by counting: the order inside one of the 512 slices does not show. */
  sorted(depth) {
    const n = depth.length;
    if (this.order?.length !== n) this.order = new Int32Array(n);
    const starts = new Int32Array(BUCKETS + 1);
    for (let i = 0; i < n; i++) starts[((depth[i] * (BUCKETS - 1)) | 0) + 1]++;
    for (let b = 0; b < BUCKETS; b++) starts[b + 1] += starts[b];
    for (let i = 0; i < n; i++) this.order[starts[(depth[i] * (BUCKETS - 1)) | 0]++] = i;
    return this.order;
  }
}

/** Radius of a point in CSS pixels: larger where there are few, growing slowly with the zoom. */
export function radiusFor(points, width, height, zoom) {
  const alone = Math.sqrt((width * height) / Math.max(points, 1));
  return Math.min(Math.max(0.34 * alone, 1.35), 6) * Math.min(Math.max(zoom, 1) ** 0.45, 3.2) ** (alone > 12 ? 0.4 : 1);
}
