// A term that opens what it means in two lines, with the chapter of Learn that says more; by mouse, touch and keyboard.

import { known, t } from "../engine/language.js";
import { TERMS } from "../engine/terms.js";
import { h } from "./dom.js";
import { inThisLanguage } from "./page_links.js";

const GAP = 6; // px between the term and its explanation
const EDGE = 8; // px that stay free at the window's edges

/** Where Learn says more of a term, in the language that this page's link asks for. @param {keyof typeof TERMS} name */
export function chapter(name) {
  const query = inThisLanguage();
  return `learn${query && `?${query}`}#${TERMS[name].anchor}`;
}

/**
 * The button of a term.
 * @param {keyof typeof TERMS} name
 * @param {string} [label] where it is not the term itself
 */
export function term(name, label) {
  const title = known(TERMS[name].title);
  const more = label ? { "aria-label": t("What is {title}?", { title }) } : {};
  const button = h("button", { type: "button", class: `term${label ? " term-mark" : ""}`, "aria-haspopup": "dialog", onclick: () => explain(button, name), ...more }, label ?? title);
  return button;
}

/** Opens the explanation below or above its button. A modal dialog: what closes it does nothing else, and focus comes back. */
function explain(button, name) {
  const [title, said] = [known(TERMS[name].title), known(TERMS[name].said)];
  const dialog = h(
    "dialog",
    { class: "term-said", "aria-label": title },
    h("p", {}, h("strong", {}, title), `: ${said}`),
    h("p", { class: "term-more" }, h("a", { href: chapter(name), target: "_blank" }, t("More in Learn")), h("button", { type: "button", onclick: () => dialog.close() }, t("Close"))),
  );
  dialog.onclick = (event) => event.target === dialog && dialog.close(); // beside its text
  dialog.onclose = () => dialog.remove();
  button.after(dialog);
  dialog.showModal();
  const at = button.getBoundingClientRect();
  const below = at.bottom + GAP + dialog.offsetHeight < innerHeight;
  dialog.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - EDGE - dialog.offsetWidth))}px`;
  dialog.style.top = `${below ? at.bottom + GAP : Math.max(EDGE, at.top - GAP - dialog.offsetHeight)}px`;
}
