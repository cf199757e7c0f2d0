// A phone's menu of pages lies over most of the page: it closes once a page is chosen, also where only a keyboard's focus has
// brought it into view (web/ui/frame.css).

const PAGE = '[data-testid="stSidebarNavLink"]';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';
const PHONE = "(max-width: 768px)"; // where Streamlit lays the menu over the page

/** Looks after the menu from now on; once a page. */
export function closeMenu() {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || !target.closest(PAGE) || !matchMedia(PHONE).matches) return;
    // After Streamlit has taken the click: the menu may close with it, as newer ones do by themselves.
    setTimeout(() => {
      const menu = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
      const close = menu?.querySelector(CLOSE);
      if (close instanceof HTMLElement) close.click();
      else if (document.activeElement instanceof HTMLElement && document.activeElement.matches(PAGE)) document.activeElement.blur();
    });
  });
}
