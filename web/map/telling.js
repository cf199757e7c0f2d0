// What the map says: how much is shown, what is being loaded, what went wrong.

import { count } from "./dom.js";

export class Telling {
  /** How many points lie inside the frame. */
  counted(seen, all) {
    this.count.textContent = `Showing ${count(seen)} of ${count(all)}`;
    this.count.title = seen < all ? "The others lie outside the frame; Fit shows them all." : "";
    this.root.dataset.drawn = String(seen);
  }

  /** A line while files come; what went wrong before it stays until another map is asked for. */
  tell(sentence) {
    if ("problem" in this.loading.dataset) return;
    this.loading.textContent = sentence;
    this.loading.hidden = !sentence;
  }

  /** Something for screen readers. */
  say(sentence) {
    this.live.textContent = sentence;
  }

  /** One sentence about what went wrong, over the map if there is no map. */
  problem(error, whole = false) {
    const sentence = error.name === "FileError" ? error.message : `Something went wrong on the map: ${error.message}`;
    if (whole) {
      this.tell(sentence);
      this.loading.dataset.problem = "";
    } else this.inspector.problem(sentence);
  }
}
