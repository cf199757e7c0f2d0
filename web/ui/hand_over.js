// A server that was away may come back as a new one, which knows the link and nothing of what was done since.

import { onReturn } from "./connection.js";

const PATIENCE = 3000; // ms in which such a server learns what it missed

/** Tells the server again what is set here when it is back; what it says before it has heard that is from before. */
export class HandOver {
  /** @param {() => void} again tells the server what is set, as if that had just been done */
  constructor(again) {
    this.until = 0;
    this.forget = onReturn(this, () => {
      this.until = Date.now() + PATIENCE;
      again();
    });
  }

  /** Whether the server may not have heard yet what was set while it was away. */
  get open() {
    return Date.now() < this.until;
  }

  /** The page is left. */
  stop() {
    this.forget();
  }
}
