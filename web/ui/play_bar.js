// Play, Stop and Volume below a picture that is a piano roll, and the line that runs over the picture while it is heard.

import { percent } from "../engine/sentences.js";
import { t } from "../engine/language.js";
import { h, say } from "./dom.js";
import { Player } from "./player.js";
import { browser } from "./store.js";

const KEY = "medley-volume";
const USUAL = 0.6;

/** Hidden until pictures can be played. */
export class PlayBar {
  /** @param {HTMLElement} frame around the picture, as large as it */
  constructor(frame) {
    /** @type {import("./player.js").Roll|null} */
    this.roll = null;
    this.dark = true; // nothing to be heard, though pictures can be
    this.player = new Player({
      roll: () => (this.dark ? null : this.roll),
      state: (playing, problem) => this.show(playing, problem),
      step: (step) => this.point(step),
    });
    this.play = h("button", { type: "button", "aria-pressed": "false", onclick: () => (this.player.playing ? this.player.stop() : this.player.play()) }, t("Play melody"));
    this.stop = h("button", { type: "button", "aria-disabled": "true", onclick: () => this.player.stop() }, t("Stop"));
    this.volume = h("input", { type: "range", min: 0, max: 1, step: 0.05, "aria-label": t("Volume"), oninput: () => this.loud(Number(this.volume.value), true) });
    this.said = h("p", { class: "quiet play-said", role: "status" });
    this.head = h("div", { class: "play-head", "aria-hidden": "true", hidden: true });
    this.element = h("div", { class: "play-bar", role: "group", "aria-label": t("Sound"), hidden: true }, this.play, this.stop, h("label", { class: "play-volume quiet" }, h("span", { "aria-hidden": "true" }, t("Volume")), this.volume), this.said);
    frame.append(this.head);
    const kept = browser.read(KEY);
    this.loud(kept !== null && Number(kept) >= 0 && Number(kept) <= 1 ? Number(kept) : USUAL);
    this.onHidden = () => document.hidden && this.player.stop(); // nobody looks for what plays in a tab that is not seen
    document.addEventListener("visibilitychange", this.onHidden);
  }

  /**
   * What the pictures are from now on.
   * @param {number[]} notes MIDI numbers of their rows, [] where there is nothing to hear
   * @param {[number, number, number]} shape
   */
  use(notes, shape) {
    this.element.hidden = !notes.length;
    this.dark = true;
    if (!notes.length) this.player.stop();
    this.roll = notes.length ? { notes, shape, pixels: new Float32Array(shape[1] * shape[2]) } : null;
  }

  /** The picture that is seen now; null where there is none. @param {Float32Array|null} pixels */
  hear(pixels) {
    this.dark = !pixels;
    if (pixels && this.roll) /** @type {Float32Array} */ (this.roll.pixels).set(pixels.subarray(0, this.roll.pixels.length));
  }

  /** @param {number} volume 0..1 @param {boolean} [keep] */
  loud(volume, keep = false) {
    this.volume.value = String(volume);
    this.volume.setAttribute("aria-valuetext", percent(volume));
    this.volume.style.setProperty("--at", String(volume));
    this.player.loud(volume);
    if (keep) browser.write(KEY, String(volume));
  }

  show(playing, problem) {
    this.play.setAttribute("aria-pressed", String(playing));
    this.stop.setAttribute("aria-disabled", String(!playing));
    say(this.said, problem);
  }

  /** Puts the line where a step is. @param {number|null} step */
  point(step) {
    this.head.hidden = step === null;
    if (step === null || !this.roll) return;
    const [, height, width] = this.roll.shape;
    const side = Math.max(height, width); // the picture is shown whole, in the middle of a square
    this.head.style.left = `${(100 * ((side - width) / 2 + step)) / side}%`;
    this.head.style.width = `${100 / side}%`;
  }

  dispose() {
    document.removeEventListener("visibilitychange", this.onHidden);
    this.player.dispose();
  }
}
