// The Directions page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { DirectionsPage, sent as asSent } from "./directions/page.js";
import { same } from "./ui/history.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";
import { Unheard } from "./ui/unheard.js";

const unheard = new Unheard("directions");
const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").DirectionsProps, parentElement: HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  unheard.told(data.nonce, { place: data.view });
  let page = pages.get(parentElement);
  const left = page ? undefined : unheard.take().place;
  if (!page) pages.set(parentElement, (page = new DirectionsPage(parentElement.querySelector(".medley"))));
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  page.send = (view, nonce) => {
    tell(parentElement, () => {
      unheard.say("place", view);
      setStateValue("place", { ...asSent(view), nonce, at: Date.now(), link: location.search });
    });
  };
  page.take(left ? { ...data, view: left } : data);
  if (left && !same(left, data.view)) page.sending.now();
  return () => {
    unheard.forget();
    ends(parentElement);
    page.stop();
    pages.delete(parentElement);
  };
}
