// How far each class and latent dimension may vary: one number times a pattern; the twin of latent_core/recipes/theta.py.

/** A cell of a pattern is a byte, 0 to 100: hundredths of theta's scale. */
export const STEPS = 100;

/** Multiplier of each class's own spread: a scale times the cells of a pattern, "" for the pattern of ones. It does not change. */
export class Theta {
  /** @type {Uint8Array|null|undefined} */
  #cells;
  /** @type {string|undefined} */
  #pattern;

  /**
   * @param {number} scale 0 to 1
   * @param {string} [pattern] as the recipe holds it
   */
  constructor(scale, pattern = "") {
    this.scale = scale;
    this.#pattern = pattern;
  }

  /**
   * @param {number} scale
   * @param {Uint8Array|null} cells (classes * latent), null for ones; it must not be changed afterwards
   */
  static fromCells(scale, cells) {
    const theta = new Theta(scale);
    theta.#pattern = undefined;
    theta.#cells = cells;
    return theta;
  }

  /** The pattern's text, as recipes and links hold it. */
  get pattern() {
    return (this.#pattern ??= toText(/** @type {Uint8Array|null} */ (this.#cells)));
  }

  /** Uint8Array (classes * latent), null for the pattern of ones. */
  get cells() {
    return this.#cells === undefined ? (this.#cells = fromText(this.pattern)) : this.#cells;
  }

  /**
   * Theta of chosen classes, row-major. One beyond the pattern is a group, which no pattern knows: it gets all of the scale.
   * @param {number[]} rows classes
   * @param {number} latent
   * @param {Float32Array} [out] is written into, (rows * latent)
   * @returns {Float32Array} (rows * latent)
   */
  rows(rows, latent, out = new Float32Array(rows.length * latent)) {
    const { cells, scale } = this;
    if (!cells) return out.fill(scale);
    rows.forEach((row, i) => {
      for (let j = 0; j < latent; j++) out[i * latent + j] = scale * ((cells[row * latent + j] ?? STEPS) / STEPS);
    });
    return out;
  }
}

/**
 * The cells in a pattern's text; null for "".
 * @param {string} text
 * @returns {Uint8Array|null}
 */
export function fromText(text) {
  if (!text) return null;
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/**
 * The text of a pattern's cells; "" where all of them are 100.
 * @param {Uint8Array|null} cells
 * @returns {string}
 */
export function toText(cells) {
  if (!cells || cells.every((cell) => cell === STEPS)) return "";
  return btoa(String.fromCharCode(...cells)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
