// Arrays with their sizes, as the graphs take and give them, and the few things that are done with them by hand.

/**
 * Row-major numbers and their sizes; dims is [] for a scalar.
 * @typedef {{data: Float32Array, dims: number[]}} Floats
 */

/**
 * Chosen rows of a (rows, ...) array as a new array (chosen, ...).
 * @param {Floats} array
 * @param {number[]} rows
 * @returns {Floats}
 */
export function takeRows({ data, dims }, rows) {
  const width = data.length / dims[0];
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, i) => taken.set(data.subarray(row * width, (row + 1) * width), i * width));
  return { data: taken, dims: [rows.length, ...dims.slice(1)] };
}

/**
 * A (rows, width) array followed by more rows.
 * @param {Floats} array
 * @param {ArrayLike<number>[]} more of `width` numbers each
 * @returns {Floats}
 */
export function appendRows({ data, dims: [rows, width] }, more) {
  const longer = new Float32Array((rows + more.length) * width);
  longer.set(data);
  more.forEach((row, i) => longer.set(row, (rows + i) * width));
  return { data: longer, dims: [rows + more.length, width] };
}

/**
 * Pieces one after the other.
 * @param {Float32Array[]} pieces
 * @returns {Float32Array}
 */
export function joined(pieces) {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/**
 * The identity matrix (rows, rows).
 * @param {number} rows
 * @returns {Floats}
 */
export function identity(rows) {
  const data = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) data[i * rows + i] = 1;
  return { data, dims: [rows, rows] };
}

/**
 * Whether two arrays hold the same numbers.
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
export function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
