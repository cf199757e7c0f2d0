// A point's symbol as a list of pixels with their coverage, so that thousands of points cost no canvas calls.

import { traceSymbol } from "../ui/colours.js";

const cache = new Map();

/**
 * The pixels of a symbol around its centre.
 * @param {string} symbol of colours.js
 * @param {number} radius in canvas pixels
 * @returns {{dx: Int16Array, dy: Int16Array, cover: Uint16Array, reach: number}} cover 1..256; reach in pixels
 */
export function stampOf(symbol, radius) {
  const key = `${symbol} ${radius.toFixed(1)}`;
  if (!cache.has(key)) cache.set(key, make(symbol, radius));
  return cache.get(key);
}

function make(symbol, radius) {
  const reach = Math.ceil(radius * 1.3) + 1;
  const size = 2 * reach + 1;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  traceSymbol(context, symbol, reach + 0.5, reach + 0.5, radius);
  context.fill();
  const bytes = context.getImageData(0, 0, size, size).data;
  const found = [];
  for (let at = 0; at < size * size; at++) {
    const cover = bytes[4 * at + 3];
    if (cover > 8) found.push([(at % size) - reach, Math.floor(at / size) - reach, Math.round((cover * 256) / 255)]);
  }
  return {
    dx: Int16Array.from(found, ([x]) => x),
    dy: Int16Array.from(found, ([, y]) => y),
    cover: Uint16Array.from(found, ([, , cover]) => cover),
    reach,
  };
}
