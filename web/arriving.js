// Tells beside the first picture, or where the page will be, how much of it is here, from the moment on that a script can.

import { arrival, pathOf } from "./ui/arrival.js";
import { followPage } from "./ui/document.js";

const HERE = '[data-mounted], .st-key-book, .stException, [data-testid="stAlert"]'; // as in ui/frame.css
const place = document.getElementById("medley-first");
const line = place?.shadowRoot?.querySelector(".first-loading");
followPage(() => document.querySelector(HERE) && place?.remove()); // other pages come without it

if (arrival.total) {
  arrival.follow((sentence) => line && (line.textContent = sentence));
  new PerformanceObserver((list) => list.getEntries().forEach(({ name }) => arrival.note(pathOf(name), 1))).observe({ type: "resource", buffered: true });
}
