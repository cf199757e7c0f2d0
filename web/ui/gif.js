// Animated GIFs, written by hand: 256 colours, each pixel of a picture a square of several, and a comment for the recipe.

const BITS = 8; // of a colour's number
const MOST_CODE = 4095;
const CELLS = 32; // steps of red, green and blue each, in which the colours of a palette are told apart
const FINE = 64; // the same, of pictures
/** Which of sixteen neighbouring pixels take the second colour first (Bayer, 1973). */
const ORDER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** Bytes that grow. */
class Bytes {
  constructor() {
    this.held = new Uint8Array(1 << 16);
    this.length = 0;
  }

  /** @param {number} byte */
  push(byte) {
    if (this.length === this.held.length) this.grow(this.length + 1);
    this.held[this.length++] = byte;
  }

  /** @param {ArrayLike<number>} bytes */
  add(bytes) {
    if (this.length + bytes.length > this.held.length) this.grow(this.length + bytes.length);
    this.held.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** @param {number} least */
  grow(least) {
    const more = new Uint8Array(Math.max(2 * this.held.length, least));
    more.set(this.held);
    this.held = more;
  }

  get done() {
    return this.held.slice(0, this.length);
  }
}

/**
 * The colours of a film: all greys where it is grey, else 256 that split its pictures' colours most evenly (median cut).
 * @param {Uint8Array[]} pictures some of them, red, green and blue of each pixel
 * @returns {Uint8Array} (256 * 3)
 */
export function paletteOf(pictures) {
  const palette = new Uint8Array(3 * 256);
  if (pictures.every(isGrey)) return palette.map((_, i) => Math.floor(i / 3));
  /** @type {Map<number, number[]>} sums of red, green, blue and how many, by cell */
  const seen = new Map();
  for (const pixels of pictures) {
    for (let i = 0; i < pixels.length; i += 3) {
      const cell = cellOf(pixels[i], pixels[i + 1], pixels[i + 2]);
      const sums = seen.get(cell) ?? [0, 0, 0, 0];
      for (let c = 0; c < 3; c++) sums[c] += pixels[i + c];
      sums[3]++;
      seen.set(cell, sums);
    }
  }
  let boxes = [[...seen.values()].map((sums) => ({ mean: sums.slice(0, 3).map((sum) => sum / sums[3]), count: sums[3] }))];
  const rangeOf = (/** @type {typeof boxes[0]} */ box, /** @type {number} */ c) => Math.max(...box.map(({ mean }) => mean[c])) - Math.min(...box.map(({ mean }) => mean[c]));
  const widest = (/** @type {typeof boxes[0]} */ box) => [0, 1, 2].reduce((best, c) => (rangeOf(box, c) > rangeOf(box, best) ? c : best), 0);
  const spread = new Map(boxes.map((box) => [box, rangeOf(box, widest(box))]));
  while (boxes.length < 256) {
    const box = boxes.reduce((best, one) => (spread.get(one) > spread.get(best) ? one : best));
    if (box.length < 2) break;
    const c = widest(box);
    box.sort((one, other) => one.mean[c] - other.mean[c]);
    const half = box.reduce((sum, { count }) => sum + count, 0) / 2;
    let [at, sum] = [0, 0];
    while (at < box.length - 1 && (at === 0 || sum < half)) sum += box[at++].count;
    const parts = [box.slice(0, at), box.slice(at)];
    for (const part of parts) spread.set(part, rangeOf(part, widest(part)));
    boxes = [...boxes.filter((one) => one !== box), ...parts];
  }
  boxes.forEach((box, i) => {
    const count = box.reduce((sum, one) => sum + one.count, 0);
    for (let c = 0; c < 3; c++) palette[3 * i + c] = Math.round(box.reduce((sum, one) => sum + one.mean[c] * one.count, 0) / count);
  });
  return palette;
}

/** @param {Uint8Array} pixels */
function isGrey(pixels) {
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return false;
  return true;
}

/** @param {number} r @param {number} g @param {number} b */
const cellOf = (r, g, b) => ((r >> 3) * CELLS + (g >> 3)) * CELLS + (b >> 3);

/** A film that grows picture by picture. */
export class Gif {
  /**
   * @param {object} film
   * @param {number} film.width of a picture
   * @param {number} film.height
   * @param {number} film.scale pixels of the film per pixel of a picture, each way
   * @param {number} film.rate pictures per second; a GIF counts in hundredths of one
   * @param {Uint8Array} film.palette of `paletteOf`
   * @param {boolean} [film.smooth] whether neighbouring pixels share what lies between two colours: no steps in what fades
   * @param {boolean} film.loop whether it begins again
   * @param {string} film.comment that the file carries
   */
  constructor({ width, height, scale, rate, palette, loop, comment, smooth = false }) {
    this.size = { width, height, scale };
    this.rate = rate;
    this.palette = palette;
    this.grey = palette.every((value, i) => value === Math.floor(i / 3));
    this.smooth = smooth && !this.grey;
    /** The nearest colour of each cell, the next one beyond it, and how many of sixteen pixels have that. */
    this.nearest = new Int16Array(FINE ** 3).fill(-1);
    this.beyond = new Uint8Array(FINE ** 3);
    this.turns = new Uint8Array(FINE ** 3);
    this.frames = 0;
    this.bytes = new Bytes();
    this.bytes.add(letters("GIF89a"));
    this.bytes.add([...word(width * scale), ...word(height * scale), 0xf7, 0, 0]);
    this.bytes.add(palette);
    if (loop) this.bytes.add([0x21, 0xff, 11, ...letters("NETSCAPE2.0"), 3, 1, 0, 0, 0]);
    this.bytes.add([0x21, 0xfe]);
    this.blocks(new TextEncoder().encode(comment));
  }

