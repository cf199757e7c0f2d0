// Where the keyboard stands when what it stood on goes away: never on the page itself, from where one would begin anew.

/** The element that has focus, also inside a shadow root. @returns {Element|null} */
export function focused() {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
  return activeElement;
}

/** Whether nothing has focus. */
export function lost() {
  const { activeElement } = document;
  return !activeElement || activeElement === document.body;
}

/** Focuses an element that Tab may pass over. @param {HTMLElement} element @param {boolean} [scroll] into sight */
export function goTo(element, scroll = true) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: !scroll });
}

/**
 * Changes what is inside an element; focus that was there goes to `next`.
 * @param {HTMLElement} inside
 * @param {() => void} change
 * @param {() => HTMLElement|null|undefined|false} next is asked for after the change
 */
export function changing(inside, change, next) {
  const here = inside.contains(focused());
  change();
  const to = here && next();
  if (to) goTo(to);
}

/**
 * Puts elements into a parent, in this order; the one that has focus is not taken out for a moment, which would lose it.
 * @param {Element} parent
 * @param {Element[]} elements
 */
export function arrange(parent, elements) {
  const at = elements.findIndex((one) => one.parentNode === parent && one.contains(focused()));
  if (at < 0) return parent.replaceChildren(...elements);
  for (const child of [...parent.children]) if (!elements.includes(child)) child.remove();
  elements[at].before(...elements.slice(0, at));
  elements[at].after(...elements.slice(at + 1));
}
