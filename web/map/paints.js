// The map's colours as numbers for the pixel loop: each class shown and dimmed, nearer and farther, on the theme's ground.

import { channelsOf, colourOf, symbolOf } from "../ui/colours.js";
import { SHADES } from "./cloud.js";

/**
 * @param {number} classes
 * @param {[number, number, number]} ground the background's red, green, blue
 * @param {[number, number, number]} line the grid lines' colour
 */
export function paintsFor(classes, ground, line) {
  const shown = new Uint32Array(classes * SHADES);
  const dimmed = new Uint32Array(classes * SHADES);
  for (let index = 0; index < classes; index++) {
    const colour = channelsOf(colourOf(index));
    for (let shade = 0; shade < SHADES; shade++) {
      const far = 0.5 * (1 - shade / (SHADES - 1));
      shown[index * SHADES + shade] = packed(mix(colour, ground, far));
      dimmed[index * SHADES + shade] = packed(mix(colour, ground, 0.72 + 0.2 * far));
    }
  }
  return { shown, dimmed, background: packed(ground), line: packed(mix(line, ground, 0.55)), symbols: Array.from({ length: classes }, (_, i) => symbolOf(i)) };
}

/** Red, green, blue of any CSS colour, as the browser itself reads it. */
export function readColour(text) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return Array.from(context.getImageData(0, 0, 1, 1).data.subarray(0, 3));
}

function mix(colour, ground, share) {
  return colour.map((value, i) => Math.round(value + (ground[i] - value) * share));
}

function packed([red, green, blue]) {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}
