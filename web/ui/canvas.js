// Pictures of numbers on a canvas, one canvas pixel a picture pixel; CSS makes them large with crisp edges.

const buffers = new WeakMap();

/**
 * Draws a picture at its own size. Give the canvas a CSS size and `image-rendering: pixelated`.
 * @param {HTMLCanvasElement|OffscreenCanvas} canvas
 * @param {Float32Array} values (channels, height, width), 0..1; 1 channel is grey, 3 are red, green, blue.
 * @param {[number, number, number]} shape channels, height, width
 * @param {number} [offset] where in `values` the picture starts
 */
export function drawPicture(canvas, values, [channels, height, width], offset = 0) {
  let held = buffers.get(canvas);
  if (!held || held.image.width !== width || held.image.height !== height) {
    canvas.width = width;
    canvas.height = height;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    held = { context, image: context.createImageData(width, height) };
    held.image.data.fill(255);
    buffers.set(canvas, held);
  }
  const bytes = held.image.data;
  const plane = height * width;
  const green = channels === 3 ? offset + plane : offset;
  const blue = channels === 3 ? offset + 2 * plane : offset;
  for (let i = 0, at = 0; i < plane; i++, at += 4) {
    // Halves round up, as in latent_core/models/files.py; a clamped array would round them to even.
    bytes[at] = Math.floor(values[offset + i] * 255 + 0.5);
    bytes[at + 1] = Math.floor(values[green + i] * 255 + 0.5);
    bytes[at + 2] = Math.floor(values[blue + i] * 255 + 0.5);
  }
  held.context.putImageData(held.image, 0, 0);
}

/**
 * A picture as a data URL, for an <img> or a CSS background. Arguments as in `drawPicture`. It is written by hand (BMP),
 * because browsers that guard against fingerprints give noise to whoever reads a canvas.
 */
export function pictureUrl(values, [channels, height, width], offset = 0) {
  const plane = height * width;
  const line = Math.ceil((3 * width) / 4) * 4; // lines are filled up to whole words
  const file = new Uint8Array(54 + line * height);
  const head = new DataView(file.buffer);
  file.set([0x42, 0x4d]); // "BM"
  for (const [at, value] of [[2, file.length], [10, 54], [14, 40], [18, width], [22, height]]) head.setUint32(at, value, true);
  head.setUint16(26, 1, true);
  head.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        // From the lowest line up, and blue before green before red.
        const value = values[offset + (channels === 3 ? (2 - c) * plane : 0) + (height - 1 - y) * width + x];
        file[54 + y * line + 3 * x + c] = Math.max(0, Math.min(255, Math.floor(value * 255 + 0.5)));
      }
    }
  }
  let text = "";
  for (const byte of file) text += String.fromCharCode(byte);
  return `data:image/bmp;base64,${btoa(text)}`;
}

/**
 * Makes a canvas as sharp as the screen and clears it.
 * @param {HTMLCanvasElement} canvas
 * @param {{width: number, height: number}} [size] in CSS pixels where the caller knows it: asking the canvas in the
 *   middle of a frame makes the browser lay out the page
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number}} sizes in CSS pixels
 */
export function sharpCanvas(canvas, size) {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = size ? size.width : canvas.clientWidth;
  const height = size ? size.height : canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
