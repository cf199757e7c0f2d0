// The Eigen-images page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { EigenPage } from "./eigen/page.js";
import { heard, sent } from "./ui/in_flight.js";

const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").EigenProps, parentElement: HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  let page = pages.get(parentElement);
  if (!page) pages.set(parentElement, (page = new EigenPage(parentElement.querySelector(".medley"))));
  heard();
  page.send = (name, value) => {
    sent();
    setStateValue(name, { ...value, at: Date.now(), link: location.search });
  };
  page.take(data);
  return () => {
    page.stop();
    pages.delete(parentElement);
  };
}
