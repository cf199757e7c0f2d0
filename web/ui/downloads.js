// Saving files. A frame may be forbidden to (sandbox without allow-downloads), and then a browser drops the file without
// a word: so the word is ours.

import { h } from "./dom.js";

const UNSAFE = /[^\p{L}\p{N} ._-]+/gu; // in names of files, on one system or another
const PATIENCE = 10_000; // ms in which a browser has begun to read a file
const REFUSED = "The page around Medley forbids downloads. Open Medley in a window of its own to save files.";

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
  const url = URL.createObjectURL(file);
  const link = h("a", { href: url, download: name.replace(UNSAFE, "_"), hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}
