// How Streamlit mounts a page's live part: once, and from then on it moves without the server. Streamlit calls the entry
// again whenever `data` or the theme changes, with the same `parentElement`.

import { ends, listens, tell } from "./in_flight.js";
import { surface } from "./surface.js";
import { Unheard } from "./unheard.js";

/**
 * What Streamlit hands over (Components v2).
 * @template Data
 * @typedef {object} Component
 * @property {Data} data
 * @property {any} parentElement in which `.medley` is the part's place
 * @property {(name: string, value: any) => void} setStateValue
 * @property {(name: string, value: any) => void} setTriggerValue
 */

/**
 * Tells the server, unless the page has been left. A value has a time and the link with it, unless it brings its own: the
 * server hears only of values that differ from the last one, and one that was away sees what it has missed
 * (pages/parts/state.py).
 * @typedef {(name: string, value: any, kept?: any) => void} Send kept: what is said again after a reload, where the
 *   server has not answered by then
 */

/**
 * @template Data
 * @typedef {object} Given
 * @property {Data} data
 * @property {Record<string, any>} left what was said when this page was left, and the server did not hear; none after the first time
 * @property {Send} send
 * @property {Send} trigger the same for what happens once, and is no state
 * @property {boolean} first whether the part has just been opened
 */

/**
 * A live part's entry.
 * @template Data, Part
 * @param {object} how
 * @param {string} [how.page] a name for what is kept until the server has heard; without one nothing is kept
 * @param {(data: Data, said: Record<string, any>) => Record<string, any>} [how.known] what the server shows, by the name of
 *   the message that would say the same
 * @param {(place: HTMLElement, given: Given<Data>) => Part} how.open the first time
 * @param {(part: Part, given: Given<Data>) => void} how.take every time
 * @param {(part: Part) => void} how.stop when the page is left
 * @returns {(component: Component<Data>) => () => void}
 */
export function mounting({ page, known = () => ({}), open, take, stop }) {
  const unheard = page ? new Unheard(page) : undefined;
  /** @type {WeakMap<object, Part>} */
  const mounted = new WeakMap();
  return ({ data, parentElement, setStateValue, setTriggerValue }) => {
    const place = parentElement.querySelector(".medley");
    const { dataset, nonce } = /** @type {any} */ (data);
    listens(parentElement);
    if (dataset) surface(place, dataset);
    unheard?.told(nonce, known(data, unheard.said));
    const sending = (/** @type {(name: string, value: any) => void} */ set) => (/** @type {string} */ name, /** @type {any} */ value, /** @type {any} */ kept = undefined) => {
      tell(parentElement, () => {
        if (kept !== undefined) unheard?.say(name, kept);
        set(name, Array.isArray(value) ? value : { at: Date.now(), link: location.search, ...value });
      });
    };
    const there = mounted.get(parentElement);
    const left = there ? {} : (unheard?.take() ?? {});
    const given = { data, left, send: sending(setStateValue), trigger: sending(setTriggerValue), first: !there };
    const part = there ?? open(place, given);
    mounted.set(parentElement, part);
    take(part, given);
    return () => {
      unheard?.forget();
      ends(parentElement);
      stop(part);
      mounted.delete(parentElement);
    };
  };
}
