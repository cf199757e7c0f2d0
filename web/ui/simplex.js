// The geometry of the pad: corners on a circle, and the weights that a place between them stands for.

/** @typedef {[number, number]} Place in the unit circle, y downwards */

/** Places of the corners; the first is at the top. @param {number} count @returns {Place[]} */
export function cornersOf(count) {
  if (count === 1) return [[0, 0]];
  if (count === 2) return [[-1, 0], [1, 0]];
  const turn = count === 4 ? Math.PI / 4 : 0;
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2 - turn;
    return [Math.cos(angle), Math.sin(angle)];
  });
}

/**
 * Where the weights pull the dot: their mean of the corners. The inverse of `weightsAt`.
 * @param {number[]} weights
 * @param {Place[]} corners
 * @returns {Place}
 */
export function placeOf(weights, corners) {
  let x = 0;
  let y = 0;
  weights.forEach((weight, i) => {
    x += weight * corners[i][0];
    y += weight * corners[i][1];
  });
  return [x, y];
}

/**
 * The nearest place that belongs to the pad: itself inside the corners' outline, else on its edge.
 * @param {Place} place
 * @param {Place[]} corners
 * @returns {Place}
 */
export function clampPlace([x, y], corners) {
  if (corners.length === 1) return [0, 0];
  if (corners.length === 2) return [Math.min(1, Math.max(-1, x)), 0];
  if (edges(corners).every(([a, b]) => area(a, b, [x, y]) >= 0)) return [x, y];
  let best = corners[0];
  let closest = Infinity;
  for (const [a, b] of edges(corners)) {
    const place = along(a, b, share(a, b, [x, y]));
    const distance = Math.hypot(place[0] - x, place[1] - y);
    if (distance < closest) [best, closest] = [place, distance];
  }
  return best;
}

/**
 * Generalised barycentric coordinates (Wachspress) of a place: not negative, sum 1, one at a corner, two on an edge,
 * and their mean of the corners is the place again.
 * @param {Place} place is clamped to the pad
 * @param {Place[]} corners from `cornersOf`
 * @returns {number[]}
 */
export function weightsAt(place, corners) {
  const count = corners.length;
  const [x, y] = clampPlace(place, corners);
  if (count === 1) return [1];
  if (count === 2) return [(1 - x) / 2, (1 + x) / 2];
  const weights = new Array(count).fill(0);
  for (let i = 0; i < count; i++) {
    const [a, b] = [corners[i], corners[(i + 1) % count]];
    if (area(a, b, [x, y]) < 1e-9) {
      const t = share(a, b, [x, y]);
      weights[i] = 1 - t;
      weights[(i + 1) % count] = t;
      return weights;
    }
  }
  let total = 0;
  for (let i = 0; i < count; i++) {
    const [before, here, after] = [corners[(i + count - 1) % count], corners[i], corners[(i + 1) % count]];
    weights[i] = area(before, here, after) / (area(before, here, [x, y]) * area(here, after, [x, y]));
    total += weights[i];
  }
  return weights.map((weight) => weight / total);
}

/**
 * The place, pulled onto a corner or the middle when it is very near, so that "only this" and "equal parts" are easy.
 * @param {Place} place
 * @param {Place[]} corners
 * @returns {Place}
 */
export function snap(place, corners) {
  const gap = corners.length > 2 ? 2 * Math.sin(Math.PI / corners.length) : 2;
  const reach = Math.min(0.07, gap / 4);
  for (const corner of corners) {
    if (Math.hypot(place[0] - corner[0], place[1] - corner[1]) < reach) return corner;
  }
  return Math.hypot(place[0], place[1]) < 0.04 ? [0, 0] : place;
}

function edges(corners) {
  return corners.map((corner, i) => [corner, corners[(i + 1) % corners.length]]);
}

function area([ax, ay], [bx, by], [cx, cy]) {
  return ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2;
}

function share([ax, ay], [bx, by], [x, y]) {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  return Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
}

/** @returns {Place} */
function along([ax, ay], [bx, by], t) {
  return [ax + t * (bx - ax), ay + t * (by - ay)];
}
