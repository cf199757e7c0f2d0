// The gallery: presets as pictures with names, each a link, and a surprise. What is chosen is shown by the mixer above.

import { pageUrl, presetUrl } from "../engine/urls.js";
import { announce } from "../ui/announcer.js";
import { calm, h } from "../ui/dom.js";
import { arrange } from "../ui/focus.js";

/**
 * @typedef {import("../engine/props.js").ShowingProps} ShowingProps
 * @typedef {import("../engine/props.js").Tile} Tile
 */

const SEEDS = 100_000;

/** Everything below the mixer. */
export class Showing {
  /** Reaches the server; set by the page's entry. @type {(name: string, value: object) => void} */
  send = () => {};
  /** The tiles' elements by the preset's key. @type {Map<string, HTMLAnchorElement>} */
  tiles = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = h("ul", { class: "gallery-list" });
    this.buttons = h("div", { class: "gallery-buttons" }, h("button", { type: "button", onclick: () => this.surprise() }, "Surprise me"));
    root.replaceChildren(
      h("section", { class: "gallery", "aria-labelledby": "gallery-title" }, h("header", {}, h("h2", { id: "gallery-title" }, "Try one of these"), this.buttons), this.list),
    );
  }

  /** @param {ShowingProps} props */
  show({ tiles }) {
    for (const tile of tiles) {
      const element = this.tiles.get(tile.key) ?? this.made(tile);
      element.href = pageUrl("", tile.query);
      if (tile.shown) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
    arrange(this.list, tiles.map(({ key }) => /** @type {HTMLElement} */ (this.tiles.get(key).parentElement)));
  }

  /** @param {Tile} tile */
  made({ key, title }) {
    const picture = h("img", { class: "gallery-picture", src: presetUrl(key), alt: "", loading: "lazy", decoding: "async" });
    const link = h("a", { class: "gallery-tile", href: "", onclick: (/** @type {MouseEvent} */ event) => this.choose(event, key, title) }, picture, h("span", {}, title));
    h("li", {}, link); // its place in the list
    this.tiles.set(key, link);
    return link;
  }

  /**
   * A plain press shows the preset here, and undo brings back what was there; any other one is the browser's.
   * @param {MouseEvent} event
   * @param {string} key
   * @param {string} title
   */
  choose(event, key, title) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.send("chosen", { preset: key });
    this.lookUp(title);
  }

  surprise() {
    this.send("chosen", { seed: crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS });
    this.lookUp("A surprise");
  }

  /** The picture is above. @param {string} title */
  lookUp(title) {
    announce(`${title} is shown above. Undo brings back what was there.`);
    document.querySelector(".st-key-mixer")?.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  }

  stop() {}
}
