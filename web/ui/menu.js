// A phone's menu of pages lies over most of the page: it closes once a page is chosen, also where only a keyboard's focus has
// brought it into view (web/ui/frame.css). Who opens it stands in it, and Escape leads back.

const PAGE = '[data-testid="stSidebarNavLink"]';
const MENU = '[data-testid="stSidebar"][data-collapsed="false"]';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';
const OPEN = '[data-testid="stExpandSidebarButton"]';
const MAIN = '[data-testid="stMain"]';
const PHONE = "(max-width: 768px)"; // where Streamlit lays the menu over the page
const PATIENCE = 60; // frames in which it opens or closes

/** Looks after the menu from now on; once a page. */
export function closeMenu() {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !matchMedia(PHONE).matches) return;
    if (target.closest(OPEN)) focusWhenThere(`${MENU} ${PAGE}[aria-current="page"]`);
    // After Streamlit has taken the click: the menu may close with it, as newer ones do by themselves.
    else if (target.closest(PAGE)) setTimeout(() => {
      close();
      if (document.activeElement?.matches(PAGE)) focusWhenThere(MAIN); // focus in a closed menu would bring it back
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !document.activeElement?.closest(MENU) || !matchMedia(PHONE).matches) return;
    if (close()) focusWhenThere(OPEN);
  });
}

/** Closes the menu; whether it was open. */
function close() {
  const button = document.querySelector(`${MENU} ${CLOSE}`);
  if (button instanceof HTMLElement) button.click();
  return Boolean(button);
}

/** Focuses an element as soon as Streamlit has put it there. @param {string} selector @param {number} [frames] */
function focusWhenThere(selector, frames = PATIENCE) {
  const found = document.querySelector(`${selector} > button`) ?? document.querySelector(selector);
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
  else if (frames) requestAnimationFrame(() => focusWhenThere(selector, frames - 1));
}
