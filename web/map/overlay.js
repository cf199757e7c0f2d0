// What is drawn above the points: axes, class names, rings, outlines and cross hairs.

import { written } from "../engine/language.js";
import { colourOf, traceSymbol } from "../ui/colours.js";

/**
 * @import { Camera } from "./camera.js"
 * @import { Layout } from "./layout.js"
 */

/**
 * @typedef {{text: string, accent: string, ground: string, symbols: string[]}} Theme CSS colours, and each class's symbol
 * @typedef {[number, number, number, number]} Box left, top, right, bottom in CSS pixels
 * @typedef {{index: number, name: string, place: number[]|null, bold: boolean}} Label a class's name at its middle
 */

const EDGE = 8; // CSS pixels between the axes' words and the map's edge
const UP = 48; // CSS pixels from the left where the name of the axis up stands
export const RIM = 4; // CSS pixels between class names and the map's edge
const OFFSETS = [[0, 0], [0, -21], [0, 21], [1.6, 0], [-1.6, 0], [0, -42], [0, 42], [1.6, 21], [-1.6, 21]]; // label widths, pixels

/**
 * The axes: numbers along a quiet grid in two dimensions, three named lines through the middle in three.
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Camera} camera
 * @param {Layout} layout
 * @param {Theme} theme
 */
export function drawAxes(context, camera, layout, theme) {
  context.font = "14px system-ui, sans-serif";
  context.lineWidth = 1;
  if (layout.dims === 2) drawGrid(context, camera, layout, theme);
  else drawTriad(context, camera, layout, theme);
}

/**
 * The lines of the grid of a flat map.
 * @param {Camera} camera
 * @returns {{step: number, across: number[][], up: number[][]}} [value, CSS pixel] of each line
 */
export function gridLines(camera) {
  const step = niceStep(90 / camera.scale);
  const [left, top] = camera.toPlace(0, 0);
  const [right, bottom] = camera.toPlace(camera.width, camera.height);
  const [across, up] = [[], []];
  for (let value = Math.ceil(left / step) * step; value <= right; value += step) across.push([value, camera.toScreen([value, 0])[0]]);
  for (let value = Math.ceil(bottom / step) * step; value <= top; value += step) up.push([value, camera.toScreen([0, value])[1]]);
  return { step, across, up };
}

function drawGrid(context, camera, { titles }, theme) {
  const { width, height } = camera;
  const { step, across, up } = gridLines(camera);
  context.textAlign = "center";
  for (const [value, x] of across) if (x > 170 && x < width - 60) haloText(context, label(value, step), x, height - 24, theme, 0.75);
  context.textAlign = "left";
  for (const [value, y] of up) if (y > 64 && y < height - 40) haloText(context, label(value, step), EDGE, y + 4, theme, 0.75);
  context.textAlign = "center";
  haloText(context, `${titles[0]} →`, Math.max(width / 2, Math.min(250, width - 90)), height - EDGE, theme, 1);
  context.save();
  context.translate(UP, height / 2);
  context.rotate(-Math.PI / 2);
  haloText(context, `${titles[1]} →`, 0, 0, theme, 1);
  context.restore();
}

/**
 * The box of the name of the axis up on a flat map, which class names leave free.
 * @param {CanvasRenderingContext2D} context
 * @param {Camera} camera
 * @param {Layout} layout
 * @returns {Box[]} empty where there is none
 */
export function axisBoxes(context, camera, { dims, titles }) {
  if (dims !== 2) return [];
  context.font = "14px system-ui, sans-serif";
  const half = context.measureText(`${titles[1]} →`).width / 2;
  return [[UP - 14, camera.height / 2 - half, UP + 4, camera.height / 2 + half]];
}

function drawTriad(context, camera, { titles }, theme) {
  const { low, high } = camera.box;
  const middle = low.map((value, axis) => (value + high[axis]) / 2);
  titles.forEach((title, axis) => {
    const [from, to] = [[...middle], [...middle]];
    from[axis] = low[axis];
    to[axis] = high[axis];
    const [x0, y0] = camera.toScreen(from);
    const [x1, y1] = camera.toScreen(to);
    context.strokeStyle = theme.text;
    context.globalAlpha = 0.35;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.globalAlpha = 1;
    context.textAlign = x1 < 130 ? "left" : x1 > camera.width - 130 ? "right" : "center";
    const y = Math.min(Math.max(y1 + (y1 < y0 ? -7 : 16), 14), camera.height - EDGE);
    haloText(context, `${title} →`, Math.min(Math.max(x1, EDGE), camera.width - EDGE), y, theme, 0.95);
  });
}

/**
 * Text that stays readable over points: first its outline in the ground's colour.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {Theme} theme
 */
export function haloText(context, text, x, y, theme, alpha = 1) {
  context.save();
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = theme.ground;
  context.globalAlpha = 0.85;
  context.strokeText(text, x, y);
  context.globalAlpha = alpha;
  context.fillStyle = theme.text;
  context.fillText(text, x, y);
  context.restore();
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((step) => step * power >= rough);
}

function label(value, step) {
  return written(Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(step))))));
}

/**
 * Middle of each class on the map: the median of its points, axis by axis.
 * @param {Pick<Layout, "places"|"dims">} layout
 * @param {Int16Array} y class index of each row
 * @param {number} classes
 * @returns {(number[]|null)[]} each (dims,), or null for a class without points
 */
