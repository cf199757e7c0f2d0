// PNG files of pictures, written by hand: browsers that guard against fingerprints give noise to whoever reads a canvas.

const GAP = 1; // pixels of the picture between two
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @type {Uint32Array|undefined} */
let table;

/** A PNG chunk's checksum, CRC-32. @param {Uint8Array} bytes */
function checksum(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** @param {string} kind four letters @param {Uint8Array} data */
function chunk(kind, data) {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(kind), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, checksum(out.subarray(4, 8 + data.length)));
  return out;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * A PNG of pixels.
 * @param {Uint8Array} pixels (height, width, 3)
 * @param {number} width
 * @param {number} height
 * @param {Record<string, string>} facts texts that the file carries, by name
 * @returns {Promise<Blob>}
 */
export async function pngFile(pixels, width, height, facts = {}) {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits each of red, green, blue
  const lines = new Uint8Array(height * (1 + 3 * width)); // each begins with a 0: it is stored as it is
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(3 * width * y, 3 * width * (y + 1)), y * (1 + 3 * width) + 1);
  const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);
  const texts = Object.entries(facts).map(([name, text]) => chunk("iTXt", encode(`${name}\0\0\0\0\0${text}`)));
  const parts = [Uint8Array.from(SIGNATURE), chunk("IHDR", head), ...texts, chunk("IDAT", await deflated(lines)), chunk("IEND", new Uint8Array())];
  return new Blob(parts, { type: "image/png" });
}

/**
 * A PNG of pictures side by side, each pixel of them as a square of several.
 * @param {Float32Array} values (pictures, channels, height, width), 0..1
 * @param {[number, number, number]} shape of one of them
 * @param {number} columns
 * @param {number} scale
 * @param {Record<string, string>} [facts]
 */
export async function sheetFile(values, [channels, height, width], columns, scale, facts) {
  const plane = height * width;
  const count = values.length / (channels * plane);
  const rows = Math.ceil(count / columns);
  const across = (columns * (width + GAP) - GAP) * scale;
  const down = (rows * (height + GAP) - GAP) * scale;
  const pixels = new Uint8Array(3 * across * down).fill(255);
  for (let i = 0; i < count; i++) {
    const [left, top] = [(i % columns) * (width + GAP) * scale, Math.floor(i / columns) * (height + GAP) * scale];
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const from = i * channels * plane + Math.floor(y / scale) * width + Math.floor(x / scale);
        const to = 3 * ((top + y) * across + left + x);
        for (let c = 0; c < 3; c++) pixels[to + c] = Math.floor(Math.min(1, Math.max(0, values[from + (channels === 3 ? c : 0) * plane])) * 255 + 0.5);
      }
    }
  }
  return pngFile(pixels, across, down, facts);
}
