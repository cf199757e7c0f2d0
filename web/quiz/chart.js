// The psychometric curve: answers as dots, the curve through them, the judge's, and chance.

import { t } from "../engine/language.js";
import { h, svg } from "../ui/dom.js";

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [300, 50, 26, 14, 46];
const PHONE = "(max-width: 640px)"; // there the drawing is made as narrow as it is shown, so that its letters stay legible
const down = (/** @type {number} */ y) => TOP + (1 - y) * (HEIGHT - TOP - BOTTOM);

/**
 * @param {ReturnType<typeof import("../engine/quiz_score.js").pointScore>} score
 * @param {string} second the class that more and more of is in the pictures
 * @param {string} words what the chart says
 */
export function curves({ points, curve, threshold, judge }, second, words) {
  const width = matchMedia(PHONE).matches ? 340 : 520;
  const across = (/** @type {number} */ x) => LEFT + x * (width - LEFT - RIGHT);
  const path = (/** @type {number[][]} */ places) => places.map(([x, y], i) => `${i ? "L" : "M"}${across(x).toFixed(1)} ${down(y).toFixed(1)}`).join("");
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ said, anchor = "middle") => svg("text", { x, y, "text-anchor": anchor, class: "quiz-text" }, said);
  const parts = [];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    parts.push(svg("line", { x1: LEFT, x2: width - RIGHT, y1: down(share), y2: down(share), class: share === 0.5 ? "quiz-chance" : "quiz-grid" }));
    parts.push(text(LEFT - 8, down(share) + 4, `${100 * share} %`, "end"), text(across(share), HEIGHT - BOTTOM + 18, `${100 * share} %`));
  }
  parts.push(text((LEFT + width - RIGHT) / 2, HEIGHT - 6, t("share of {second} in the picture", { second })));
  if (judge !== null && points[0].judge !== null) parts.push(svg("path", { d: path(points.map(({ x, judge: y }) => [x, y])), class: "quiz-judge" }));
  if (curve) parts.push(svg("path", { d: path(Array.from({ length: 101 }, (_, i) => [i / 100, curve(i / 100)])), class: "quiz-you" }));
  if (threshold?.low != null && threshold.at >= 0 && threshold.at <= 1) {
    const ends = [threshold.low, threshold.high].map((x) => across(Math.min(1, Math.max(0, x))));
    parts.push(svg("line", { x1: ends[0], x2: ends[1], y1: down(0.5), y2: down(0.5), class: "quiz-error" }));
  }
  for (const { x, yes, n } of points) if (n) parts.push(svg("circle", { cx: across(x), cy: down(yes / n), r: 6, class: "quiz-dot" }));
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": `${t("Answers “{second}” by its share in the picture.", { second })} ${words}` }, ...parts);
  const key = (/** @type {string} */ kind, /** @type {string} */ said) => h("li", {}, svg("svg", { viewBox: "0 0 24 12", "aria-hidden": "true" }, svg("line", { x1: 0, x2: 24, y1: 6, y2: 6, class: kind })), said);
  return h(
    "figure", { class: "quiz-chart" },
    h("figcaption", {}, t("How often the answer was “{second}”", { second })),
    drawing,
    h("ul", { class: "quiz-legend" }, key("quiz-you", t("you, with the curve that fits best")), key("quiz-error", t("its 95 % interval")), ...(judge === null ? [] : [key("quiz-judge", t("the judge"))]), key("quiz-chance", t("chance"))),
  );
}
