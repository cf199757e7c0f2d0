// What the map says beside its pictures: how much is shown, what is being loaded, and what screen readers are told.

import { t, whole } from "../engine/language.js";
import { h } from "../ui/dom.js";
import { ProgressLine } from "../ui/progress_line.js";

export class Status {
  constructor() {
    this.count = h("p", { class: "map-count", dir: "auto" });
    this.progress = h("p", { class: "map-progress", dir: "auto" }, t("Loading the map"));
    this.line = new ProgressLine(this.progress);
    this.live = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
  }

  /** How many points lie inside the frame. @param {number} seen @param {number} all */
  counted(seen, all) {
    this.count.textContent = t("Showing {seen} of {all}", { seen: whole(seen), all: whole(all) });
    this.count.title = seen < all ? t("The others lie outside the frame; Fit shows them all.") : "";
  }

  /** A line while files come, "" for none; a problem stays until `recover`. @param {string} sentence @param {boolean} [aloud] */
  loading(sentence, aloud = false) {
    if (!("problem" in this.progress.dataset)) this.line.tell(sentence, aloud);
  }

  /** There is no map: one sentence in its place. @param {string} sentence */
  problem(sentence) {
    this.line.fail(sentence);
    this.progress.dataset.problem = "";
  }

  /** Another map is asked for: forgets the problem. */
  recover() {
    if (!("problem" in this.progress.dataset)) return;
    delete this.progress.dataset.problem;
    this.loading("");
  }

  /** Something for screen readers. @param {string} sentence */
  say(sentence) {
    this.live.textContent = sentence;
  }
}
