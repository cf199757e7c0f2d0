// The pattern of a recipe (latent_core/pattern.py): one byte a cell, 0 to 100 hundredths of theta, as base64url text.

export const STEPS = 100;

/** Uint8Array (classes * latent) of a pattern's text; null for "", the pattern of ones. */
export function fromText(text) {
  if (!text) return null;
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** The text of a pattern's cells; "" where all of them are 100. */
export function toText(cells) {
  if (!cells || cells.every((cell) => cell === STEPS)) return "";
  return btoa(String.fromCharCode(...cells)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Writes theta times the pattern.
 * @param {Float32Array} out (rows * latent)
 * @param {number} theta
 * @param {Uint8Array|null} cells of all classes, null for ones
 * @param {number[]} rows classes; one beyond the cells is a group, which no pattern knows
 */
export function spread(out, theta, cells, rows) {
  if (!cells) return out.fill(theta);
  const latent = out.length / rows.length;
  rows.forEach((row, i) => {
    for (let j = 0; j < latent; j++) out[i * latent + j] = theta * ((cells[row * latent + j] ?? STEPS) / STEPS);
  });
  return out;
}
