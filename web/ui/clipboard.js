// Copying. Over plain http a browser has no navigator.clipboard, and with it it may still say no; then the old way is
// tried, and where that fails too a visitor is told. Streamlit's copy buttons call navigator.clipboard themselves, so the
// way stands there.

import { t } from "../engine/language.js";

const REFUSED = t("This browser does not let Medley copy. Select the text with the mouse and press Ctrl+C (on a Mac Cmd+C).");

/**
 * Puts a text into the clipboard.
 * @param {string} text
 * @param {{writeText: (text: string) => Promise<void>}|undefined} native the browser's clipboard, where it has one
 * @param {(text: string) => boolean} byHand the old way; whether it worked
 * @param {(sentence: string) => void} refused is told what to do instead
 * @throws {DOMException} neither way worked; the visitor has been told
 */
export async function copy(text, native, byHand, refused) {
  try {
    if (native) return await native.writeText(text);
  } catch {
    // no permission, or no focus
  }
  if (byHand(text)) return;
  refused(REFUSED);
  throw new DOMException(REFUSED, "NotAllowedError");
}

/** Copies by a selection of our own, as browsers could before they had a clipboard. @param {string} text */
export function copyByHand(text) {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.cssText = "position: fixed; top: 0; opacity: 0;";
  (focused?.parentElement ?? document.body).append(field); // inside a popover that holds the focus, or it would close
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus({ preventScroll: true });
  }
}

/**
 * Makes navigator.clipboard.writeText work wherever it can.
 * @param {(sentence: string) => void} refused
 */
export function provideClipboard(refused) {
  const native = navigator.clipboard;
  const writeText = native?.writeText?.bind(native);
  const ours = { writeText: (/** @type {string} */ text) => copy(text, writeText && { writeText }, copyByHand, refused) };
  try {
    if (native) native.writeText = ours.writeText;
    else Object.defineProperty(navigator, "clipboard", { value: ours, configurable: true });
  } catch {
    // a browser that lets nobody touch it: its own way stays
  }
}
