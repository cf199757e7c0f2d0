// The paper's Table 4 in words and numbers: what it prints, what was found here, and what the visitor has.

import { decimals, t, written } from "../engine/language.js";

/** What may vary, as the paper calls it. @type {Record<string, string>} */
export const FORMS = { simple: t("Simple"), medium1: t("Medium1"), medium2: t("Medium2") };

/** A cosine with as many digits as the paper prints: "0.9105". @param {number} cosine */
export const four = (cosine) => decimals(cosine, 4);

/** A share of right pictures, as the paper prints it: "99.64 %". @param {number} share */
export const exactly = (share) => `${decimals(100 * share, 2)}\u00a0%`;

/** How alike and how right. @param {{cosine: number, accuracy: number}|null} one @param {string} [least] before the share */
export const figures = (one, least = "") => (one ? `${four(one.cosine)} · ${least}${exactly(one.accuracy)}` : "");

/** What a printed row is called: "elbo-20, Simple, theta 0.4, n 2". @param {import("../engine/props.js").PrintedRow} row */
export function printedName({ model, form, theta, n }) {
  const setting = FORMS[form] ?? form;
  if (theta === null) return t("{model}, {setting}", { model, setting });
  return t("{model}, {setting}, theta {theta}, n {n}", { model, setting, theta: written(theta), n });
}

/**
 * The best of what this browser keeps of searches for a row: the most varied.
 * @param {import("../engine/props.js").OurRow} row
 * @param {any[]} kept settings as SavedSettings holds them
 */
export function foundFor(row, kept) {
  const fits = kept.filter(({ slug, title, cosine, right }) => slug === row.slug && title === row.title && Number.isFinite(cosine) && Number.isFinite(right));
  const best = fits.reduce((least, one) => (least && least.cosine <= one.cosine ? least : one), null);
  return best && { cosine: best.cosine, accuracy: best.right };
}

/**
 * Whether what is set now is of a row's model and form, drawn as the paper draws.
 * @param {import("../engine/props.js").OurRow} row
 * @param {{slug: string, family: string, tau: number|null, mode: string}} now
 * @param {string} family the paper's
 */
export const isOf = (row, now, family) => now.slug === row.slug && now.mode === row.form && now.family === family && now.tau === null;

const ALIKE = 0.005; // of the cosine
const RIGHT = 0.001; // of the share: what a few thousand pictures leave open

/**
 * What has been reached of a row; "" where it is neither of the two.
 * @param {{cosine: number, accuracy: number}|null} yours
 * @param {{cosine: number, accuracy: number}|null} printed
 * @param {{cosine: number, accuracy: number}} ours
 */
export function reached(yours, printed, ours) {
  const asGood = (/** @type {{cosine: number, accuracy: number}} */ goal) => yours.cosine <= goal.cosine + ALIKE && yours.accuracy >= goal.accuracy - RIGHT;
  if (!yours) return "";
  if (printed && asGood(printed)) return t("You have reproduced the printed row: at least as varied, and as right.");
  return asGood(ours) ? t("You have what was found here: at least as varied, and as right.") : "";
}

/** A printed row for the chart's legend. @param {import("../engine/props.js").PrintedRow} row @param {number} i */
export const inLegend = (row, i) => `${i + 1} ${printedName(row)}: ${four(row.cosine)}, ${exactly(row.accuracy)}`;
