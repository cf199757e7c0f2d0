// Which point is under the pointer, and which one comes next in a direction: a grid over the screen.

const CELL = 16; // CSS pixels
const DIMMED = 7; // pixels that a dimmed point counts as farther away than it is

/** The points on the screen by the square of a grid in which they lie. */
export class Grid {
  /**
   * @param {Float32Array} xs (n,) CSS pixels
   * @param {Float32Array} ys (n,)
   * @param {number} width of the screen
   * @param {number} height
   */
  constructor(xs, ys, width, height) {
    this.xs = xs;
    this.ys = ys;
    this.columns = Math.max(Math.ceil(width / CELL), 1);
    this.lines = Math.max(Math.ceil(height / CELL), 1);
    this.starts = new Int32Array(this.columns * this.lines + 1);
    const cells = new Int32Array(xs.length);
    let inside = 0;
    for (let i = 0; i < xs.length; i++) {
      const on = xs[i] >= 0 && ys[i] >= 0 && xs[i] < width && ys[i] < height;
      cells[i] = on ? ((ys[i] / CELL) | 0) * this.columns + ((xs[i] / CELL) | 0) : -1;
      if (on) {
        this.starts[cells[i] + 1]++;
        inside++;
      }
    }
    for (let c = 0; c < this.columns * this.lines; c++) this.starts[c + 1] += this.starts[c];
    this.items = new Int32Array(inside);
    const next = this.starts.slice();
    for (let i = 0; i < xs.length; i++) if (cells[i] >= 0) this.items[next[cells[i]]++] = i;
    /** How many points are on the screen. */
    this.inside = inside;
  }

  /**
   * The point nearest to a pixel, or -1. Of points at the same distance the nearer to the viewer wins.
   * @param {number} x CSS pixels
   * @param {number} y
   * @param {number} radius CSS pixels
   * @param {Uint8Array} level 0 dimmed, 1 shown: a dimmed point is found only where no shown one is about as near
   * @param {Float32Array|null} [depth] in 3-D
   */
  nearest(x, y, radius, level, depth = null) {
    let found = -1;
    let best = radius;
    const [left, right] = [Math.max(((x - radius) / CELL) | 0, 0), Math.min(((x + radius) / CELL) | 0, this.columns - 1)];
    const [top, bottom] = [Math.max(((y - radius) / CELL) | 0, 0), Math.min(((y + radius) / CELL) | 0, this.lines - 1)];
    for (let line = top; line <= bottom; line++) {
      for (let at = this.starts[line * this.columns + left]; at < this.starts[line * this.columns + right + 1]; at++) {
        const i = this.items[at];
        const distance = Math.hypot(this.xs[i] - x, this.ys[i] - y);
        if (distance > radius) continue;
        const cost = distance + (level[i] ? 0 : DIMMED) * Math.min(distance, 1) - (depth ? depth[i] * 1.5 : 0);
        if (cost < best || (found < 0 && cost <= best + DIMMED)) {
          best = cost;
          found = i;
        }
      }
    }
    return found;
  }

  /**
   * The next point from `row` in a direction, or -1: near and straight ahead wins.
   * @param {number} row
   * @param {number} dx -1, 0 or 1, as the arrow keys say
   * @param {number} dy
   * @param {Uint8Array} level only points that stand out are found
   */
  towards(row, dx, dy, level) {
    let found = -1;
    let best = Infinity;
    for (const i of this.items) {
      const [x, y] = [this.xs[i] - this.xs[row], this.ys[i] - this.ys[row]];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      if (i === row || ahead < 1 || aside > 1.2 * ahead || !level[i]) continue;
      const cost = ahead + 2 * aside;
      if (cost < best) [best, found] = [cost, i];
    }
    return found;
  }
}
