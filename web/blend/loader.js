// How a model gets loaded: its blend first, while the old model stays, then its smaller parts and the map.

import { t } from "../engine/language.js";
import { PictureMaker } from "../engine/pictures.js";
import { Places } from "../engine/places.js";
import { arrival } from "../ui/arrival.js";

/**
 * @typedef {import("../engine/props.js").BlendProps} BlendProps
 *
 * @typedef {object} LoadEvents
 * @property {(sentence: string) => void} onProgress
 * @property {(maker: PictureMaker) => Promise<void>} onReady the blend can be made; done when it is painted
 * @property {(maker: PictureMaker, part: string) => void} onPart one more part is there, or has failed
 * @property {(maker: PictureMaker) => Promise<void>} onParts all parts are there, or have failed
 * @property {(sentence: string) => void} onFailure the model cannot be used
 */

/** Loads one model after the other; newer calls win over older ones. */
export class Loader {
  /** @param {LoadEvents} events */
  constructor(events) {
    this.events = events;
    this.ticket = 0;
    /** @type {WeakMap<PictureMaker, Partial<Record<"exact"|"estimated", Promise<Places>>>>} */
    this.maps = new WeakMap();
  }

  /** @param {BlendProps} props */
  async load(props) {
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    const { onProgress, onReady, onPart, onParts, onFailure } = this.events;
    const tell = (/** @type {string} */ sentence) => current() && onProgress(sentence);
    tell(arrival.under ? arrival.words() : t("Loading {name}", { name: props.model.title }));
    const leave = arrival.follow(tell); // what a first visit waits for was asked for before this page was there
    try {
      const maker = await PictureMaker.open(props, props.recipe.method, tell).finally(leave);
      if (!current()) return;
      await onReady(maker);
      if (!current()) return;
      await maker.openRest((part) => current() && onPart(maker, part));
      if (current()) await onParts(maker);
      if (current()) await maker.openMethods();
    } catch (error) {
      if (!current()) return;
      this.ticket++; // progress of files that are still on their way is not told any more
      onFailure(error.message);
    }
  }

  /**
   * The map of a kind, loaded when it is first asked for.
   * @param {PictureMaker} maker
   * @param {"exact"|"estimated"} kind
   * @throws {import("../engine/files.js").FileError}
   */
  map(maker, kind) {
    if (!this.maps.has(maker)) this.maps.set(maker, {});
    const held = this.maps.get(maker);
    held[kind] ??= Places.open(maker.props, maker.model.mean, kind).catch((error) => {
      held[kind] = undefined; // the next call tries again
      throw error;
    });
    return held[kind];
  }

  cancel() {
    this.ticket++;
  }
}
