// Along which lines a cloud of latents is spread out, and which latents are nearest to a place.

/** @typedef {import("./arrays.js").Floats} Floats */

const SWEEPS = 50; // more than a symmetric matrix of any size here needs
const SETTLED = 1e-22; // share of the squares that is left outside the diagonal

/**
 * A cloud's mean, its standard deviation along each dimension, and its principal axes, the longest first: unit vectors of
 * which the largest entry is positive, with the standard deviation along each.
 * @typedef {{mean: Float64Array, spread: Float64Array, axes: Float64Array[], lengths: Float64Array}} Cloud
 */

/**
 * @param {Floats} latents (rows, latent)
 * @param {ArrayLike<number>} [rows] those that count; all without it
 * @param {boolean} [turned] whether axes are wanted, which take long where there are hundreds of dimensions; else there are none
 * @returns {Cloud}
 */
export function cloudOf({ data, dims: [count, width] }, rows, turned = true) {
  const n = rows ? rows.length : count;
  const at = (/** @type {number} */ i) => (rows ? rows[i] : i) * width;
  const mean = new Float64Array(width);
  const spread = new Float64Array(width);
  for (let i = 0; i < n; i++) for (let j = 0, from = at(i); j < width; j++) mean[j] += data[from + j] / n;
  for (let i = 0; i < n; i++) for (let j = 0, from = at(i); j < width; j++) spread[j] += (data[from + j] - mean[j]) ** 2 / n;
  for (let j = 0; j < width; j++) spread[j] = Math.sqrt(spread[j]);
  if (!turned) return { mean, spread, axes: [], lengths: new Float64Array() };
  const covariance = new Float64Array(width * width);
  const off = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    const from = at(i);
    for (let j = 0; j < width; j++) off[j] = data[from + j] - mean[j];
    for (let j = 0; j < width; j++) for (let k = 0; k <= j; k++) covariance[j * width + k] += off[j] * off[k];
  }
  for (let j = 0; j < width; j++) {
    for (let k = 0; k <= j; k++) covariance[k * width + j] = covariance[j * width + k] /= n;
  }
  const { values, vectors } = eigen(covariance, width);
  return { mean, spread, axes: vectors.map(upright), lengths: values.map((value) => Math.sqrt(Math.max(0, value))) };
}

/**
 * Eigenvalues, largest first, and unit eigenvectors of a symmetric matrix, by Jacobi's rotations.
 * @param {Float64Array} matrix (size, size), which is overwritten
 * @param {number} size
 * @returns {{values: Float64Array, vectors: Float64Array[]}}
 */
function eigen(matrix, size) {
  const turned = new Float64Array(size * size); // one eigenvector per row, once the matrix is diagonal
  for (let i = 0; i < size; i++) turned[i * size + i] = 1;
  const all = matrix.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let outside = 0;
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) outside += 2 * matrix[i * size + j] ** 2;
    if (outside <= SETTLED * all) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(matrix, turned, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((a, b) => matrix[b * size + b] - matrix[a * size + a] || a - b);
  return {
    values: Float64Array.from(order, (i) => matrix[i * size + i]),
    vectors: order.map((i) => turned.slice(i * size, (i + 1) * size)),
  };
}

/**
 * Makes entry (p, q) 0.
 * @param {Float64Array} matrix
 * @param {Float64Array} turned
 * @param {number} size
 * @param {number} p
 * @param {number} q
 */
function rotate(matrix, turned, size, p, q) {
  const entry = matrix[p * size + q];
  if (entry === 0) return;
  const slope = (matrix[q * size + q] - matrix[p * size + p]) / (2 * entry);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) {
    const [a, b] = [matrix[k * size + p], matrix[k * size + q]];
    matrix[k * size + p] = cosine * a - sine * b;
    matrix[k * size + q] = sine * a + cosine * b;
  }
  for (const rows of [matrix, turned]) {
    for (let k = 0; k < size; k++) {
      const [a, b] = [rows[p * size + k], rows[q * size + k]];
      rows[p * size + k] = cosine * a - sine * b;
      rows[q * size + k] = sine * a + cosine * b;
    }
  }
}

/** The vector or its opposite, so that its largest entry is positive. @param {Float64Array} vector */
function upright(vector) {
  let largest = 0;
  for (let i = 1; i < vector.length; i++) if (Math.abs(vector[i]) > Math.abs(vector[largest]) + 1e-9) largest = i;
  return vector[largest] < 0 ? vector.map((value) => -value) : vector;
}

/**
 * The rows nearest to a place, nearest first.
 * @param {ArrayLike<number>} place (latent,)
 * @param {Floats} latents (rows, latent)
 * @param {number} wanted
 * @returns {number[]}
 */
export function nearestRows(place, { data, dims: [count, width] }, wanted) {
  const distance = new Float64Array(count);
  for (let i = 0, from = 0; i < count; i++, from += width) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += (data[from + j] - place[j]) ** 2;
    distance[i] = sum;
  }
  const limit = Math.min(wanted, count);
  if (!limit) return [];
  const cut = distance.slice().sort()[limit - 1];
  const found = [];
  for (let i = 0; i < count; i++) if (distance[i] <= cut) found.push(i);
  return found.sort((a, b) => distance[a] - distance[b] || a - b).slice(0, limit);
}
