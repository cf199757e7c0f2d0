// What was done last, as long as the server has not answered, is kept for the tab when a page is left, and handed over when the
// same link is opened again: a reload opens the address, and that is written by the server.

import { same } from "./history.js";
import { tab } from "./store.js";

/** The last message of each name that a page has sent, until the server shows what it says. */
export class Unheard {
  /** @param {string} page whose messages these are */
  constructor(page) {
    this.key = `medley-unheard-${page}`;
    /** @type {Record<string, any>} */
    this.said = {};
    /** @type {number|undefined} */
    this.nonce = undefined;
    /** The address that a reload opens once it has begun, whatever becomes of the address meanwhile. @type {string|undefined} */
    this.link = undefined;
    addEventListener("beforeunload", () => this.write((this.link = location.search)));
    // Telephones end hidden pages without another word.
    for (const end of ["pagehide", "visibilitychange"]) addEventListener(end, () => this.link === undefined && this.write(location.search));
  }

  /** A message goes to the server. @param {string} name @param {any} what plain JSON */
  say(name, what) {
    this.said[name] = structuredClone(what);
    if (this.link !== undefined) this.write(this.link); // it waited until the page is left
  }

  /**
   * The server has spoken, though maybe before it heard the last message.
   * @param {number} nonce of the props; another one says that somebody else has decided
   * @param {Record<string, any>} known what it shows, by the name of the message that would say the same
   */
  told(nonce, known) {
    for (const [name, what] of Object.entries(this.said)) {
      if (nonce !== this.nonce || same(what, known[name])) delete this.said[name];
    }
    this.nonce = nonce;
  }

  /** The page is left for another page of ours, which waits for the server's answer. */
  forget() {
    this.said = {};
  }

  /** What was said when this page was left at this address, by name. It is handed out once. @returns {Record<string, any>} */
  take() {
    const text = tab.read(this.key);
    if (!text) return {};
    tab.write(this.key, "");
    try {
      const { link, said } = JSON.parse(text);
      return link === location.search ? said : {};
    } catch {
      return {};
    }
  }

  /** @param {string} link that it is handed over to */
  write(link) {
    const text = Object.keys(this.said).length ? JSON.stringify({ link, said: this.said }) : "";
    if (text || tab.read(this.key)) tab.write(this.key, text);
  }
}
