// Passing a blend on: the system's share sheet where there is one, and its link to be pasted anywhere.

import { t } from "./engine/language.js";
import { h, say } from "./ui/dom.js";
import { toast } from "./ui/toast.js";

const REFUSED = t("This browser did not share it. Copy the link instead, and paste it where you want to send it.");
const AGAIN = 3000; // ms that the button says what it has done

/** @typedef {{link: string, words: string}} Shared the link, and what it leads to in words */

/** @type {WeakMap<ShadowRoot|HTMLElement, ReturnType<typeof shareButtons>>} */
const mounted = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` changes, with the same `parentElement`.
 * @param {{data: Shared, parentElement: ShadowRoot|HTMLElement}} component
 * @returns {() => void} takes the component away; Streamlit calls it once
 */
export default function mount({ data, parentElement }) {
  let buttons = mounted.get(parentElement);
  if (!buttons) {
    buttons = shareButtons(navigator);
    mounted.set(parentElement, buttons);
    /** @type {HTMLElement} */ (parentElement.querySelector(".medley")).replaceChildren(buttons.element);
  }
  buttons.show(data);
  return () => mounted.delete(parentElement);
}

/**
 * The buttons `Share`, where the browser can, and `Copy link`.
 * @param {Pick<Navigator, "clipboard"> & {share?: (data: {title: string, text: string, url: string}) => Promise<void>}} browser
 */
export function shareButtons(browser) {
  /** @type {Shared} */
  let shared = { link: "", words: "" };
  const share = async () => {
    try {
      await browser.share?.({ title: "Medley", text: shared.words, url: shared.link });
    } catch (error) {
      if (error.name !== "AbortError") toast(REFUSED); // the visitor has closed the sheet
    }
  };
  const copy = h("button", { type: "button", onclick: () => copyLink() }, t("Copy link"));
  const copyLink = async () => {
    try {
      await browser.clipboard.writeText(shared.link);
    } catch {
      return; // the visitor has been told (ui/clipboard.js)
    }
    say(copy, t("Copied"));
    setTimeout(() => say(copy, t("Copy link")), AGAIN);
  };
  const buttons = browser.share ? [h("button", { type: "button", class: "strong", onclick: share }, t("Share")), copy] : [copy];
  const element = h("div", { class: "share-buttons", role: "group", "aria-label": t("Share") }, ...buttons);
  return { element, show: (/** @type {Shared} */ given) => (shared = given) };
}
