// The conversation with the server: settled recipes go there, and Even out is asked for there.

import { same } from "../ui/history.js";

const PATIENCE = 30_000; // ms that an answer of the server is waited for
const RETURN = 5_000; // ms in which a server that was away learns what it missed

/**
 * @typedef {import("../engine/props.js").RecipeProps} Recipe
 * @typedef {(recipe: Recipe, ask?: "even") => void} Send
 */

/** Knows which recipe the server has, and whether an answer is waited for. */
export class Session {
  /**
   * @param {import("../ui/history.js").History} history of settled recipes
   * @param {{onAsking: (yes: boolean) => void, onSilence: () => void}} listeners Even out is waited for, or not any more;
   *   no answer came
   */
  constructor(history, { onAsking, onSilence }) {
    this.history = history;
    this.onAsking = onAsking;
    this.onSilence = onSilence;
    /** @type {Send} set by the page's entry each time that Streamlit calls it */
    this.send = () => {};
    /** Has the server read the recipe of a saved file; set like `send`. @type {(text: string, file: string) => void} */
    this.open = () => {};
    /** @type {Recipe|undefined} the last one that both sides know */
    this.shared = undefined;
    this.asking = false;
    this.patience = undefined;
    /** @type {Recipe|undefined} handed over to a server that was away, and may have started from the old link meanwhile */
    this.handed = undefined;
  }

  /** The server was away: it is told again what was settled last, which it may not have heard. */
  handOver() {
    if (!this.shared) return;
    this.handed = structuredClone(this.shared);
    setTimeout(() => (this.handed = undefined), RETURN);
    this.send(this.shared, this.asking ? "even" : undefined);
  }

  /** Whether the server speaks before it has heard what was handed over. @param {Recipe} recipe that it speaks of */
  tooEarly(recipe) {
    if (!this.handed || !same(recipe, this.handed)) return Boolean(this.handed);
    this.handed = undefined;
    return false;
  }

  /** The server sent a recipe, or one of the history is shown again. @param {Recipe} recipe @param {boolean} keep in the history */
  share(recipe, keep) {
    if (keep) this.history.push(recipe);
    this.shared = recipe;
  }

  /** A recipe was settled here; the same one twice is one message. @param {Recipe} recipe */
  settle(recipe) {
    if (same(recipe, this.shared)) return;
    this.share(recipe, true);
    this.send(recipe);
  }

  /** Asks for amounts with which the weakest class shows best. @param {Recipe} recipe */
  evenOut(recipe) {
    this.share(recipe, true);
    this.wait(true);
    this.send(recipe, "even");
    this.patience = setTimeout(() => {
      this.wait(false);
      this.onSilence();
    }, PATIENCE);
  }

  /** Does not wait for an answer any more. */
  stopAsking() {
    this.wait(false);
  }

  wait(yes) {
    clearTimeout(this.patience);
    this.asking = yes;
    this.onAsking(yes);
  }

  dispose() {
    clearTimeout(this.patience);
  }
}
