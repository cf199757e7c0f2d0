// Pictures in place of points, as many as fit without covering each other, and the same ones while the map moves.

import { colourOf } from "../ui/colours.js";

export const SIZE = 30; // CSS pixels of a drawn picture

export class PicturePoints {
  constructor() {
    this.key = "";
    this.rows = [];
  }

  /**
   * The rows whose pictures are drawn. In 2-D they belong to squares of the map itself, so that panning keeps them.
   * @param {Camera} camera
   * @param {{places: Float32Array}} layout
   * @param {Uint8Array} level 1 where a point stands out: those come first
   */
  choose(camera, layout, xs, ys, level, version) {
    if (camera.dims === 3) return this.onScreen(camera, xs, ys, level);
    const side = SIZE / 2 ** (Math.floor(4 * Math.log2(camera.scale)) / 4); // map units, in quarter-octave steps
    const key = `${side} ${version}`;
    if (key === this.key) return this.rows;
    this.key = key;
    this.rows = spaced(layout.places, level, side);
    return this.rows;
  }

  onScreen(camera, xs, ys, level) {
    const columns = Math.ceil(camera.width / SIZE);
    const taken = new Int32Array(columns * Math.ceil(camera.height / SIZE)).fill(-1);
    for (let i = 0; i < xs.length; i++) {
      if (xs[i] < 0 || ys[i] < 0 || xs[i] >= camera.width || ys[i] >= camera.height || !level[i]) continue;
      const cell = ((ys[i] / SIZE) | 0) * columns + ((xs[i] / SIZE) | 0);
      if (taken[cell] < 0) taken[cell] = i;
    }
    return taken.filter((row) => row >= 0);
  }

  /** Draws them with a frame in their class's colour. */
  draw(context, rows, sheet, facts, { xs, ys, y, level, width, height }) {
    const [, tall, wide] = facts.shape;
    const { columns } = facts.thumbs;
    context.imageSmoothingEnabled = false;
    for (const row of rows) {
      const [x, at] = [Math.round(xs[row] - SIZE / 2), Math.round(ys[row] - SIZE / 2)];
      if (x < -SIZE || at < -SIZE || x > width || at > height) continue;
      context.globalAlpha = level[row] ? 1 : 0.25;
      context.fillStyle = colourOf(y[row]);
      context.fillRect(x - 1.5, at - 1.5, SIZE + 3, SIZE + 3);
      context.drawImage(sheet, (row % columns) * wide, Math.floor(row / columns) * tall, wide, tall, x, at, SIZE, SIZE);
    }
    context.globalAlpha = 1;
  }
}

/** Rows whose squares of that side do not overlap: each row that still finds room, those that stand out first. */
function spaced(places, level, side) {
  const kept = new Map();
  for (const wanted of [1, 0]) {
    for (let row = 0; row < level.length; row++) {
      if (level[row] !== wanted) continue;
      const [x, y] = [places[2 * row], places[2 * row + 1]];
      const [column, line] = [Math.floor(x / side), Math.floor(y / side)];
      if (!kept.has(column * 1e6 + line) && free(kept, places, x, y, column, line, side)) kept.set(column * 1e6 + line, row);
    }
  }
  return [...kept.values()];
}

function free(kept, places, x, y, column, line, side) {
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      const other = kept.get((column + dx) * 1e6 + line + dy);
      if (other === undefined) continue;
      if (Math.max(Math.abs(x - places[2 * other]), Math.abs(y - places[2 * other + 1])) < 1.1 * side) return false;
    }
  }
  return true;
}
