// The Map page's component: mounts an explorer and keeps it through reruns.

import { Explorer } from "./map/explorer.js";
import { expose } from "./ui/for_tests.js";
import { heard, sent } from "./ui/in_flight.js";

/** @type {WeakMap<HTMLElement, Explorer>} */
const mounted = new WeakMap();

/** Called by Streamlit at the first mount and again whenever data or theme change. */
export default function map({ data, parentElement, setStateValue, setTriggerValue }) {
  let explorer = mounted.get(parentElement);
  if (!explorer) {
    explorer = new Explorer(parentElement.querySelector(".medley"));
    mounted.set(parentElement, explorer);
    expose("map", explorer, false);
  }
  heard();
  // With time and link, so that a server that was away meanwhile knows what it has missed (pages/parts/state.py).
  const dated = (value) => ({ ...value, at: Date.now(), link: location.search });
  const setState = (name, value) => {
    sent();
    setStateValue(name, dated(value));
  };
  const trigger = (name, value) => setTriggerValue(name, Array.isArray(value) ? value : dated(value));
  explorer.update(data, { setState, trigger });
  return () => {
    explorer.stop();
    mounted.delete(parentElement);
  };
}
