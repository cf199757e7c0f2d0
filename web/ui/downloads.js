// Saving files. A frame may be forbidden to (sandbox without allow-downloads), and then a browser drops the file without
// a word: so the word is ours.

import { t } from "../engine/language.js";
import { h } from "./dom.js";

const UNSAFE = /[^\p{L}\p{N} ._-]+/gu; // in names of files, on one system or another
const PATIENCE = 10_000; // ms in which a browser has begun to read a file
const REFUSED = t("The page around Medley forbids downloads. Open Medley in a window of its own to save files.");

/**
 * Whether the frame that the page is shown in may save nothing.
 * @param {{frameElement: Element|null}} page the window
 */
export function forbidden(page) {
  try {
    const sandbox = /** @type {HTMLIFrameElement|null} */ (page.frameElement)?.sandbox;
    return Boolean(sandbox?.length) && !sandbox.contains("allow-downloads");
  } catch {
    return false; // a page of another origin around us: it does not tell
  }
}

/**
 * Says so when a visitor presses a button that would save a file.
 * @param {(sentence: string) => void} refused
 */
export function watchDownloads(refused) {
  document.addEventListener("click", (event) => {
    const pressed = event.composedPath().some((one) => one instanceof HTMLElement && one.matches("[data-testid=stDownloadButton], a[download]"));
    if (pressed && forbidden(window)) refused(REFUSED);
  }, true);
}

/**
 * Hands a file to the browser, which saves it as it saves all files.
 * @param {Blob} file
 * @param {string} name may hold anything
 */
export function saveFile(file, name) {
  const url = addressOf(file);
  const link = h("a", { href: url, download: name.replace(UNSAFE, "_"), hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}

/**
 * Lines of a table as CSV; a cell that a spreadsheet would take for a formula is only text.
 * @param {(string|number)[][]} rows
 * @param {","|";"} [separator] a semicolon for spreadsheets where the comma is the decimal sign
 */
export function csv(rows, separator = ",") {
  const cell = (/** @type {string|number} */ value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(separator)).join("\r\n") + "\r\n";
}

/**
 * A drawing as the text of an SVG file, on a ground of its own.
 * @param {SVGSVGElement} drawing whose colours are attributes
 * @param {string} ground a colour
 */
export function svgText(drawing, ground) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const [, , width, height] = (drawing.getAttribute("viewBox") ?? "0 0 300 150").split(" ");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width, height, fill: ground })) paper.setAttribute(name, value);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/**
 * The same as the bytes of a PNG. Browsers that guard against fingerprints spoil what is read of a canvas, which a chart
 * can bear and a model's picture cannot: those are written by hand (ui/canvas.js, latent_core/models/files.py).
 * @param {string} text of an SVG file
 * @param {number} [scale] pixels per unit
 * @returns {Promise<Blob>}
 */
export async function pngOf(text, scale = 2) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = h("canvas", { width: image.width * scale, height: image.height * scale });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvasFile(canvas, "image/png");
}

/**
 * What is on a canvas, as a file; a browser that guards against fingerprints may spoil it.
 * @param {HTMLCanvasElement} canvas
 * @param {string} type of the file; a browser that does not know it makes a PNG
 * @param {number} [quality] 0..1
 * @returns {Promise<Blob>}
 */
export function canvasFile(canvas, type, quality) {
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error(t("The picture could not be made.")))), type, quality));
}

/** A file's address on this page, until `URL.revokeObjectURL`. @param {Blob} file */
export const addressOf = (file) => URL.createObjectURL(file);
