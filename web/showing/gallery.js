// The gallery: presets as pictures with names, each a link, and a surprise. What is chosen is shown by the mixer above.

import { t } from "../engine/language.js";
import { pageUrl, presetUrl } from "../engine/urls.js";
import { announce } from "../ui/announcer.js";
import { calm, h, say } from "../ui/dom.js";
import { arrange } from "../ui/focus.js";
import { inThisLanguage } from "../ui/page_links.js";
import { surface } from "../ui/surface.js";
import { Presenter, asksForPresentation } from "./presenter.js";
import { Tour } from "./tour.js";

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
  /** @type {ShowingProps|undefined} */
  props;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = h("ul", { class: "gallery-list" });
    this.presenter = new Presenter();
    this.wanted = false; // a presentation is waited for: its stories are on their way
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);
    this.present = button(t("Present"), () => this.begin(), { title: t("Large type, one story after another (F)") });
    this.tour = new Tour(() => this.tell());
    this.guide = button(this.tour.progress.title, () => this.tour.start());
    this.buttons = h("div", { class: "gallery-buttons" }, button(t("Surprise me"), () => this.surprise()), this.guide, this.present);
    this.listener = (/** @type {KeyboardEvent} */ event) => !event.defaultPrevented && !this.presenter.dialog.open && asksForPresentation(event) && this.begin();
    document.addEventListener("keydown", this.listener);
    root.replaceChildren(
      this.presenter.dialog,
      this.tour.ring,
      this.tour.card,
      h("section", { class: "gallery", "aria-labelledby": "gallery-title" }, h("header", {}, h("h2", { id: "gallery-title" }, t("Try one of these")), this.buttons), this.list),
    );
  }

  /** @param {ShowingProps} props */
  show(props) {
    this.props = props;
    if (this.wanted && props.stories.length) this.begin();
    const { tiles } = props;
    for (const tile of tiles) {
      const element = this.tiles.get(tile.key) ?? this.made(tile);
      element.href = pageUrl("", inThisLanguage(tile.query));
      surface(element, tile);
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

  /** What the tour's button says: where it would go on. */
  tell() {
    say(this.guide, this.tour.progress.title);
    this.guide.setAttribute("aria-disabled", String(this.tour.running));
  }

  surprise() {
    this.send("chosen", { seed: crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS });
    this.lookUp(t("A surprise"));
  }

  /** The picture is above. @param {string} title */
  lookUp(title) {
    announce(t("{title} is shown above. Undo brings back what was there.", { title }));
    document.querySelector(".st-key-mixer")?.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  }

  /** Begins the presentation, once the server has told what its stories are made of. */
  begin() {
    const { stories, depths, tiles } = this.props;
    if (!tiles.length) return;
    this.wanted = !stories.length;
    if (this.wanted) this.send("stories", {});
    else this.presenter.start(stories, depths);
  }

  stop() {
    document.removeEventListener("keydown", this.listener);
    this.presenter.stop();
    this.tour.leave();
  }
}
