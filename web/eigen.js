// The Eigen-images page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { EigenPage } from "./eigen/page.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";
import { Unheard } from "./ui/unheard.js";

const unheard = new Unheard("eigen");
const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").EigenProps, parentElement: HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  unheard.told(data.nonce, { k: data.recipe.k });
  let page = pages.get(parentElement);
  const left = page ? undefined : unheard.take().k;
  if (!page) pages.set(parentElement, (page = new EigenPage(parentElement.querySelector(".medley"))));
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  page.send = (name, value) => {
    tell(parentElement, () => {
      if (name === "k") unheard.say("k", value.k);
      setStateValue(name, { ...value, at: Date.now(), link: location.search });
    });
  };
  page.take(left ? { ...data, recipe: { ...data.recipe, k: left } } : data);
  if (left && left !== data.recipe.k) page.telling.now();
  return () => {
    unheard.forget();
    ends(parentElement);
    page.stop();
    pages.delete(parentElement);
  };
}
