// A class's colour and symbol as a small picture.

import { colourOf, outlineOf, symbolOf } from "./colours.js";
import { svg } from "./dom.js";

/** @param {number} index of the class in the dataset's order */
export function swatch(index) {
  const path = svg("path", { d: outlineOf(symbolOf(index)), fill: colourOf(index) });
  return svg("svg", { viewBox: "-1.4 -1.4 2.8 2.8", class: "swatch", "aria-hidden": "true" }, path);
}
