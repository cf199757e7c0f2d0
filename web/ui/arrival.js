// How much of a first visit's files is here: the server says ahead how large each is (server/sizes.py), so there is a total.

/** Files on their way, by path below the app; the largest of them tell how much of them has come. */
export class Arrival {
  /**
   * @param {Record<string, number>} sizes bytes of each file as it is sent
   * @param {string} [what] comes
   */
  constructor(sizes, what = "page, picture engine and model") {
    this.sizes = sizes;
    this.what = what;
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
    const size = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    if (!this.under) return "Starting the picture engine";
    return `Loading ${this.what}: ${size(this.received)} of ${size(this.total)} MB`;
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
export const arrival = new Arrival(first.sizes ?? {}, first.model ? undefined : "page and picture engine");
