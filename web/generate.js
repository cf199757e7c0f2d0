// The Generate page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { View } from "./generate/view.js";

const views = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement);
  if (!view) views.set(parentElement, (view = new View(parentElement.querySelector(".medley"))));
  // With a time, because the server hears only of values that differ from the last one, and Reset may repeat that.
  view.send = (recipe, way) => setStateValue("settled", { recipe, at: Date.now(), link: location.search, ask: way });
  view.take(data);
  return () => {
    view.stop();
    views.delete(parentElement);
  };
}
