// One map laid onto another: the turn, mirror, stretch and shift that bring the classes' centres of the one nearest to those of
// the other (orthogonal Procrustes in the plane).

/** @typedef {[number, number]} Point */

/**
 * Centres of the classes, null for a class without a point.
 * @param {ArrayLike<number>} places (points * 2)
 * @param {ArrayLike<number>} classes of the points
 * @param {number} count of classes
 * @returns {(Point|null)[]}
 */
export function centres(places, classes, count) {
  const sums = Array.from({ length: count }, () => [0, 0, 0]);
  for (let i = 0; i < classes.length; i++) {
    const sum = sums[classes[i]];
    sum[0] += places[2 * i];
    sum[1] += places[2 * i + 1];
    sum[2]++;
  }
  return sums.map(([x, y, n]) => (n ? [x / n, y / n] : null));
}

/**
 * @typedef {object} Alignment x -> scale * matrix (x - from) + to
 * @property {[number, number, number, number]} matrix row by row; a turn, or a turn of the mirror image
 * @property {number} scale above 0
 * @property {Point} from
 * @property {Point} to
 * @property {number} left what no such move can bring together: the part of the spread of `fixed`, 0 (they fit) to 1
 */

/**
 * The move that brings points nearest to fixed ones, by the sum of squares.
 * @param {Point[]} moved
 * @param {Point[]} fixed as many, in the same order
 * @returns {Alignment}
 */
export function align(moved, fixed) {
  const [from, to] = [meanOf(moved), meanOf(fixed)];
  // The sums that decide: products of the two centred sets (a b; c d), and their squares.
  let [a, b, c, d, own, other] = [0, 0, 0, 0, 0, 0];
  moved.forEach(([mx, my], i) => {
    const [x, y] = [mx - from[0], my - from[1]];
    const [u, v] = [fixed[i][0] - to[0], fixed[i][1] - to[1]];
    a += u * x;
    b += u * y;
    c += v * x;
    d += v * y;
    own += x * x + y * y;
    other += u * u + v * v;
  });
  // In the plane the best turn and the best turned mirror image have closed forms; the longer one wins.
  const turn = Math.hypot(a + d, c - b);
  const mirror = Math.hypot(a - d, c + b);
  const best = Math.max(turn, mirror);
  /** @type {Alignment["matrix"]} */
  const matrix = best === 0 ? [1, 0, 0, 1] : turn >= mirror ? [(a + d) / turn, -(c - b) / turn, (c - b) / turn, (a + d) / turn] : [(a - d) / mirror, (c + b) / mirror, (c + b) / mirror, -(a - d) / mirror];
  const scale = own > 0 && best > 0 ? best / own : 1;
  const left = other > 0 && own > 0 ? Math.max(0, 1 - (best * best) / (own * other)) : 0;
  return { matrix, scale, from, to, left };
}

/**
 * Places moved, (points * 2).
 * @param {ArrayLike<number>} places
 * @param {Alignment} alignment
 */
export function moved(places, { matrix: [a, b, c, d], scale, from, to }) {
  const out = new Float32Array(places.length);
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] - from[0], places[i + 1] - from[1]];
    out[i] = scale * (a * x + b * y) + to[0];
    out[i + 1] = scale * (c * x + d * y) + to[1];
  }
  return out;
}

/** @param {Point[]} points @returns {Point} */
function meanOf(points) {
  const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
