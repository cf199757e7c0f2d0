// What drawing the small map needs to know: how points fit into a box, and in which colours.

import { channelsOf } from "../ui/colours.js";

const EDGE = 14; // CSS pixels left free around the points
const GREY = [128, 132, 145];

/** Scale and corner that fit points (n * 2) into a box, one scale for both directions. */
export function frameOf(points, width, height) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
    low = Math.min(low, points[i + 1]);
    high = Math.max(high, points[i + 1]);
  }
  const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (high - low || 1));
  return {
    scale,
    height,
    left: (width - scale * (right - left)) / 2 - scale * left,
    top: (height - scale * (high - low)) / 2 - scale * low,
  };
}

/** A pixel's four bytes as one number: the colour, or grey where it is not `bright`. */
export function packed(colour, alpha, bright) {
  const [red, green, blue] = bright ? channelsOf(colour) : GREY;
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The theme's colours at an element; read once, as asking makes the browser work out its styles. */
export function themeColours(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--st-text-color", "#222"),
    background: read("--st-background-color", "#fff"),
    primary: read("--st-primary-color", "#4f46e5"),
  };
}
