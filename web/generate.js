// The Generate page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { GeneratePage } from "./generate/page.js";
import { same } from "./ui/history.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";
import { Unheard } from "./ui/unheard.js";

const unheard = new Unheard("generate");
const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  // With a time, because the server hears only of values that differ from the last one, and Reset may repeat that.
  const send = (recipe, way) => {
    tell(parentElement, () => {
      unheard.say("settled", { recipe, way: { family: way.family, tau: way.tau, mode: way.mode } });
      setStateValue("settled", { recipe, at: Date.now(), link: location.search, ask: way });
    });
  };
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  unheard.told(data.nonce, { settled: { recipe: data.recipe, way: data.way } });
  let page = pages.get(parentElement);
  const left = page ? undefined : unheard.take().settled;
  if (!page) pages.set(parentElement, (page = new GeneratePage(parentElement.querySelector(".medley"), send)));
  page.send = send;
  const fits = left?.recipe.data === data.recipe.data && left.recipe.model === data.recipe.model;
  page.take(fits ? { ...data, ...left, start: null } : data);
  if (left && !same(left, { recipe: data.recipe, way: data.way })) page.resume(left);
  return () => {
    unheard.forget();
    ends(parentElement);
    page.stop();
    pages.delete(parentElement);
  };
}
