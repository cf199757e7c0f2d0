// A class's name where its points are, and the lines from the blend's marker to the classes that it is made of.

import { colourOf, traceSymbol } from "../ui/colours.js";
import { halo } from "./axes.js";

const OFFSETS = [[0, 0], [0, -21], [0, 21], [1.6, 0], [-1.6, 0], [0, -42], [0, 42], [1.6, 21], [-1.6, 21]]; // label widths, pixels
const SIZE = 44; // CSS pixels of the blend's picture
const STEM = 22; // between the blend's place and its picture

/** Middle of each class on the map: the median of its points, axis by axis. [classes][dims] or null without points. */
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
 * Writes class names, the important ones first; one that would cover another is left out.
 * @param {{index: number, name: string, place: number[]|null, bold: boolean}[]} labels
 * @param {number[][]} [taken] boxes [left, top, right, bottom] that are kept free
 * @param {number} [lift] pixels that names stand above their places
 */
export function drawLabels(context, camera, labels, theme, taken = [], lift = 0) {
  const anyBold = labels.some((label) => label.bold);
  for (const { index, name, place, bold } of [...labels].sort((a, b) => b.bold - a.bold)) {
    const faint = anyBold && !bold;
    if (!place) continue;
    const [x, y] = camera.toScreen(place);
    if (x < -40 || y < -20 || x > camera.width + 40 || y > camera.height + 20) continue;
    context.font = `${bold ? 700 : 600} ${bold ? 15 : 14}px system-ui, sans-serif`;
    const half = context.measureText(name).width / 2 + 13;
    const spot = OFFSETS.map(([dx, dy]) => [x + dx * half - half, y - lift + dy - 10, x + dx * half + half, y - lift + dy + 10]).find((box) => !taken.some((other) => overlap(box, other)));
    if (!spot) continue;
    taken.push(spot);
    const [left, top, right] = spot;
    context.fillStyle = theme.ground;
    context.globalAlpha = faint ? 0.4 : 0.82;
    context.beginPath();
    context.roundRect(left, top, right - left, 20, 10);
    context.fill();
    context.globalAlpha = faint ? 0.55 : 1;
    context.fillStyle = colourOf(index);
    traceSymbol(context, theme.symbols[index], left + 10, top + 10, 5);
    context.fill();
    context.fillStyle = theme.text;
    context.textAlign = "left";
    context.fillText(name, left + 19, top + 15);
    context.globalAlpha = 1;
  }
}

/**
 * The lines from the blend to its classes.
 * @param {{place: number[], ends: {index: number, place: number[], share: number}[], picture: CanvasImageSource|null}} marker
 */
export function drawLines(context, camera, marker, theme) {
  const [x, y] = camera.toScreen(marker.place);
  for (const { index, place, share } of marker.ends) {
    const [x1, y1] = camera.toScreen(place);
    for (const [colour, extra] of [[theme.ground, 3], [index === null ? theme.text : colourOf(index), 0]]) {
      context.strokeStyle = colour;
      context.lineWidth = 1.5 + 3.5 * share + extra;
      context.globalAlpha = extra ? 0.6 : 0.95;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x1, y1);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.fillStyle = index === null ? theme.text : colourOf(index);
    context.beginPath();
    context.arc(x1, y1, 4, 0, 2 * Math.PI);
    context.fill();
  }
}

/** The box [left, top, right, bottom] of the blend's picture and its name. */
export function pinBox(camera, marker) {
  const [x, y] = camera.toScreen(marker.place);
  const half = Math.max(SIZE / 2 + 3, 3.6 * marker.label.length);
  return [x - half, y - SIZE - STEM - 24, x + half, y - STEM + 2];
}

/** The blend's picture on a stem above its place, so that the place itself stays in sight. */
export function drawPin(context, camera, marker, theme) {
  const [x, y] = camera.toScreen(marker.place);
  context.fillStyle = theme.accent;
  context.strokeStyle = theme.ground;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 6, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  const size = SIZE;
  const top = y - STEM - size;
  context.fillStyle = theme.accent;
  context.fillRect(x - 1.25, top + size, 2.5, STEM - 4);
  if (marker.picture) {
    context.fillRect(x - size / 2 - 3, top - 3, size + 6, size + 6);
    context.imageSmoothingEnabled = false;
    context.drawImage(marker.picture, x - size / 2, top, size, size);
  }
  context.font = "700 12px system-ui, sans-serif";
  context.textAlign = "center";
  halo(context, marker.label, x, top - 9, theme);
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
