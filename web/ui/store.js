// What this browser keeps for us: for the tab, or until it is cleared. It may refuse (site data blocked, private windows,
// a full disk); then things are kept as long as the page is open.

/** @type {Map<string, string>} what the browser did not take, by kind and key */
const held = new Map();

/** A store of texts by their keys. */
export class Store {
  /** @param {"localStorage"|"sessionStorage"} kind */
  constructor(kind) {
    this.kind = kind;
  }

  /** The text that was written last, null where none was. @param {string} key @returns {string|null} */
  read(key) {
    const mine = held.get(`${this.kind} ${key}`);
    if (mine !== undefined) return mine;
    try {
      return globalThis[this.kind].getItem(key);
    } catch {
      return null;
    }
  }

  /**
   * Keeps a text.
   * @param {string} key
   * @param {string} text
   * @returns {boolean} whether it is still there after a reload
   */
  write(key, text) {
    try {
      globalThis[this.kind].setItem(key, text); // even to look at a denied store throws
      held.delete(`${this.kind} ${key}`);
      return true;
    } catch {
      held.set(`${this.kind} ${key}`, text);
      return false;
    }
  }
}

/** As long as the tab is open. */
export const tab = new Store("sessionStorage");

/** Until the visitor clears this browser. */
export const browser = new Store("localStorage");
