// The other languages that the page can be read in, each a link in its own name, in the corner of every page.

import { language, t } from "../engine/language.js";

/** Adds the links; without another language there is nothing to see. */
export function offerLanguages() {
  const told = document.querySelector('meta[name="medley-languages"]')?.getAttribute("content");
  const others = Object.entries(JSON.parse(told ?? "{}")).filter(([code]) => code !== language.code);
  if (!others.length) return;
  const nav = document.createElement("nav");
  nav.className = "medley-languages";
  nav.setAttribute("aria-label", t("Language"));
  nav.append(...others.map(([code, name]) => link(code, name)));
  document.body.append(nav);
}

/** @param {string} code @param {string} name */
function link(code, name) {
  const made = document.createElement("a");
  Object.assign(made, { textContent: name, lang: code, hreflang: code });
  // What is shown changes the address all the time: the link is made when it is about to be followed.
  const aim = () => {
    const address = new URL(location.href);
    address.searchParams.set("lang", code);
    made.href = address.href;
  };
  aim();
  for (const event of ["pointerenter", "pointerdown", "focus", "click"]) made.addEventListener(event, aim);
  return made;
}
