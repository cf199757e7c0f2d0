// safetensors files as plain {data, dims} arrays: an 8-byte length, a JSON header, then the numbers.

import { FileError, fetchBytes, fileName, remember } from "./files.js";

const WIDTH = { F16: 2, F32: 4, I16: 2, I32: 4, I64: 8, U8: 1 };
const KINDS = { F32: Float32Array, I16: Int16Array, I32: Int32Array, I64: BigInt64Array, U8: Uint8Array };
const cache = new Map();

/**
 * The arrays of a safetensors file by name, fetched once a URL.
 * F16 becomes Float32Array; I64 is BigInt64Array, as onnxruntime wants it.
 * @param {string} url
 * @param {(received: number, total: number) => void} [onProgress]
 * @returns {Promise<Record<string, {data: ArrayLike<number>, dims: number[]}>>}
 * @throws {FileError} not there, or not a whole safetensors file.
 */
export function fetchArrays(url, onProgress) {
  return remember(cache, url, async () => readArrays(await fetchBytes(url, onProgress), url));
}

/** The arrays in the bytes of a safetensors file; `url` only names it in errors. */
export function readArrays(bytes, url = "this file") {
  const damaged = () => new FileError(`${fileName(url)} is damaged: it is not a whole safetensors file. Copy it again.`, url);
  if (bytes.length < 8) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = Number(view.getBigUint64(0, true));
  if (length > bytes.length - 8) throw damaged();
  let header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw damaged();
  }
  const arrays = {};
  for (const [name, { dtype, shape, data_offsets: ends }] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const count = shape.reduce((product, size) => product * size, 1);
    const [from, to] = ends;
    if (!(dtype in WIDTH) || to - from !== count * WIDTH[dtype] || 8 + length + to > bytes.length) throw damaged();
    const start = bytes.byteOffset + 8 + length + from;
    const held = bytes.buffer.slice(start, start + to - from); // a copy, because typed arrays need aligned offsets
    arrays[name] = { data: dtype === "F16" ? widen(new Uint16Array(held)) : new KINDS[dtype](held), dims: shape };
  }
  return arrays;
}

/** Float32Array of 16-bit floats given as their bits. */
export function widen(bits) {
  if (globalThis.Float16Array) return Float32Array.from(new Float16Array(bits.buffer, bits.byteOffset, bits.length));
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

/**
 * Chosen rows of a (rows, ...) array as a new {data, dims}.
 * @param {{data: Float32Array, dims: number[]}} array
 * @param {number[]} rows
 */
export function takeRows(array, rows) {
  const width = array.data.length / array.dims[0];
  const data = new array.data.constructor(rows.length * width);
  rows.forEach((row, i) => data.set(array.data.subarray(row * width, (row + 1) * width), i * width));
  return { data, dims: [rows.length, ...array.dims.slice(1)] };
}
