// Streamlit has its own few words in English alone: in other languages they are replaced as they come.

import { language, t } from "../engine/language.js";
import { followPage } from "./document.js";

const NAMES = ["aria-label", "placeholder", "title"];
// Its menu, its bar and lists of choices alone: what pages and visitors write is left as it is.
const PLACES = '[data-testid="stMainMenuPopover"] *, [data-testid="stSkipToContent"], [data-testid="stTopNavSection"] p, [data-testid="stSelectboxVirtualDropdown"] *';

/** Looks after Streamlit's words from now on; once a page. */
export function translateStreamlit() {
  if (language.code === "en") return;
  const words = new Map(Object.entries({
    "Skip to main content": t("Skip to main content"),
    "Sidebar": t("Sidebar"),
    "App pages": t("App pages"),
    "Expand sidebar": t("Expand sidebar"),
    "Collapse sidebar": t("Collapse sidebar"),
    "Main menu": t("Main menu"),
    "Choose an option": t("Choose an option"),
    "Open": t("Open##a list of choices"),
    "No results": t("No results"),
    "Theme": t("Theme"),
    "System": t("System##as the system is, light or dark"),
    "Light": t("Light##a theme"),
    "Dark": t("Dark##a theme"),
    "Print": t("Print"),
    "Record screen": t("Record screen"),
    "Copy version to clipboard": t("Copy version to clipboard"),
    "Running...": t("Running..."),
    "Copy to clipboard": t("Copy to clipboard"),
    "Copied": t("Copied"),
    "Made with Streamlit v": t("Made with Streamlit v"),
    "Fullscreen": t("Fullscreen"),
    "Close fullscreen": t("Close fullscreen"),
  }));
  const counted = /^(\d+) more$/; // pages for which the bar has no room
  const help = /^Help for (.+)$/;
  /** @param {string} text */
  const said = (text) => {
    const [, n] = counted.exec(text) ?? [];
    const [, name] = help.exec(text) ?? [];
    if (n) return t("{n} more", { n });
    return name ? t("Help for {name}", { name }) : words.get(text);
  };
  followPage(() => {
    for (const name of NAMES) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const word = said(element.getAttribute(name) ?? "");
        if (word) element.setAttribute(name, word);
      }
    }
    for (const element of document.querySelectorAll(PLACES)) {
      for (const node of element.childNodes) {
        const word = node.nodeType === Node.TEXT_NODE ? said(node.textContent ?? "") : undefined;
        if (word) node.textContent = word;
      }
    }
  });
}
