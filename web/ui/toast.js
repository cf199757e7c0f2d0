// A sentence at the foot of the window that goes by itself: for what has no place of its own on a page.

import { h, say } from "./dom.js";

const LONG = 12_000; // ms
const STYLE = `position: fixed; inset: auto 1rem 1rem; margin: auto; width: fit-content; max-width: 34rem; z-index: 1000001;
  padding: 0.75rem 1rem; border-radius: 12px; border: 1px solid CanvasText; background: Canvas; color: CanvasText;
  font: 500 0.9375rem/1.4 system-ui, sans-serif; color-scheme: light dark;`;

/** @type {HTMLElement|undefined} */
let place;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let going;

/** Says a sentence, also to screen readers. @param {string} sentence */
export function toast(sentence) {
  if (!place) {
    place = h("div", { class: "medley-toast", role: "alert" });
    document.body.append(place);
  }
  place.style.cssText = STYLE;
  say(place, sentence);
  clearTimeout(going);
  going = setTimeout(() => {
    place.style.cssText = "";
    say(place, "");
  }, LONG);
}
