// Elements in one call, and the few browser habits that several controls share.

import { tab } from "./store.js";

/**
 * An element with attributes, listeners and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes] `class`, `aria-*` and so on; a function is a listener ("onclick" -> click);
 *   true is an empty attribute, false, null and undefined leave it out.
 * @param {...(Node|string|null|false)} children null and false are left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null|false)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/**
 * Sets a text only where it differs, so that nothing is laid out anew for nothing.
 * @param {Node} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether the visitor asked for little motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * A drawer (details element) whose open state lasts as long as the tab, by its name.
 * @param {string} name
 * @param {boolean} openAtFirst
 * @param {...(Node|string)} children
 */
export function drawer(name, openAtFirst, ...children) {
  const key = `medley-drawer-${name}`;
  const kept = tab.read(key);
  const element = h("details", { class: "drawer", open: kept === null ? openAtFirst : kept === "open" }, h("summary", {}, name), ...children);
  element.addEventListener("toggle", () => tab.write(key, element.open ? "open" : "closed"));
  return element;
}
