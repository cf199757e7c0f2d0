// The Compare page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { ComparePage } from "./compare/page.js";
import { same } from "./ui/history.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";
import { Unheard } from "./ui/unheard.js";

const unheard = new Unheard("compare");
/** @type {WeakMap<ShadowRoot|HTMLElement, ComparePage>} */
const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").CompareProps, parentElement: ShadowRoot|HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  unheard.told(data.nonce, { settled: data.recipe });
  let page = pages.get(parentElement);
  const left = page ? undefined : unheard.take().settled;
  // With a time, because the server hears only of values that differ from the last one.
  const send = (/** @type {string} */ name, /** @type {any} */ value) => {
    tell(parentElement, () => {
      if (name === "settled") unheard.say(name, value.recipe);
      setStateValue(name, { ...value, at: Date.now(), link: location.search });
    });
  };
  if (page) {
    page.send = send;
    page.take(data);
  } else {
    const fits = left?.data === data.recipe.data && left.model === data.recipe.model;
    page = new ComparePage(parentElement.querySelector(".medley"), fits ? { ...data, recipe: left } : data, send);
    pages.set(parentElement, page);
    if (left && !same(left, data.recipe)) send("settled", { recipe: left });
  }
  return () => {
    unheard.forget();
    ends(parentElement);
    page.stop();
    pages.delete(parentElement);
  };
}
