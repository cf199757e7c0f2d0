// What Streamlit does to the page, seen once for all who follow it: elements that come and go, and what a few of them say.

/** Attributes that somebody follows: words to be spoken, buttons that are turned off, the connection, parts that are there. */
const ATTRIBUTES = ["data-sentence", "disabled", "data-test-connection-state", "data-mounted"];

/** @type {Set<() => void>} */
const followers = new Set();

/** Calls back after each change of the page from now on. @param {() => void} look */
export function followPage(look) {
  if (!followers.size) {
    const all = () => followers.forEach((one) => one());
    new MutationObserver(all).observe(document, { subtree: true, childList: true, attributeFilter: ATTRIBUTES });
  }
  followers.add(look);
}
