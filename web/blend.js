// The Blend page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { Desk } from "./blend/desk.js";

const desks = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: object, parentElement: ShadowRoot|HTMLElement, setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  let desk = desks.get(parentElement);
  if (!desk) {
    desk = new Desk(parentElement.querySelector(".medley"));
    desks.set(parentElement, desk);
  }
  // With a time, because the server hears only of values that differ from the last one, and undo may repeat that.
  desk.send = (recipe, ask) => setStateValue("settled", { recipe, at: Date.now(), link: location.search, ...(ask && { ask }) });
  desk.update(data);
  return () => {
    desk.dispose();
    desks.delete(parentElement);
  };
}
