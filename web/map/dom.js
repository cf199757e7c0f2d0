// Elements, icons and numbers as the map shows them.

import { h } from "../ui/dom.js";

/**
 * A new element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] as in `h`; `on` holds listeners by the kind of event
 * @param {...(Node|string|null|false)} children those that are null or false are left out
 */
export function el(tag, { on = {}, ...attributes } = {}, ...children) {
  const listeners = Object.fromEntries(Object.entries(on).map(([kind, listener]) => [`on${kind}`, listener]));
  return h(tag, { ...attributes, ...listeners }, ...children.filter((child) => child !== null && child !== false));
}

const SVG = "http://www.w3.org/2000/svg";

/** A 20 x 20 line icon from the data of its paths; it carries no name, its button does. */
export function icon(...paths) {
  const made = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" })) {
    made.setAttribute(name, value);
  }
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    made.append(path);
  }
  return made;
}

/** A whole number as people write it: 20,000. */
export function count(number) {
  return number.toLocaleString("en-GB");
}
