// Elements in one call, and the few browser habits that several controls share.

/**
 * An element with attributes, listeners and children.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `class`, `aria-*` and so on; a function is a listener ("onclick" -> click);
 *   true is an empty attribute, false, null and undefined leave it out.
 * @param {...(Node|string)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Sets a text only where it differs, so that nothing is laid out anew for nothing. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Whether the visitor asked for little motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A drawer (details element) whose open state lasts as long as the tab, by its name. */
export function drawer(name, openAtFirst, ...children) {
  const key = `medley-drawer-${name}`;
  const kept = sessionStorage.getItem(key);
  const element = h("details", { class: "drawer", open: kept === null ? openAtFirst : kept === "open" }, h("summary", {}, name), ...children);
  element.addEventListener("toggle", () => sessionStorage.setItem(key, element.open ? "open" : "closed"));
  return element;
}
