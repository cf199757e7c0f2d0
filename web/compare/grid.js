// The small multiples: a tile per model, in an order that the visitor chooses; it knows which of them are on the screen.

import { ranked } from "../engine/contest.js";
import { t } from "../engine/language.js";
import { h } from "../ui/dom.js";
import { arrange } from "../ui/focus.js";
import { Tile } from "./tile.js";

/**
 * @typedef {import("../engine/props.js").CompareProps} CompareProps
 * @typedef {"present"|"sharpness"|"error"|"name"} Sort
 */

/** Orders by the words that people choose them by. @type {Record<Sort, string>} */
export const SORTS = { present: t("What is in it"), sharpness: t("Sharpness"), error: t("Reconstruction"), name: t("Name") };
const NEAR = "120px"; // around the screen

/** The card with all tiles. */
export class Grid {
  /** @type {Tile[]} in the order of the props' entries */
  tiles = [];

  /**
   * @param {{onSort: (sort: Sort) => void, onSeen: () => void, again: (tile: Tile) => void}} listeners another order was
   *   chosen; other tiles have come onto the screen; a model is to be loaded once more
   */
  constructor({ onSort, onSeen, again }) {
    this.again = again;
    this.select = h("select", { "aria-label": t("Sort by"), onchange: () => onSort(/** @type {Sort} */ (this.select.value)) }, ...Object.entries(SORTS).map(([value, text]) => h("option", { value }, text)));
    this.list = h("ol", { class: "compare-grid", "aria-label": t("Models") });
    this.busy = h("p", { class: "compare-busy quiet", hidden: true });
    this.told = h("p", { class: "sentence", role: "status" });
    this.element = h(
      "section",
      { class: "card compare-models", "aria-label": t("What each model makes of it") },
      h("header", {}, h("h2", {}, t("What each model makes of it")), h("label", { class: "compare-sort quiet" }, h("span", { "aria-hidden": "true" }, t("Sort by")), this.select)),
      this.busy,
      this.told,
      this.list,
    );
    this.watching = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const tile = this.tiles.find((one) => one.element === target);
        if (tile) tile.seen = isIntersecting;
      }
      onSeen();
    }, { rootMargin: NEAR });
  }

  /** Other models. @param {CompareProps} props */
  choose({ entries, dataset }) {
    this.list.classList.toggle("compare-unjudged", dataset.unjudged !== "");
    this.watching.disconnect();
    this.tiles = entries.map((entry) => {
      const known = this.tiles.find((one) => JSON.stringify(one.entry) === JSON.stringify(entry));
      const tile = known ?? new Tile(entry, () => this.again(tile));
      return tile;
    });
    this.list.replaceChildren(...this.tiles.map(({ element }) => element));
    for (const { element } of this.tiles) this.watching.observe(element);
  }

  /** Puts the tiles in order. @param {import("../engine/contest.js").Standing[]} standings one per tile @param {Sort} sort */
  sort(standings, sort) {
    this.select.value = sort;
    const wanted = ranked(standings, sort).map((i) => this.tiles[i].element);
    if (wanted.some((element, i) => this.list.children[i] !== element)) arrange(this.list, wanted);
  }

  stop() {
    this.watching.disconnect();
  }
}
