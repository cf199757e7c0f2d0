// All points as one image, written pixel by pixel: 60,000 of them in a few milliseconds without any GPU.

import { channelsOf, colourOf, inSymbol, symbolOf } from "../ui/colours.js";

const BUCKETS = 512; // slices of depth
const FINE = 6; // parts of a pixel's side by which a symbol's edge is made soft
const SHADES = 8; // steps of colour and size from far to near in 3-D

/**
 * @typedef {object} Palette the colours of points, as 0xAABBGGRR
 * @property {Uint32Array} shown (classes * SHADES,)
 * @property {Uint32Array} dimmed (classes * SHADES,)
 * @property {number} background
 * @property {number} line of the grid
 * @property {string[]} symbols one per class
 *
 * @typedef {object} Scene
 * @property {Float32Array} xs (n,) CSS pixels
 * @property {Float32Array} ys (n,)
 * @property {Float32Array|null} depth (n,) 0 far .. 1 near; null in 2-D
 * @property {Int16Array} y (n,) class of each point
 * @property {Uint8Array} level (n,) 0 dimmed, 1 shown
 * @property {Palette} palette
 * @property {number} radius CSS pixels
 * @property {{across: number[][], up: number[][]}|null} grid lines below the points, [value, CSS pixel]
 */

/** The opaque canvas that holds the points. */
export class Scatter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.ratio = 1;
    /** @type {ImageData} */
    this.image = null;
    this.pixels = new Uint32Array(0);
    this.order = new Int32Array(0);
  }

  /** CSS size, and device pixels per CSS pixel. @param {number} width @param {number} height @param {number} ratio */
  resize(width, height, ratio) {
    this.ratio = ratio;
    const [wide, high] = [Math.max(Math.round(width * ratio), 1), Math.max(Math.round(height * ratio), 1)];
    if (this.image && this.image.width === wide && this.image.height === high) return;
    this.canvas.width = wide;
    this.canvas.height = high;
    this.image = this.context.createImageData(wide, high);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** Draws the points, dimmed ones first, far ones before near ones. @param {Scene} scene */
  draw(scene) {
    this.pixels.fill(scene.palette.background);
    if (scene.grid) this.lines(scene.grid, scene.palette.line);
    const order = scene.depth ? this.sorted(scene.depth) : null;
    const stamps = scene.palette.symbols.map((symbol) => this.stamps(symbol, scene.radius, Boolean(order)));
    const anyDimmed = scene.level.includes(0);
    if (anyDimmed) this.pass(scene, order, stamps, 0, scene.palette.dimmed, 0.45);
    this.pass(scene, order, stamps, 1, scene.palette.shown, 0.9);
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
    if (this.order.length !== n) this.order = new Int32Array(n);
    const starts = new Int32Array(BUCKETS + 1);
    for (let i = 0; i < n; i++) starts[((depth[i] * (BUCKETS - 1)) | 0) + 1]++;
    for (let b = 0; b < BUCKETS; b++) starts[b + 1] += starts[b];
    for (let i = 0; i < n; i++) this.order[starts[(depth[i] * (BUCKETS - 1)) | 0]++] = i;
    return this.order;
  }
}

/**
 * Radius of a point in CSS pixels: larger where there are few, growing slowly with the zoom.
 * @param {number} points
 * @param {number} width
 * @param {number} height
 * @param {number} zoom
 */
export function radiusFor(points, width, height, zoom) {
  const alone = Math.sqrt((width * height) / Math.max(points, 1));
  return Math.min(Math.max(0.34 * alone, 1.35), 6) * Math.min(Math.max(zoom, 1) ** 0.45, 3.2) ** (alone > 12 ? 0.4 : 1);
}

const rasterised = new Map();

/**
 * The pixels of a symbol around its centre, so that thousands of points cost no canvas calls.
 * @param {string} symbol of ui/colours.js
 * @param {number} radius in canvas pixels
 * @returns {{dx: Int16Array, dy: Int16Array, cover: Uint16Array, reach: number}} cover 1..256; reach in pixels
 */
function stampOf(symbol, radius) {
  const key = `${symbol} ${radius.toFixed(1)}`;
  if (!rasterised.has(key)) rasterised.set(key, rasterise(symbol, radius));
  return rasterised.get(key);
}

/** Counted by hand: browsers that guard against fingerprints give noise to whoever reads a canvas. */
function rasterise(symbol, radius) {
  const reach = Math.ceil(radius * 1.3) + 1;
  const found = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      let inside = 0;
      for (let part = 0; part < FINE * FINE; part++) {
        const [right, down] = [(part % FINE) - (FINE - 1) / 2, Math.floor(part / FINE) - (FINE - 1) / 2];
        inside += Number(inSymbol(symbol, (x + right / FINE) / radius, (y + down / FINE) / radius));
      }
      const cover = Math.round((256 * inside) / FINE ** 2);
      if (cover > 8) found.push([x, y, cover]);
    }
  }
  return {
    dx: Int16Array.from(found, ([x]) => x),
    dy: Int16Array.from(found, ([, y]) => y),
    cover: Uint16Array.from(found, ([, , cover]) => cover),
    reach,
  };
}

/**
 * The points' colours on the theme's ground: each class shown and dimmed, nearer and farther.
 * @param {number} classes
 * @param {[number, number, number]} ground the background's red, green, blue
 * @param {[number, number, number]} line the grid lines' colour
 * @returns {Palette}
 */
export function paletteFor(classes, ground, line) {
  const shown = new Uint32Array(classes * SHADES);
  const dimmed = new Uint32Array(classes * SHADES);
  for (let index = 0; index < classes; index++) {
    const colour = channelsOf(colourOf(index));
    for (let shade = 0; shade < SHADES; shade++) {
      const far = 0.5 * (1 - shade / (SHADES - 1));
      shown[index * SHADES + shade] = packed(mix(colour, ground, far));
      dimmed[index * SHADES + shade] = packed(mix(colour, ground, 0.72 + 0.2 * far));
    }
  }
  return { shown, dimmed, background: packed(ground), line: packed(mix(line, ground, 0.55)), symbols: Array.from({ length: classes }, (_, i) => symbolOf(i)) };
}

/**
 * Red, green, blue (0..255) of an opaque CSS colour; a canvas spells every one of them as #rrggbb.
 * @param {string} text
 * @returns {[number, number, number]}
 */
export function readColour(text) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = text;
  return channelsOf(String(context.fillStyle));
}

function mix(colour, ground, share) {
  return colour.map((value, i) => Math.round(value + (ground[i] - value) * share));
}

function packed([red, green, blue]) {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
