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
