// What stands in English on a page of another language says so: it is read aloud as English, and runs from left to right.

import { language } from "../engine/language.js";
import { followPage } from "./document.js";

/** Python calls a place so (pages/parts/learn/book.py). */
const PLACES = '[class*="st-key-english_"]';

/** Looks after such places, and links to what stands in them, from now on; once a page. */
export function markEnglish() {
  if (language.code === "en") return;
  const mark = (/** @type {HTMLElement} */ element) => Object.assign(element, { lang: "en", dir: "ltr" });
  followPage(() => {
    document.querySelectorAll(`${PLACES}:not([lang])`).forEach(mark);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.st-key-contents a[href^="#"]:not([lang])'))) {
      if (document.getElementById(link.hash.slice(1))?.closest(PLACES)) mark(link);
    }
  });
}
