// safetensors files as arrays by name: an 8-byte length, a JSON header, then the numbers.

import { FileError, fetchBytes, fileName, remember } from "./files.js";
import { t } from "./language.js";

/**
 * The arrays of a file by name. F16 and F32 come as Float32Array, I16, I32 and U8 as their typed arrays, I64 as
 * BigInt64Array, as onnxruntime wants it.
 * @typedef {Record<string, {data: any, dims: number[]}>} Arrays
 */

/** @type {Record<string, {width: number, read: (held: ArrayBuffer) => ArrayLike<number> | BigInt64Array}>} */
const DTYPES = {
  F16: { width: 2, read: (held) => widen(new Uint16Array(held)) },
  F32: { width: 4, read: (held) => new Float32Array(held) },
  I16: { width: 2, read: (held) => new Int16Array(held) },
  I32: { width: 4, read: (held) => new Int32Array(held) },
  I64: { width: 8, read: (held) => new BigInt64Array(held) },
  U8: { width: 1, read: (held) => new Uint8Array(held) },
};

/** @type {Map<string, Promise<Arrays>>} */
const cache = new Map();

/**
 * The arrays of a safetensors file, fetched once per URL.
 * @param {string} url
 * @param {import("./files.js").Progress} [onProgress]
 * @returns {Promise<Arrays>}
 * @throws {FileError} not there, or not a whole safetensors file.
 */
export function fetchArrays(url, onProgress) {
  return remember(cache, url, async () => readArrays(await fetchBytes(url, onProgress), url));
}

/**
 * The arrays in the bytes of a safetensors file.
 * @param {Uint8Array} bytes
 * @param {string} [url] only names the file in errors
 * @returns {Arrays}
 * @throws {FileError} not a whole safetensors file.
 */
export function readArrays(bytes, url = t("this file")) {
  try {
    return parse(bytes);
  } catch {
    throw new FileError(t("{file} is damaged: it is not a whole safetensors file. Copy it again.", { file: fileName(url) }), url);
  }
}

/** @param {Uint8Array} bytes */
function parse(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = Number(view.getBigUint64(0, true));
  if (length > bytes.length - 8) throw new RangeError("header");
  const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  /** @type {Arrays} */
  const arrays = {};
  for (const [name, { dtype, shape, data_offsets: ends }] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { width, read } = DTYPES[dtype];
    const [from, to] = ends;
    const count = shape.reduce((/** @type {number} */ product, /** @type {number} */ size) => product * size, 1);
    if (from < 0 || to - from !== count * width || 8 + length + to > bytes.length) throw new RangeError(name);
    const start = bytes.byteOffset + 8 + length + from;
    // A copy, because typed arrays need aligned offsets.
    arrays[name] = { data: read(/** @type {ArrayBuffer} */ (bytes.buffer.slice(start, start + to - from))), dims: shape };
  }
  return arrays;
}

/**
 * 16-bit floats given as their bits.
 * @param {Uint16Array} bits
 */
export function widen(bits) {
  const { Float16Array } = /** @type {any} */ (globalThis); // many times faster, where the browser has it
  if (Float16Array) return Float32Array.from(new Float16Array(bits.buffer, bits.byteOffset, bits.length));
  const out = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i] & 0x8000 ? -1 : 1;
    const exponent = (bits[i] >> 10) & 31;
    const fraction = bits[i] & 1023;
    if (exponent === 0) out[i] = sign * fraction * 2 ** -24;
    else if (exponent === 31) out[i] = fraction ? NaN : sign * Infinity;
    else out[i] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return out;
}
