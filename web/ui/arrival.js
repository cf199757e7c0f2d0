// How much of a first visit's files is here: the server says ahead how large each is (server/sizes.py), so there is a total.

import { decimals, t } from "../engine/language.js";

/** Files on their way, by path below the app; the largest of them tell how much of them has come. */
export class Arrival {
  /**
   * @param {Record<string, number>} sizes bytes of each file as it is sent
   * @param {boolean} [model] whether a model comes too
   */
  constructor(sizes, model = true) {
    this.sizes = sizes;
    this.model = model;
    this.total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    /** @type {Map<string, number>} the share of each file that is here, 0 to 1 */
    this.shares = new Map();
    /** @type {Set<(sentence: string) => void>} */
    this.listeners = new Set();
  }

  /** A share of a file has come; files that are not waited for do not count. @param {string} path @param {number} share */
  note(path, share) {
    if (!(path in this.sizes) || share <= (this.shares.get(path) ?? 0)) return;
    this.shares.set(path, Math.min(share, 1));
    const words = this.words();
    for (const listener of this.listeners) listener(words);
  }

  /** Bytes that are here. */
  get received() {
    let sum = 0;
    for (const [path, share] of this.shares) sum += share * this.sizes[path];
    return sum;
  }

  /** Whether something is still on its way. */
  get under() {
    return this.total > 0 && this.received < this.total - 1;
  }

  words() {
    if (!this.under) return t("Starting the picture engine");
    const size = (/** @type {number} */ bytes) => decimals(bytes / 1e6, 1);
    const coming = { received: size(this.received), total: size(this.total) };
    return this.model
      ? t("Loading page, picture engine and model: {received} of {total} MB", coming)
      : t("Loading page and picture engine: {received} of {total} MB", coming);
  }

  /** Hears of every step until the returned function is called. @param {(sentence: string) => void} listener */
  follow(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const root = new URL("../..", import.meta.url).href;

/** A file's path below the app. @param {string} url */
export const pathOf = (url) => decodeURI(url.slice(root.length));

/** What the first HTML says about this visit. @type {{model?: string, graphs?: string[], sizes?: Record<string, number>}} */
export const first = JSON.parse(globalThis.document?.querySelector('meta[name="medley-first"]')?.getAttribute("content") ?? "{}");

/** This visit's files. */
export const arrival = new Arrival(first.sizes ?? {}, Boolean(first.model));
