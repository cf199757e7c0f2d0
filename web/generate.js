// The Generate page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { GeneratePage } from "./generate/page.js";
import { heard, sent } from "./ui/in_flight.js";

const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  // With a time, because the server hears only of values that differ from the last one, and Reset may repeat that.
  const send = (recipe, way) => {
    sent();
    setStateValue("settled", { recipe, at: Date.now(), link: location.search, ask: way });
  };
  heard();
  let page = pages.get(parentElement);
  if (!page) pages.set(parentElement, (page = new GeneratePage(parentElement.querySelector(".medley"), send)));
  page.send = send;
  page.take(data);
  return () => {
    page.stop();
    pages.delete(parentElement);
  };
}
