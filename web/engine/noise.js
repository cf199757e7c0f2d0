// Standard normal noise from a seed, the same numbers as latent_core/graphs/noise.py: Philox 4x32-10 and Box-Muller.

/** High and low word of the product of two 32-bit words, by halves, as plain numbers hold only 53 bits. @param {number} a @param {number} b */
function multiply(a, b) {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return [a1 * b1 + (middle >>> 16) + (other >>> 16), Math.imul(a, b) >>> 0];
}

/**
 * Ten rounds of Philox 4x32.
 * @param {number[]} counter four 32-bit words
 * @param {number[]} key two words
 */
export function philox(counter, key) {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const [leftHigh, leftLow] = multiply(0xd2511f53, c0);
    const [rightHigh, rightLow] = multiply(0xcd9e8d57, c2);
    [c0, c1, c2, c3] = [(rightHigh ^ c1 ^ k0) >>> 0, rightLow, (leftHigh ^ c3 ^ k1) >>> 0, leftLow];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/**
 * Float32Array (samples * latent), row-major; draw i does not depend on how many draws are asked for.
 * @param {number} seed 0 to 2^32 - 1
 * @param {number} samples
 * @param {number} latent
 * @param {number} [first] the draw that comes first, so that a long list can be made in parts
 */
export function normal(seed, samples, latent, first = 0) {
  const out = new Float32Array(samples * latent);
  for (let sample = 0; sample < samples; sample++) {
    for (let block = 0; block * 4 < latent; block++) {
      const uniform = philox([block, first + sample, 0, 0], [seed >>> 0, 0]).map((word) => (word + 0.5) / 4294967296);
      for (let pair = 0; pair < 2; pair++) {
        const radius = Math.sqrt(-2 * Math.log(uniform[2 * pair]));
        const angle = 2 * Math.PI * uniform[2 * pair + 1];
        const at = block * 4 + 2 * pair;
        if (at < latent) out[sample * latent + at] = radius * Math.cos(angle);
        if (at + 1 < latent) out[sample * latent + at + 1] = radius * Math.sin(angle);
      }
    }
  }
  return out;
}
