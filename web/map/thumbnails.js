// Pictures of rows: the sheet that holds a tile for each, and which tiles fit on the map in place of points.

import { colourOf } from "../ui/colours.js";

/** @import { Camera } from "./camera.js" */

export const SIZE = 30; // CSS pixels of a picture that stands for a point

/** All pictures of a dataset as one image; tile i is row i, line by line. */
export class Sheet {
  /**
   * @param {ImageBitmap} image
   * @param {number} columns tiles per line
   * @param {[number, number, number]} shape channels, height, width of a tile
   */
  constructor(image, columns, [, height, width]) {
    this.image = image;
    this.columns = columns;
    this.height = height;
    this.width = width;
  }

  /** Draws a row's tile at its own size, pixel for pixel. @param {HTMLCanvasElement} canvas @param {number} row */
  drawTile(canvas, row) {
    const { width, height } = this;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, width, height);
    this.draw(context, row, 0, 0, width, height);
  }

  /** Draws a row's tile into a rectangle of a context. */
  draw(context, row, x, y, wide, high) {
    const { width, height, columns } = this;
    context.imageSmoothingEnabled = false;
    context.drawImage(this.image, (row % columns) * width, Math.floor(row / columns) * height, width, height, x, y, wide, high);
  }
}

/** Pictures in place of points: as many as fit without covering each other, and the same ones while the map moves. */
export class PicturePoints {
  constructor() {
    this.key = "";
    /** @type {number[]} */
    this.rows = [];
  }

  /**
   * The rows whose pictures are drawn. In 2-D they belong to squares of the map itself, so that panning keeps them.
   * @param {Camera} camera
   * @param {{places: Float32Array}} layout
   * @param {Float32Array} xs CSS pixels
   * @param {Float32Array} ys
   * @param {Uint8Array} level 1 where a point stands out: those come first
   * @param {number} version of layout and levels: another one chooses anew
   * @returns {ArrayLike<number>}
   */
  choose(camera, layout, xs, ys, level, version) {
    if (camera.dims === 3) return onScreen(camera, xs, ys, level);
    const side = SIZE / 2 ** (Math.floor(4 * Math.log2(camera.scale)) / 4); // map units, in quarter-octave steps
    const key = `${side} ${version}`;
    if (key !== this.key) {
      this.key = key;
      this.rows = spaced(layout.places, level, side);
    }
    return this.rows;
  }

  /**
   * Draws them with a frame in their class's colour.
   * @param {CanvasRenderingContext2D} context
   * @param {ArrayLike<number>} rows
   * @param {Sheet} sheet
   * @param {{xs: Float32Array, ys: Float32Array, y: Int16Array, level: Uint8Array, width: number, height: number}} scene
   */
  draw(context, rows, sheet, { xs, ys, y, level, width, height }) {
    const [wide, high] = within(SIZE, sheet);
    for (const row of Array.from(rows)) {
      const [left, top] = [Math.round(xs[row] - wide / 2), Math.round(ys[row] - high / 2)];
      if (left < -SIZE || top < -SIZE || left > width || top > height) continue;
      context.globalAlpha = level[row] ? 1 : 0.25;
      context.fillStyle = colourOf(y[row]);
      context.fillRect(left - 1.5, top - 1.5, wide + 3, high + 3);
      sheet.draw(context, row, left, top, wide, high);
    }
    context.globalAlpha = 1;
  }
}

/**
 * Width and height of a picture whose longer side is that of a square.
 * @param {number} side
 * @param {{width: number, height: number}} picture
 * @returns {[number, number]} whole pixels, 1 or more
 */
export function within(side, { width, height }) {
  const scale = side / Math.max(width, height);
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Rows on the screen that stand out, one per square of the screen: the first that lies in it. */
function onScreen(camera, xs, ys, level) {
  const columns = Math.ceil(camera.width / SIZE);
  const taken = new Int32Array(columns * Math.ceil(camera.height / SIZE)).fill(-1);
  for (let i = 0; i < xs.length; i++) {
    if (xs[i] < 0 || ys[i] < 0 || xs[i] >= camera.width || ys[i] >= camera.height || !level[i]) continue;
    const cell = ((ys[i] / SIZE) | 0) * columns + ((xs[i] / SIZE) | 0);
    if (taken[cell] < 0) taken[cell] = i;
  }
  return taken.filter((row) => row >= 0);
}

/**
 * Rows whose squares do not overlap: each row that still finds room, those that stand out first.
 * @param {Float32Array} places (rows, 2)
 * @param {Uint8Array} level
 * @param {number} side of a square, in map units
 * @returns {number[]}
 */
export function spaced(places, level, side) {
  /** @type {Map<number, number>} the row in each square of a grid */
  const held = new Map();
  for (const wanted of [1, 0]) {
    for (let row = 0; row < level.length; row++) {
      if (level[row] !== wanted) continue;
      const [x, y] = [places[2 * row], places[2 * row + 1]];
      const [column, line] = [Math.floor(x / side), Math.floor(y / side)];
      if (!held.has(column * 1e6 + line) && free(held, places, x, y, column, line, side)) held.set(column * 1e6 + line, row);
    }
  }
  return [...held.values()];
}

function free(held, places, x, y, column, line, side) {
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      const other = held.get((column + dx) * 1e6 + line + dy);
      if (other === undefined) continue;
      if (Math.max(Math.abs(x - places[2 * other]), Math.abs(y - places[2 * other + 1])) < 1.1 * side) return false;
    }
  }
  return true;
}
