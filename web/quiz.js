// The Quiz page's live part: Streamlit mounts it once; answers stay in this tab.

import { QuizPage } from "./quiz/page.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";

/** @type {WeakMap<ShadowRoot|HTMLElement, QuizPage>} */
const pages = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").QuizProps, parentElement: ShadowRoot|HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  let page = pages.get(parentElement);
  if (!page) pages.set(parentElement, (page = new QuizPage(parentElement.querySelector(".medley"))));
  page.send = (shown) => tell(parentElement, () => setStateValue("shown", { ...shown, at: Date.now(), link: location.search }));
  surface(parentElement.querySelector(".medley"), data.dataset);
  page.take(data);
  return () => {
    ends(parentElement);
    page.stop();
    pages.delete(parentElement);
  };
}
