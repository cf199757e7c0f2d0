// The recipe inside a file that Medley saved: a PNG's text, a GIF's comment, a WebP's XMP, or the recipe's own file. Read here, checked
// by the server (latent_core/models/reopening.py): what a file says is anybody's input.

import { t } from "../engine/language.js";

export const KEY = "medley"; // of a PNG's text, as in latent_core/models/files.py; a film's text begins with it
const MOST_BYTES = 64 * 2 ** 20; // as in latent_core/commands/making.py
const MOST_TEXT = 2 ** 20; // characters, as in latent_core/recipes/untrusted.py
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A file that is cut off before its end. */
class CutOff extends Error {}

/**
 * The recipe in a file, as the text that it holds.
 * @param {Blob & {name?: string}} file
 * @returns {Promise<string>}
 * @throws {Error} a sentence: no file of ours, none with a recipe, too large, cut off, or it cannot be read
 */
export async function recipeIn(file) {
  const name = file.name || t("This picture");
  if (file.size > MOST_BYTES) throw new Error(t("{name} has {size} MB, and a picture that Medley saved has 64 at most.", { name, size: Math.round(file.size / 2 ** 20) }));
  let text;
  try {
    text = await textIn(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    throw new Error(error instanceof CutOff ? t("{name} is cut off before its end: copy it again.", { name }) : t("{name} cannot be read: it may be a folder, or gone.", { name }));
  }
  if (text === undefined) throw new Error(t("{name} is no picture that Medley saved: give it a PNG or a film from here.", { name }));
  if (text === null) throw new Error(t("{name} holds no recipe. Pictures saved by Medley do, unless something copied only what one sees (a screenshot, a messenger).", { name }));
  if (text.length > MOST_TEXT) throw new Error(t("{name} holds a recipe that is too long to be one.", { name }));
  return text;
}

/**
 * The text that a file carries for us; null where it carries none, undefined where it is of another kind.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string|null|undefined>}
 */
async function textIn(bytes) {
  if (PNG.every((byte, i) => bytes[i] === byte)) return textOfPng(bytes);
  if (/^GIF8[79]a$/.test(latin(bytes.subarray(0, 6)))) return textOfGif(bytes);
  if (latin(bytes.subarray(0, 4)) === "RIFF" && latin(bytes.subarray(8, 12)) === "WEBP") return textOfWebp(bytes);
  const begin = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return begin.startsWith("{") ? new TextDecoder().decode(bytes.subarray(0, 4 * MOST_TEXT + 4)) : undefined;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function textOfPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let found = null;
  for (let at = PNG.length; ; ) {
    if (at + 12 > bytes.length) throw new CutOff();
    const length = view.getUint32(at);
    const kind = latin(bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw new CutOff();
    if (kind === "IEND") return found;
    found ??= await textOfChunk(kind, bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
}

/** @param {string} kind @param {Uint8Array<ArrayBuffer>} data @returns {Promise<string|null>} */
async function textOfChunk(kind, data) {
  const end = data.indexOf(0);
  if (!["tEXt", "zTXt", "iTXt"].includes(kind) || latin(data.subarray(0, end)) !== KEY) return null;
  if (kind === "tEXt") return latin(data.subarray(end + 1));
  if (kind === "zTXt") return latin(await inflated(data.subarray(end + 2)));
  const language = data.indexOf(0, end + 3);
  const rest = data.subarray(data.indexOf(0, language + 1) + 1);
  return new TextDecoder().decode(data[end + 1] ? await inflated(rest) : rest);
}

/**
 * Unpacked, no more of it than a recipe can have: a few bytes may unpack to gigabytes.
 * @param {Uint8Array<ArrayBuffer>} data
 */
async function inflated(data) {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let length = 0;
  try {
    for (let step = await reader.read(); !step.done && length <= MOST_TEXT; step = await reader.read()) {
      parts.push(step.value);
      length += step.value.length;
    }
  } catch {
    throw new CutOff();
  }
  reader.cancel().catch(() => {});
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function textOfGif(bytes) {
  const table = (/** @type {number} */ flags) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const byte = (/** @type {number} */ at) => {
    if (at >= bytes.length) throw new CutOff();
    return bytes[at];
  };
  let found = null;
  for (let at = 13 + table(byte(10)); ; ) {
    const kind = byte(at);
    if (kind === 0x3b) return found;
    if (kind !== 0x21 && kind !== 0x2c) throw new CutOff();
    const comment = kind === 0x21 && byte(at + 1) === 0xfe;
    at += kind === 0x21 ? 2 : 11 + table(byte(at + 9));
    const parts = [];
    for (let size = byte(at); size; size = byte(at)) {
      byte(at + size);
      if (comment) parts.push(...bytes.subarray(at + 1, at + 1 + size));
      at += 1 + size;
    }
    at++;
    if (comment) found ??= ours(Uint8Array.from(parts));
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function textOfWebp(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) throw new CutOff();
  for (let at = 12; at + 8 <= end; ) {
    const length = view.getUint32(at + 4, true);
    if (latin(bytes.subarray(at, at + 4)) === "XMP ") return ours(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length & 1);
  }
  return null;
}

/** What follows our name, null where something else stands there. @param {Uint8Array} bytes */
function ours(bytes) {
  const text = new TextDecoder().decode(bytes);
  return text.startsWith(`${KEY} `) ? text.slice(KEY.length + 1) : null;
}

/** @param {Uint8Array} bytes one letter each */
function latin(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 30_000) text += String.fromCharCode(...bytes.subarray(at, at + 30_000));
  return text;
}
