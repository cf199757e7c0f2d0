// A popover of Streamlit's that is opened by keyboard: focus goes into it, and back to its button when it closes. Streamlit
// puts it at the end of the page, dozens of Tabs away.

import { followPage } from "./document.js";
import { lost } from "./focus.js";

const BUTTON = '[data-testid="stPopoverButton"]';
const BODY = '[data-testid="stPopoverBody"]';
const CONTROLS = 'input:not([type="hidden"]), button:not(:disabled), a[href], [tabindex="0"]';

const INSIDE = `${BUTTON}, [role="listbox"], [data-testid="stToast"]`; // belongs to it, or lies above it

const PATIENCE = 15_000; // ms in which a popover is waited for: a busy machine takes seconds

/**
 * A press beside an open popover closes it and does nothing else: what lies below the finger is not meant.
 * @param {() => Element|null} open what is open
 */
function closeAlone(open) {
  let swallowed = false;
  const root = document.documentElement;
  root.addEventListener("pointerdown", (event) => {
    const body = open();
    const target = event.target instanceof Element ? event.target : null;
    swallowed = Boolean(body && target && !body.contains(target) && !target.closest(INSIDE));
    if (swallowed) event.stopPropagation();
  }, true);
  root.addEventListener("mousedown", (event) => swallowed && event.preventDefault(), true);
  for (const kind of ["pointerup", "touchstart", "touchend", "mouseup"]) root.addEventListener(kind, (event) => swallowed && event.stopPropagation(), { capture: true, passive: true });
  root.addEventListener("click", (event) => {
    if (!swallowed) return;
    swallowed = false;
    event.stopPropagation();
    event.preventDefault();
    document.dispatchEvent(new MouseEvent("click")); // whoever closes it listens there, and nothing else does
  }, true);
}

/** Looks after popovers from now on; once a page. */
export function watchPopovers() {
  /** @type {HTMLElement|undefined} of the popover that is open */
  let button;
  let until = 0; // when focus is not led into it any more, in ms of performance.now()
  let inside = false; // focus is, or was until the popover closed

  document.addEventListener("click", ({ target, detail }) => {
    const pressed = target instanceof Element && target.closest(BUTTON);
    if (!(pressed instanceof HTMLElement)) return;
    button = pressed;
    if (detail || pressed.getAttribute("aria-expanded") === "true") return; // with a pointer, or to close it
    until = performance.now() + PATIENCE;
    requestAnimationFrame(enter);
  }, true);
  document.addEventListener("focusin", ({ target }) => (inside = target instanceof Element && Boolean(target.closest(BODY))));
  addEventListener("pointerdown", () => {
    inside = false;
    until = 0;
  }, true);
  addEventListener("keydown", () => (until = 0), true); // before the click that it makes

  // What is still being placed takes no focus, and what is drawn once more loses it, which may take a busy server seconds.
  const enter = () => {
    if (performance.now() > until) return;
    const body = document.querySelector(BODY);
    const first = /** @type {HTMLElement|null|undefined} */ (body?.querySelector(CONTROLS));
    if (first && !body?.contains(document.activeElement)) first.focus();
    if (!body?.contains(document.activeElement)) requestAnimationFrame(enter);
  };

  closeAlone(() => document.querySelector(BODY));

  followPage(() => {
    if (until) requestAnimationFrame(enter);
    if (!inside || document.querySelector(BODY)) return;
    inside = false;
    if (lost() && button?.isConnected) button.focus();
  });
}
