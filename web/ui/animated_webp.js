// Animated WebPs: the browser packs each picture as a WebP of its own, and what they hold is put into one file here.

import { t } from "../engine/language.js";

const ANIMATED = 0x02; // among a file's features, with the one below
const WITH_XMP = 0x04;

/**
 * An animated WebP.
 * @param {Uint8Array[]} pictures each a whole WebP file of the same size
 * @param {object} film
 * @param {number} film.width
 * @param {number} film.height
 * @param {number} film.rate pictures per second
 * @param {boolean} film.loop
 * @param {string} film.note that the file carries, as its XMP
 * @throws {Error} a sentence: the browser packed a picture as something else
 */
export function animatedWebp(pictures, { width, height, rate, loop, note }) {
  const till = (/** @type {number} */ frame) => Math.round((1000 * frame) / rate);
  const frames = pictures.map((picture, i) => {
    const data = pictureOf(picture);
    const head = [...triple(0), ...triple(0), ...triple(width - 1), ...triple(height - 1), ...triple(till(i + 1) - till(i)), 0x02];
    return chunk("ANMF", [Uint8Array.from(head), ...data]);
  });
  const features = chunk("VP8X", [Uint8Array.from([ANIMATED | WITH_XMP, 0, 0, 0, ...triple(width - 1), ...triple(height - 1)])]);
  const animation = chunk("ANIM", [Uint8Array.from([0, 0, 0, 0xff, loop ? 0 : 1, 0])]);
  const all = chunk("RIFF", [letters("WEBP"), features, animation, ...frames, chunk("XMP ", [new TextEncoder().encode(note)])]);
  return new Blob([all], { type: "image/webp" });
}

/** The chunks of a WebP file that are its picture. @param {Uint8Array} file */
function pictureOf(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const found = [];
  const named = (/** @type {number} */ at) => String.fromCharCode(...file.subarray(at, at + 4));
  if (named(0) === "RIFF" && named(8) === "WEBP") {
    for (let at = 12; at + 8 <= file.length; ) {
      const end = at + 8 + view.getUint32(at + 4, true);
      if (["VP8 ", "VP8L", "ALPH"].includes(named(at))) found.push(chunk(named(at), [file.subarray(at + 8, end)]));
      at = end + (end & 1);
    }
  }
  if (!found.length) throw new Error(t("This browser packs no WebP pictures: choose GIF."));
  return found;
}

/** @param {string} name four letters @param {Uint8Array[]} parts */
function chunk(name, parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const out = new Uint8Array(8 + length + (length & 1));
  out.set(letters(name));
  new DataView(out.buffer).setUint32(4, length, true);
  let at = 8;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** @param {number} number */
const triple = (number) => [number & 255, (number >> 8) & 255, number >> 16];

/** @param {string} text */
const letters = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
