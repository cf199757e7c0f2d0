// The Map page's component: mounts an explorer and keeps it through reruns.

import { Explorer } from "./map/explorer.js";
import { expose } from "./ui/for_tests.js";
import { same } from "./ui/history.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";
import { Unheard } from "./ui/unheard.js";

const unheard = new Unheard("map");

/** @type {WeakMap<HTMLElement, Explorer>} */
const mounted = new WeakMap();

/** Called by Streamlit at the first mount and again whenever data or theme change. */
export default function map({ data, parentElement, setStateValue, setTriggerValue }) {
  let explorer = mounted.get(parentElement);
  unheard.told(data.nonce, { map: data.view, group: unheard.said.group }); // a group is made or dropped in the next run
  const left = explorer ? {} : unheard.take();
  if (!explorer) {
    explorer = new Explorer(parentElement.querySelector(".medley"));
    mounted.set(parentElement, explorer);
    expose("map", explorer, false);
  }
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  // With time and link, so that a server that was away meanwhile knows what it has missed (pages/parts/state.py); what is
  // asked for once more keeps its own.
  const dated = (value) => ({ at: Date.now(), link: location.search, ...value });
  const setState = (name, { nonce, ...view }) => {
    tell(parentElement, () => {
      unheard.say(name, view);
      setStateValue(name, dated({ ...view, nonce }));
    });
  };
  const trigger = (name, value) => {
    tell(parentElement, () => {
      if (name === "group") unheard.say(name, value);
      setTriggerValue(name, Array.isArray(value) ? value : dated(value));
    });
  };
  explorer.update({ ...data, view: left.map ?? data.view }, { setState, trigger });
  if (left.map && !same(left.map, data.view)) explorer.settling.now();
  if (left.group) trigger("group", left.group);
  return () => {
    unheard.forget();
    ends(parentElement);
    explorer.stop();
    mounted.delete(parentElement);
  };
}
