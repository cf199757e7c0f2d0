// Tells beside the first picture how much of the page is here, from the moment on that a script can; it needs no other module.

import { arrival, pathOf } from "./ui/arrival.js";

const line = document.getElementById("medley-first")?.shadowRoot?.querySelector(".first-loading");

if (arrival.total) {
  arrival.follow((sentence) => line && (line.textContent = sentence));
  new PerformanceObserver((list) => list.getEntries().forEach(({ name }) => arrival.note(pathOf(name), 1))).observe({ type: "resource", buffered: true });
}
