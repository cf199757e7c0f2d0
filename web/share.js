// Passing a blend on: the system's share sheet where there is one, and its link to be pasted anywhere.

import { t } from "./engine/language.js";
import { h, say } from "./ui/dom.js";
import { toast } from "./ui/toast.js";

const REFUSED = t("This browser did not share it. Copy the link instead, and paste it where you want to send it.");
const AGAIN = 3000; // ms that the button says what it has done

/**
 * @typedef {object} Shared
 * @property {string} link "" until the buttons have been seen
 * @property {string} words what the link leads to
 * @property {number} times how often they have been
 */

/** @type {WeakMap<ShadowRoot|HTMLElement, {buttons: ReturnType<typeof shareButtons>, times: number}>} */
const mounted = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` changes, with the same `parentElement`.
 * Mounted only while the popover is open, it asks the server for the blend of now: hardly any visitor opens it, and all
 * would wait for link and files whenever they let a control go.
 * @param {{data: Shared, parentElement: ShadowRoot|HTMLElement, setTriggerValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once
 */
export default function mount({ data, parentElement, setTriggerValue }) {
  let opened = mounted.get(parentElement);
  if (!opened) {
    opened = { buttons: shareButtons(navigator), times: data.times };
    mounted.set(parentElement, opened);
    /** @type {HTMLElement} */ (parentElement.querySelector(".medley")).replaceChildren(opened.buttons.element);
  }
  if (data.link && data.times !== opened.times) opened.buttons.show(data);
  else setTriggerValue("opened", true);
  return () => mounted.delete(parentElement);
}

/**
 * The buttons `Share`, where the browser can, and `Copy link`; what is pressed before there is a link waits for it.
 * @param {Pick<Navigator, "clipboard"> & {share?: (data: {title: string, text: string, url: string}) => Promise<void>}} browser
 */
export function shareButtons(browser) {
  /** @type {Shared|undefined} */
  let shared;
  /** @type {(given: Shared) => void} */
  let given = () => {};
  const first = new Promise((/** @type {(given: Shared) => void} */ resolve) => (given = resolve));
  const share = async () => {
    const { words, link } = shared ?? (await first);
    try {
      await browser.share?.({ title: "Medley", text: words, url: link });
    } catch (error) {
      if (error.name !== "AbortError") toast(REFUSED); // the visitor has closed the sheet
    }
  };
  const copy = h("button", { type: "button", onclick: () => copyLink() }, t("Copy link"));
  const copyLink = async () => {
    const { link } = shared ?? (await first);
    try {
      await browser.clipboard.writeText(link);
    } catch {
      return; // the visitor has been told (ui/clipboard.js)
    }
    say(copy, t("Copied"));
    setTimeout(() => say(copy, t("Copy link")), AGAIN);
  };
  const buttons = browser.share ? [h("button", { type: "button", class: "strong", onclick: share }, t("Share")), copy] : [copy];
  const element = h("div", { class: "share-buttons", role: "group", "aria-label": t("Share") }, ...buttons);
  return { element, show: (/** @type {Shared} */ now) => given((shared = now)) };
}