export function middles({ places, dims }, y, classes) {
  const rows = Array.from({ length: classes }, () => []);
  for (let i = 0; i < y.length; i++) rows[y[i]].push(i);
  return rows.map((mine) => {
    if (!mine.length) return null;
    return Array.from({ length: dims }, (_, axis) => {
      const values = Float32Array.from(mine, (row) => places[row * dims + axis]).sort();
      return values[values.length >> 1];
    });
  });
}

/**
 * Where class names stand, whole and on the map: those chosen first; one that would cover another is left out.
 * @param {Label[]} labels
 * @param {Camera} camera
 * @param {(label: Label) => number} halfWidth of a label, CSS pixels
 * @param {Box[]} [taken] boxes that are kept free
 * @param {number} [lift] pixels that names stand above their places
 * @returns {{label: Label, box: Box}[]}
 */
export function placeLabels(labels, camera, halfWidth, taken = [], lift = 0) {
  const occupied = [...taken];
  const placed = [];
  for (const label of [...labels].sort((a, b) => Number(b.bold) - Number(a.bold))) {
    if (!label.place) continue;
    const [x, y] = camera.toScreen(label.place);
    if (x < -40 || y < -20 || x > camera.width + 40 || y > camera.height + 20) continue;
    const half = halfWidth(label);
    const boxes = OFFSETS.map(([dx, dy]) => {
      const [middle, line] = [inside(x + dx * half, half + RIM, camera.width), inside(y - lift + dy, 10 + RIM, camera.height)];
      return /** @type {Box} */ ([middle - half, line - 10, middle + half, line + 10]);
    });
    const box = boxes.find((one) => !occupied.some((other) => overlap(one, other)));
    if (!box) continue;
    occupied.push(box);
    placed.push({ label, box });
  }
  return placed;
}

/** What lies as near to `at` as it can, `room` from both ends of a length. */
export const inside = (/** @type {number} */ at, /** @type {number} */ room, /** @type {number} */ length) => Math.max(room, Math.min(length - room, at));

/**
 * Writes class names, each on a plate with its class's symbol.
 * @param {CanvasRenderingContext2D} context
 * @param {Camera} camera
 * @param {Label[]} labels
 * @param {Theme} theme
 * @param {Box[]} [taken]
 * @param {number} [lift]
 */
export function drawLabels(context, camera, labels, theme, taken, lift) {
  const anyBold = labels.some((label) => label.bold);
  const font = (label) => (context.font = `${label.bold ? 700 : 600} ${label.bold ? 15 : 14}px system-ui, sans-serif`);
  const halfWidth = (label) => {
    font(label);
    return context.measureText(label.name).width / 2 + 13;
  };
  for (const { label, box } of placeLabels(labels, camera, halfWidth, taken, lift)) {
    const faint = anyBold && !label.bold;
    const [left, top, right] = box;
    font(label);
    context.fillStyle = theme.ground;
    context.globalAlpha = faint ? 0.4 : 0.82;
    context.beginPath();
    context.roundRect(left, top, right - left, 20, 10);
    context.fill();
    context.globalAlpha = faint ? 0.55 : 1;
    context.fillStyle = colourOf(label.index);
    traceSymbol(context, theme.symbols[label.index], left + 10, top + 10, 5);
    context.fill();
    context.fillStyle = theme.text;
    context.textAlign = "left";
    context.fillText(label.name, left + 19, top + 15);
    context.globalAlpha = 1;
  }
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/**
 * A ring around a point.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x CSS pixels
 * @param {number} y
 * @param {number} radius of the point
 * @param {Theme} theme
 * @param {boolean} strong for the chosen one
 */
export function drawRing(context, x, y, radius, theme, strong) {
  const colour = strong ? theme.accent : theme.text;
  for (const { style, width } of [{ style: theme.ground, width: strong ? 5 : 4.5 }, { style: colour, width: strong ? 3 : 2 }]) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, Math.max(radius + 5, 8), 0, 2 * Math.PI);
    context.stroke();
  }
}

/**
 * @typedef {{corners: number[][], onMap: boolean, open: boolean}} Outline corners in map units (onMap) or in CSS pixels;
 *   open: the last corner is not joined to the first
 */

/**
 * The outline of a box or lasso.
 * @param {CanvasRenderingContext2D} context
 * @param {Camera} camera
 * @param {Outline} outline
 * @param {Theme} theme
 */
export function drawOutline(context, camera, { corners, onMap, open }, theme) {
  if (!corners.length) return;
  context.beginPath();
  corners.forEach((corner, i) => {
    const [x, y] = onMap ? camera.toScreen(corner) : corner;
    if (i) context.lineTo(x, y);
    else context.moveTo(x, y);
  });
  if (!open) context.closePath();
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.1;
  context.fill();
  context.globalAlpha = 1;
  for (const { style, width } of [{ style: theme.ground, width: 4 }, { style: theme.accent, width: 2 }]) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * Cross hairs with a ring where a place is decoded, or where the keyboard's cursor stands.
 * @param {CanvasRenderingContext2D} context
 * @param {Camera} camera
 * @param {number[]} place
 * @param {Theme} theme
 */
export function drawCrosshair(context, camera, place, theme) {
  const [x, y] = camera.toScreen(place);
  for (const { style, width } of [{ style: theme.ground, width: 5 }, { style: theme.accent, width: 2.5 }]) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 16 * dx, y + 16 * dy);
    }
    context.stroke();
  }
}
