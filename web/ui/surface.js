// How pictures look wherever they stand on a page: crisp or smooth when enlarged, what lies around them, and no white
// sheet that glares from a dark page. Style sheets read these as properties of the page's root.

import { t } from "../engine/language.js";
import { h } from "./dom.js";
import { tab } from "./store.js";
import { themeOf } from "./theme.js";

/** @typedef {"crisp"|"smooth"} Enlarging */

const KEY = "medley-enlarging";
const LIGHT = 0.5; // a ground above this, in the mean of its channels, is light
const DIMMED = "brightness(0.84)"; // white becomes the grey of a card

/**
 * Has the pictures below an element look as their dataset, and what was chosen in this tab, say. To be called again when
 * the dataset or the theme may be another.
 * @param {HTMLElement} root
 * @param {Pick<import("../engine/props.js").DatasetRef, "ground"|"enlarge">} dataset
 */
export function surface(root, { ground, enlarge }) {
  const light = ground.reduce((sum, value) => sum + value, 0) / ground.length > LIGHT;
  const [red, green, blue] = ground.length === 3 ? ground : [ground[0], ground[0], ground[0]];
  root.style.setProperty("--picture-ground", `rgb(${[red, green, blue].map((value) => Math.round(255 * value)).join(" ")})`);
  root.style.setProperty("--picture-filter", light && themeOf(root) === "dark" ? DIMMED : "none");
  root.style.setProperty("--picture-rendering", chosen(enlarge) === "smooth" ? "auto" : "pixelated");
}

/**
 * The choice for this tab, and for the pictures below an element at once.
 * @param {Enlarging} usual the dataset's
 * @param {() => HTMLElement} root
 * @returns {HTMLElement}
 */
export function enlargement(usual, root) {
  const box = h("input", { type: "checkbox", checked: chosen(usual) === "smooth" });
  box.onchange = () => {
    tab.write(KEY, box.checked ? "smooth" : "crisp");
    root().style.setProperty("--picture-rendering", box.checked ? "auto" : "pixelated");
  };
  return h("label", { class: "tick" }, box, h("span", {}, t("Smooth enlargement")));
}

/** How pictures are enlarged in this tab. @param {Enlarging} usual the dataset's @returns {Enlarging} */
export function chosen(usual) {
  const kept = tab.read(KEY);
  return kept === "smooth" || kept === "crisp" ? kept : usual;
}
