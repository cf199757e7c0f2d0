// The two charts as SVG whose colours are attributes, so that a saved file looks like the one on the page.

import { written } from "../engine/language.js";
import { colourOf, outlineOf, symbolOf } from "../ui/colours.js";
import { svg as s } from "../ui/dom.js";
import { shown } from "./words.js";

/** @typedef {{ink: string, line: string}} Pens colours of letters and of rules */

const FONT = { "font-family": "system-ui, sans-serif", "font-size": 14 };
const EDGE = { left: 48, right: 26, top: 30, bottom: 42 };

/**
 * Round values that cover a range, 3 to 7 of them.
 * @param {number} low
 * @param {number} high above low
 */
export function ticks(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * A point per model, with its number beside it.
 * @param {{x: number, y: number, index: number}[]} points
 * @param {{x: string, y: string}} names of the axes
 * @param {Pens} pens
 * @param {number} [width]
 */
export function scatter(points, names, { ink, line }, width = 460) {
  const height = 320;
  const drawing = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", ...FONT, fill: ink });
  if (!points.length) return drawing;
  const [across, up] = [ticksOf(points.map(({ x }) => x)), ticksOf(points.map(({ y }) => y))];
  const at = scales(across, up, width, height);
  for (const x of across) drawing.append(s("line", { x1: at.x(x), x2: at.x(x), y1: EDGE.top, y2: height - EDGE.bottom, stroke: line }), s("text", { x: at.x(x), y: height - EDGE.bottom + 16, "text-anchor": "middle" }, mark(x)));
  for (const y of up) drawing.append(s("line", { x1: EDGE.left, x2: width - EDGE.right, y1: at.y(y), y2: at.y(y), stroke: y === 0 ? ink : line }), s("text", { x: EDGE.left - 6, y: at.y(y) + 4, "text-anchor": "end" }, mark(y)));
  drawing.append(s("text", { x: width - EDGE.right, y: height - 6, "text-anchor": "end" }, `${names.x} →`), s("text", { x: 4, y: 14 }, `↑ ${names.y}`));
  const middles = points.map(({ x, y }) => /** @type {[number, number]} */ ([at.x(x), at.y(y)]));
  const beside = namesBeside(middles, points.map(({ index }) => String(index + 1)));
  points.forEach(({ index }, i) => {
    const place = `translate(${middles[i].map((value) => value.toFixed(1)).join(" ")})`;
    drawing.append(s("path", { d: outlineOf(symbolOf(index)), transform: `${place} scale(5.5)`, fill: colourOf(index) }));
  });
  points.forEach(({ index }, i) => drawing.append(s("text", { x: beside[i][0], y: beside[i][1], "text-anchor": "middle", "font-weight": 600 }, String(index + 1))));
  return drawing;
}

/**
 * Where names beside points stand, so that they cover one another and the points as little as can be.
 * @param {[number, number][]} points
 * @param {string[]} names
 * @returns {[number, number][]} middle of each name's foot
 */
export function namesBeside(points, names) {
  const covers = (/** @type {number[]} */ a, /** @type {number[]} */ b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const taken = points.map(([x, y]) => [x - 5, y - 5, x + 5, y + 5]);
  return points.map(([x, y], i) => {
    const half = 4.6 * names[i].length;
    const places = [[half + 7, -5], [-half - 7, -5], [half + 7, 15], [-half - 7, 15], [0, -8], [0, 19], [half + 8, 5], [-half - 8, 5], [half + 14, -15], [-half - 14, -15], [half + 14, 25], [-half - 14, 25]];
    const boxes = places.map(([right, down]) => [x + right - half, y + down - 11, x + right + half, y + down]);
    const costs = boxes.map((box) => taken.reduce((sum, other) => sum + covers(box, other), 0));
    const best = costs.indexOf(Math.min(...costs));
    taken.push(boxes[best]);
    return [x + places[best][0], y + places[best][1]];
  });
}

/**
 * A bar per model, from 0, with its error where that is known, each below its title.
 * @param {{title: string, value: number, error: number|null, index: number}[]} bars
 * @param {Pens} pens
 * @param {number} [width]
 */
export function bars(bars, { ink, line }, width = 460) {
  const [high, room] = [38, 52];
  const height = bars.length * high;
  const drawing = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", ...FONT, fill: ink });
  const least = Math.min(0, ...bars.map(({ value, error }) => value - 2 * (error ?? 0)));
  const most = Math.max(0, ...bars.map(({ value, error }) => value + 2 * (error ?? 0)));
  const x = (/** @type {number} */ value) => 1 + ((value - least) / (most - least || 1)) * (width - room);
  bars.forEach(({ title, value, error, index }, i) => {
    const y = i * high + 18;
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
    drawing.append(s("text", { x: 0, y: y - 4 }, `${index + 1} ${title}`), s("rect", { x: from, y, width: Math.max(1, to - from), height: 14, fill: colourOf(index) }));
    if (error) drawing.append(s("path", { d: `M${x(value - 2 * error)} ${y + 7}H${x(value + 2 * error)}M${x(value - 2 * error)} ${y + 3}v8M${x(value + 2 * error)} ${y + 3}v8`, stroke: ink, "stroke-width": 1.5, fill: "none" }));
    drawing.append(s("text", { x: Math.max(to, x(value + 2 * (error ?? 0))) + 5, y: y + 12 }, shown(value)), s("line", { x1: x(0), x2: x(0), y1: y - 2, y2: y + 16, stroke: line }));
  });
  return drawing;
}

/** A tick's value as visitors write it, with a minus that is as wide as a plus. @param {number} value */
function mark(value) {
  return written(Number(value.toPrecision(6))).replace("-", "−");
}

/** @param {number[]} values */
function ticksOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return high - low > 1e-9 ? ticks(low, high) : ticks(low - Math.max(0.05, Math.abs(low) / 10), high + Math.max(0.05, Math.abs(high) / 10));
}

function scales(across, up, width, height) {
  const between = (value, marks) => (value - marks[0]) / (marks.at(-1) - marks[0]);
  return {
    x: (value) => EDGE.left + between(value, across) * (width - EDGE.left - EDGE.right),
    y: (value) => height - EDGE.bottom - between(value, up) * (height - EDGE.top - EDGE.bottom),
  };
}
