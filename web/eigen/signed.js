// Pictures of numbers with a sign: one colour adds light, the other takes it away, and nothing is the page's own colour.

import { drawPicture } from "../ui/canvas.js";

const ENDS = {
  light: { none: [255, 255, 255], plus: [180, 60, 0], minus: [20, 70, 190] },
  dark: { none: [24, 27, 38], plus: [255, 170, 80], minus: [110, 175, 255] },
};

/**
 * The two colours and none as CSS.
 * @param {"light"|"dark"} theme
 * @param {number} [channels] of the pictures
 * @returns {Record<"none"|"plus"|"minus", string>}
 */
export function endsOf(theme, channels = 1) {
  if (channels === 3) return { none: "#808080", plus: "#fff", minus: "#000" };
  const css = (/** @type {number[]} */ colour) => `rgb(${colour.join(" ")})`;
  const { none, plus, minus } = ENDS[theme];
  return { none: css(none), plus: css(plus), minus: css(minus) };
}

/**
 * Draws what a picture adds and what it takes away; the strongest pixel gets the full colour. In colour, each channel is
 * brighter than middle grey where it is added to and darker where it is taken from, so that hues can be seen.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} plus (channels, height, width), not negative
 * @param {Float32Array} minus the same for what is taken away
 * @param {[number, number, number]} shape
 * @param {"light"|"dark"} theme
 */
export function drawSigned(canvas, plus, minus, [channels, height, width], theme) {
  if (channels === 3) {
    const most = plus.reduce((top, value, i) => Math.max(top, Math.abs(value - minus[i])), 1e-9);
    drawPicture(canvas, plus.map((value, i) => 0.5 + (0.5 * (value - minus[i])) / most), [channels, height, width]);
    return;
  }
  const plane = height * width;
  const values = new Float32Array(plane);
  let most = 1e-9;
  for (let i = 0; i < plus.length; i++) {
    const at = i % plane;
    values[at] += (plus[i] - minus[i]) / channels;
    most = Math.max(most, Math.abs(values[at]));
  }
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const { none, plus: added, minus: taken } = ENDS[theme];
  for (let i = 0; i < plane; i++) {
    const end = values[i] > 0 ? added : taken;
    const share = (Math.abs(values[i]) / most) ** 0.8; // a little lift, so that weak parts can be seen
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = none[c] + share * (end[c] - none[c]);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
