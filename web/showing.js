// What stands below the mixer: the gallery of presets, the tour, and the door to a presentation.

import { Showing } from "./showing/gallery.js";
import { ends, listens, tell } from "./ui/in_flight.js";

/** @type {WeakMap<ShadowRoot|HTMLElement, Showing>} */
const mounted = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").ShowingProps, parentElement: ShadowRoot|HTMLElement,
 *   setTriggerValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setTriggerValue }) {
  listens(parentElement);
  let showing = mounted.get(parentElement);
  if (!showing) mounted.set(parentElement, (showing = new Showing(parentElement.querySelector(".medley"))));
  showing.send = (name, value) => tell(parentElement, () => setTriggerValue(name, { ...value, at: Date.now(), link: location.search }));
  showing.show(data);
  return () => {
    ends(parentElement);
    showing.stop();
    mounted.delete(parentElement);
  };
}
