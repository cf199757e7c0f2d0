// What answers to pictures say: a logistic curve with its errors, and what somebody who guesses would have got right.

/**
 * Answers to one stimulus.
 * @typedef {{x: number, yes: number, n: number}} Answers of n answers at x, so many were yes
 *
 * @typedef {object} Fit of p(x) = 1 / (1 + exp(-(intercept + slope x)))
 * @property {number} intercept
 * @property {number} slope
 * @property {[number, number, number]} covariance of both: var(intercept), their covariance, var(slope)
 */

const STEPS = 200;
const SMALL = 1e-10;
const WIDE = 1.959964; // standard errors on either side of a 95 % interval

/** @param {number} value */
export const logistic = (value) => 1 / (1 + Math.exp(-value));

/**
 * The logistic curve that fits the answers best; null where they are all at one x, or none are there.
 *
 * With `firth`, by the likelihood times the root of the information's determinant (Firth 1993): it is finite also where
 * every yes lies beyond every no, as answers without a doubtful one do.
 * @param {Answers[]} answers
 * @param {boolean} [firth]
 * @returns {Fit|null}
 */
export function fitLogistic(answers, firth = true) {
  const given = answers.filter(({ n }) => n > 0);
  if (new Set(given.map(({ x }) => x)).size < 2) return null;
  const total = given.reduce((sum, { n }) => sum + n, 0);
  const middle = given.reduce((sum, { x, n }) => sum + n * x, 0) / total; // centred: the two parameters hardly correlate
  const spread = Math.sqrt(given.reduce((sum, { x, n }) => sum + n * (x - middle) ** 2, 0) / total);
  const points = given.map(({ x, yes, n }) => ({ x: (x - middle) / spread, yes, n }));
  let [a, b] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const info = information(points, a, b);
    let [da, db] = [0, 0];
    for (const { x, yes, n } of points) {
      const p = logistic(a + b * x);
      const leverage = firth ? n * p * (1 - p) * (info.inverse[0] + 2 * x * info.inverse[1] + x * x * info.inverse[2]) : 0;
      const rest = yes - n * p + leverage * (0.5 - p);
      da += rest;
      db += rest * x;
    }
    let ma = info.inverse[0] * da + info.inverse[1] * db;
    let mb = info.inverse[1] * da + info.inverse[2] * db;
    const size = Math.max(Math.abs(ma), Math.abs(mb));
    if (!Number.isFinite(size)) return null;
    if (size > 2) [ma, mb] = [(2 * ma) / size, (2 * mb) / size]; // far from the top the quadratic is no guide
    [a, b] = [a + ma, b + mb];
    if (size < SMALL) break;
  }
  const [aa, ab, bb] = information(points, a, b).inverse;
  const shift = middle / spread;
  return {
    intercept: a - b * shift,
    slope: b / spread,
    covariance: [aa - 2 * shift * ab + shift * shift * bb, (ab - shift * bb) / spread, bb / spread ** 2],
  };
}

/** The inverse of Fisher's information at (a, b): three numbers of a symmetric matrix. @param {Answers[]} points @param {number} a @param {number} b */
function information(points, a, b) {
  let [aa, ab, bb] = [0, 0, 0];
  for (const { x, n } of points) {
    const p = logistic(a + b * x);
    const weight = n * p * (1 - p);
    aa += weight;
    ab += weight * x;
    bb += weight * x * x;
  }
  const determinant = aa * bb - ab * ab;
  return { inverse: [bb / determinant, -ab / determinant, aa / determinant] };
}

/**
 * Where a fitted curve crosses one half, with its standard error by the delta method and Fieller's 95 % interval; low and
 * high are null where the slope might as well be zero, so that the answers bound it on no side.
 * @param {Fit} fit whose slope is not 0
 * @returns {{at: number, error: number, low: number|null, high: number|null}}
 */
export function thresholdOf({ intercept, slope, covariance: [aa, ab, bb] }) {
  const at = -intercept / slope;
  const variance = (aa + 2 * at * ab + at * at * bb) / slope ** 2;
  const g = (WIDE ** 2 * bb) / slope ** 2;
  if (g >= 1) return { at, error: Math.sqrt(variance), low: null, high: null };
  const centre = at + (g / (1 - g)) * (at + ab / bb);
  const half = ((WIDE / Math.abs(slope)) * Math.sqrt(Math.max(0, aa + 2 * at * ab + at * at * bb - g * (aa - (ab * ab) / bb)))) / (1 - g);
  return { at, error: Math.sqrt(variance), low: centre - half, high: centre + half };
}

/**
 * How wide the doubt is: from a quarter to three quarters of the answers, with its standard error by the delta method.
 * @param {Fit} fit
 */
export function widthOf({ slope, covariance }) {
  const width = (2 * Math.log(3)) / Math.abs(slope);
  return { width, error: (width * Math.sqrt(covariance[2])) / Math.abs(slope) };
}

/** Whether every yes lies beyond every no, so that the steepness has no upper bound. @param {Answers[]} answers */
export function isSplit(answers) {
  const yes = answers.filter((one) => one.yes > 0).map(({ x }) => x);
  const no = answers.filter((one) => one.yes < one.n).map(({ x }) => x);
  return yes.length > 0 && no.length > 0 && (Math.min(...yes) >= Math.max(...no) || Math.max(...yes) <= Math.min(...no));
}

/**
 * A picture that was answered by ticking classes.
 * @typedef {{options: number, there: number, ticked: number}} Ticks of so many options so many were in the picture, and so
 *   many were ticked
 */

/**
 * Somebody who ticks as many at random: the chance of each number of hits over all pictures, exactly; index is the number.
 * @param {Ticks[]} rounds
 * @returns {number[]}
 */
export function chanceOfHits(rounds) {
  return rounds.reduce((sum, round) => convolved(sum, hypergeometric(round)), [1]);
}

/** @param {Ticks} round @returns {number[]} */
function hypergeometric({ options, there, ticked }) {
  const all = choose(options, ticked);
  const most = Math.min(there, ticked);
  return Array.from({ length: most + 1 }, (_, hits) => (choose(there, hits) * choose(options - there, ticked - hits)) / all);
}

/** @param {number} n @param {number} k */
function choose(n, k) {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

/** @param {number[]} a @param {number[]} b */
function convolved(a, b) {
  const out = new Array(a.length + b.length - 1).fill(0);
  a.forEach((one, i) => b.forEach((other, j) => (out[i + j] += one * other)));
  return out;
}

/** The mean number of hits, and the chance of at least so many. @param {number[]} chances @param {number} hits */
export function chanceOf(chances, hits) {
  return {
    mean: chances.reduce((sum, chance, count) => sum + chance * count, 0),
    least: Math.min(1, chances.slice(hits).reduce((sum, chance) => sum + chance, 0)),
  };
}
