// The Blend page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { Controller } from "./blend/controller.js";
import { heard, sent } from "./ui/in_flight.js";

/** @type {WeakMap<ShadowRoot|HTMLElement, Controller>} */
const controllers = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").BlendProps, parentElement: ShadowRoot|HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  heard();
  let controller = controllers.get(parentElement);
  if (controller) controller.update(data);
  else {
    controller = new Controller(parentElement.querySelector(".medley"), data);
    controllers.set(parentElement, controller);
  }
  // With a time, because the server hears only of values that differ from the last one, and undo may repeat that.
  controller.session.send = (recipe, ask) => {
    sent();
    setStateValue("settled", { recipe, at: Date.now(), link: location.search, ...(ask && { ask }) });
  };
  return () => {
    controller.dispose();
    controllers.delete(parentElement);
  };
}
