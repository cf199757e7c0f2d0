// Class colours and symbols: forty pairs of ten colours and eight symbols. Among the first twenty, colours that some
// colour-blind people cannot tell apart have different symbols.

// Okabe and Ito's colours and Paul Tol's, all of middle lightness so that they stand out on white and on black.
const TEN = ["#e69f00", "#3b8fd6", "#009e73", "#d55e00", "#cc79a7", "#8a7bd8", "#b8a51a", "#35b5b5", "#c44569", "#8c8c8c"];
const SYMBOLS = ["circle", "square", "triangle", "diamond", "wedge", "wide", "tall", "arrow"];
const FIRST = [0, 1, 0, 3, 1, 0, 2, 2, 2, 3]; // the symbols of the first ten classes, of those before "wedge"
const ROUNDS = [[0, 0], [4, 0], [0, 1], [4, 1]]; // of the tens: which half of the symbols, and how many places on in it

/**
 * Colour of a class, the same on chips, pad, map and bars.
 * @param {number} index of the class in the dataset's order
 */
export function colourOf(index) {
  return TEN[index % TEN.length];
}

/** Symbol of a class; with its colour it is one of forty pairs, then they begin again. @param {number} index */
export function symbolOf(index) {
  const [half, on] = ROUNDS[Math.floor(index / TEN.length) % ROUNDS.length];
  return SYMBOLS[half + ((FIRST[index % TEN.length] + on) % 4)];
}

/** Red, green, blue 0..255 of a "#rrggbb" colour, to write pixels directly. @returns {[number, number, number]} */
export function channelsOf(colour) {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Corners of the symbols around their centre, in radii; a circle has none. @type {Record<string, [number, number][]>} */
const CORNERS = {
  circle: [],
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]],
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  wedge: [[-1.1, -0.8], [1.1, -0.8], [0, 1.15]],
  wide: [[-1.25, -0.55], [1.25, -0.55], [1.25, 0.55], [-1.25, 0.55]],
  tall: [[-0.55, -1.25], [0.55, -1.25], [0.55, 1.25], [-0.55, 1.25]],
  arrow: [[-0.8, -1.1], [1.15, 0], [-0.8, 1.1]],
};

/**
 * Adds a class's symbol to a canvas context's path; the caller fills or strokes.
 * @param {CanvasRenderingContext2D} context
 * @param {string} symbol of a class
 * @param {number} x centre
 * @param {number} y centre
 * @param {number} radius half of the symbol's size, in the context's units
 */
export function traceSymbol(context, symbol, x, y, radius) {
  context.beginPath();
  const corners = CORNERS[symbol];
  if (!corners.length) return context.arc(x, y, radius, 0, 2 * Math.PI);
  corners.forEach(([dx, dy], i) => (i ? context.lineTo(x + dx * radius, y + dy * radius) : context.moveTo(x + dx * radius, y + dy * radius)));
  context.closePath();
}

/** A symbol's outline around 0, 0 as the path of an SVG, in radii. @param {string} symbol */
export function outlineOf(symbol) {
  const corners = CORNERS[symbol];
  return corners.length ? `M${corners.map((corner) => corner.join(" ")).join("L")}z` : "M1 0a1 1 0 1 1-2 0 1 1 0 1 1 2 0z";
}

/** Whether a place belongs to a symbol around 0, 0. @param {string} symbol @param {number} x in radii @param {number} y in radii */
export function inSymbol(symbol, x, y) {
  const corners = CORNERS[symbol];
  if (!corners.length) return x * x + y * y <= 1;
  return corners.every(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length];
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0; // on the inner side of each edge
  });
}
