// Which points lie inside an outline drawn on the map.

/** The four corners of a box between two corners. */
export function boxOutline([x0, y0], [x1, y1]) {
  return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
}

/**
 * Rows inside a closed polygon, by the even-odd rule.
 * @param {number[][]} outline corners [x, y]
 * @param {ArrayLike<number>} xs, ys places in the outline's units
 * @returns {Int32Array} rows in increasing order
 */
export function rowsInside(outline, xs, ys) {
  if (outline.length < 3) return new Int32Array(0);
  const [left, right] = [Math.min(...outline.map((c) => c[0])), Math.max(...outline.map((c) => c[0]))];
  const [low, high] = [Math.min(...outline.map((c) => c[1])), Math.max(...outline.map((c) => c[1]))];
  const found = [];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i], ys[i]];
    if (x < left || x > right || y < low || y > high) continue;
    let inside = false;
    for (let a = 0, b = outline.length - 1; a < outline.length; b = a++) {
      const [ax, ay] = outline[a];
      const [bx, by] = outline[b];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    if (inside) found.push(i);
  }
  return Int32Array.from(found);
}

/** Whether a new corner is far enough from the last one to be kept (CSS pixels). */
export function farEnough(outline, [x, y], step = 3) {
  const last = outline.at(-1);
  return !last || Math.hypot(last[0] - x, last[1] - y) >= step;
}

/** Number of rows of each class, largest first: [[class index, rows], ...]. */
export function breakdown(rows, y) {
  const counts = new Map();
  for (const row of rows) counts.set(y[row], (counts.get(y[row]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** The rows as one bit each (row 0 is the lowest bit of the first byte), in base64: what Python is sent. */
export function packRows(rows, total) {
  const bits = new Uint8Array(Math.ceil(total / 8));
  for (const row of rows) bits[row >> 3] |= 1 << (row & 7);
  let text = "";
  for (const byte of bits) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The rows of `packRows`. */
export function unpackRows(packed) {
  const text = atob(packed);
  const rows = [];
  for (let at = 0; at < text.length; at++) {
    for (let bit = 0; bit < 8; bit++) if (text.charCodeAt(at) & (1 << bit)) rows.push(8 * at + bit);
  }
  return Int32Array.from(rows);
}
