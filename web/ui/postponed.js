// What is done once a control rests: one message to the server for many movements. A tap or a page that is left does it at once.

import { countWaiting } from "./for_tests.js";

const LEAVING = ["pointerdown", "keydown", "beforeunload", "pagehide", "visibilitychange"];

/** Work that waits, and begins to wait anew each time that it is asked for. */
export class Postponed {
  /** @param {() => void} work */
  constructor(work) {
    this.work = work;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    this.leaving = (event) => (event.type !== "keydown" || event.key === "Enter") && this.now();
  }

  get waiting() {
    return this.timer !== undefined;
  }

  /** Does the work after a while. @param {number} ms */
  after(ms) {
    this.drop();
    countWaiting(1);
    this.timer = setTimeout(() => this.now(), ms);
    for (const type of LEAVING) addEventListener(type, this.leaving, { capture: true });
  }

  /** Does the work at once. */
  now() {
    this.drop();
    this.work();
  }

  /** Leaves undone what waits. */
  drop() {
    if (!this.waiting) return;
    countWaiting(-1);
    clearTimeout(this.timer);
    for (const type of LEAVING) removeEventListener(type, this.leaving, { capture: true });
    this.timer = undefined;
  }
}