  /** Adds a picture. @param {Uint8Array} pixels red, green and blue of each */
  add(pixels) {
    const { width, height, scale } = this.size;
    const till = (/** @type {number} */ frame) => Math.round((100 * frame) / this.rate);
    const wait = till(this.frames + 1) - till(this.frames); // so that roundings do not add up
    this.frames++;
    this.bytes.add([0x21, 0xf9, 4, 4, ...word(wait), 0, 0]);
    this.bytes.add([0x2c, 0, 0, 0, 0, ...word(width * scale), ...word(height * scale), 0]);
    const numbers = new Uint8Array(width * height * scale * scale);
    for (let y = 0; y < height; y++) {
      const line = numbers.subarray(y * scale * width * scale, (y * scale + 1) * width * scale);
      for (let x = 0; x < width; x++) line.fill(this.colourOf(pixels, 3 * (y * width + x), ORDER[4 * (y & 3) + (x & 3)]), x * scale, (x + 1) * scale);
      for (let i = 1; i < scale; i++) numbers.set(line, (y * scale + i) * width * scale);
    }
    this.bytes.push(BITS);
    this.blocks(packed(numbers));
  }

  /** The whole file. */
  end() {
    this.bytes.push(0x3b);
    return new Blob([this.bytes.done], { type: "image/gif" });
  }

  /**
   * Number of a pixel's colour.
   * @param {Uint8Array} pixels
   * @param {number} at
   * @param {number} turn of the pixel among its neighbours, 0 to 15
   */
  colourOf(pixels, at, turn) {
    if (this.grey) return pixels[at];
    const cell = ((pixels[at] >> 2) * FINE + (pixels[at + 1] >> 2)) * FINE + (pixels[at + 2] >> 2);
    if (this.nearest[cell] < 0) {
      const colour = Array.from(pixels.subarray(at, at + 3));
      const [near, far] = this.nearestTo(colour);
      const [beyond] = this.nearestTo(colour.map((value, c) => 2 * value - this.palette[3 * near + c]));
      const more = Math.hypot(...colour.map((value, c) => value - this.palette[3 * beyond + c]));
      this.nearest[cell] = near;
      this.beyond[cell] = beyond;
      this.turns[cell] = this.smooth && beyond !== near ? Math.round((16 * far) / (far + more)) : 0;
    }
    return turn < this.turns[cell] ? this.beyond[cell] : this.nearest[cell];
  }

  /** The colour of the palette that is nearest to one, and how far it is. @param {number[]} colour @returns {[number, number]} */
  nearestTo(colour) {
    let [best, least] = [0, Infinity];
    for (let i = 0; i < 256; i++) {
      let far = 0;
      for (let c = 0; c < 3; c++) far += (this.palette[3 * i + c] - colour[c]) ** 2;
      if (far < least) [best, least] = [i, far];
    }
    return [best, Math.sqrt(least)];
  }

  /** Data in blocks of at most 255 bytes, and an empty one. @param {Uint8Array} data */
  blocks(data) {
    for (let at = 0; at < data.length; at += 255) {
      const block = data.subarray(at, at + 255);
      this.bytes.push(block.length);
      this.bytes.add(block);
    }
    this.bytes.push(0);
  }
}

/** Bytes packed as GIFs are (LZW of 8 bits). @param {Uint8Array} data */
function packed(data) {
  const out = new Bytes();
  const [clear, end] = [1 << BITS, (1 << BITS) + 1];
  /** @type {Map<number, number>} codes of what is longer than a byte, by the code of its beginning and its last byte */
  let known = new Map();
  let [held, bits, size, next] = [0, 0, BITS + 1, end + 1];
  const put = (/** @type {number} */ code) => {
    held |= code << bits;
    bits += size;
    for (; bits >= 8; bits -= 8, held >>>= 8) out.push(held & 255);
  };
  put(clear);
  let code = data[0];
  for (let i = 1; i < data.length; i++) {
    const longer = (code << BITS) | data[i];
    const found = known.get(longer);
    if (found !== undefined) {
      code = found;
      continue;
    }
    put(code);
    code = data[i];
    if (next > MOST_CODE) {
      put(clear);
      known = new Map();
      [size, next] = [BITS + 1, end + 1];
      continue;
    }
    known.set(longer, next);
    if (next++ === 1 << size) size++;
  }
  put(code);
  if (next === 1 << size && next <= MOST_CODE) size++;
  put(end);
  if (bits) out.push(held & 255);
  return out.done;
}

/** @param {number} number */
const word = (number) => [number & 255, number >> 8];

/** @param {string} text */
const letters = (text) => [...text].map((letter) => letter.charCodeAt(0));
