// A popover of Streamlit's that is opened by keyboard: focus goes into it, and back to its button when it closes. Streamlit
// puts it at the end of the page, dozens of Tabs away.

import { lost } from "./focus.js";

const BUTTON = '[data-testid="stPopoverButton"]';
const BODY = '[data-testid="stPopoverBody"]';
const CONTROLS = 'input:not([type="hidden"]), button:not(:disabled), a[href], [tabindex="0"]';

/** Looks after popovers from now on; once a page. */
export function watchPopovers() {
  /** @type {HTMLElement|undefined} of the popover that is open */
  let button;
  let entering = false;
  let inside = false; // focus is, or was until the popover closed

  document.addEventListener("click", ({ target, detail }) => {
    const pressed = target instanceof Element && target.closest(BUTTON);
    if (!(pressed instanceof HTMLElement)) return;
    button = pressed;
    entering = detail === 0 && pressed.getAttribute("aria-expanded") !== "true"; // pressed without a pointer
  }, true);
  document.addEventListener("focusin", ({ target }) => (inside = target instanceof Element && Boolean(target.closest(BODY))));
  addEventListener("pointerdown", () => (entering = inside = false), true);

  new MutationObserver(() => {
    if (!entering && !inside) return;
    const body = document.querySelector(BODY);
    if (body && entering) {
      const first = /** @type {HTMLElement|null} */ (body.querySelector(CONTROLS));
      if (!first) return; // its content is on its way
      entering = false;
      first.focus();
    } else if (!body && inside) {
      inside = false;
      if (lost() && button?.isConnected) button.focus();
    }
  }).observe(document, { subtree: true, childList: true });
}
