// A picture of numbers as bytes: red, green and blue of each pixel.

/**
 * @param {Float32Array} values (channels, height, width), 0..1; 1 channel is grey, 3 are red, green, blue
 * @param {[number, number, number]} shape channels, height, width
 */
export function rgbOf(values, [channels, height, width]) {
  const plane = height * width;
  const bytes = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) bytes[3 * i + c] = Math.floor(Math.min(1, Math.max(0, values[i + (channels === 3 ? c * plane : 0)])) * 255 + 0.5);
  }
  return bytes;
}

/**
 * A picture several times as large, what is between two pixels lying evenly between them.
 * @param {Uint8Array} pixels red, green and blue of each
 * @param {number} width
 * @param {number} height
 * @param {number} scale times larger, each way
 */
export function smoothed(pixels, width, height, scale) {
  const out = new Uint8Array(3 * width * height * scale * scale);
  const near = (/** @type {number} */ at, /** @type {number} */ size) => {
    const place = Math.min(size - 1, Math.max(0, (at + 0.5) / scale - 0.5));
    const first = Math.min(size - 1, Math.floor(place));
    return { first, second: Math.min(size - 1, first + 1), share: place - first };
  };
  const across = Array.from({ length: width * scale }, (_, x) => near(x, width));
  for (let y = 0; y < height * scale; y++) {
    const down = near(y, height);
    across.forEach(({ first, second, share }, x) => {
      for (let c = 0; c < 3; c++) {
        const at = (/** @type {number} */ line, /** @type {number} */ column) => pixels[3 * (line * width + column) + c];
        const above = (1 - share) * at(down.first, first) + share * at(down.first, second);
        const below = (1 - share) * at(down.second, first) + share * at(down.second, second);
        out[3 * (y * width * scale + x) + c] = Math.round((1 - down.share) * above + down.share * below);
      }
    });
  }
  return out;
}
