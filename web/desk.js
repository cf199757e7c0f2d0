// The mixer's desk: what is loaded, what is chosen, and what happens when a control moves or is let go.

import { Board } from "./board.js";
import { History, same } from "./history.js";
import { Keys } from "./keys.js";
import { Loop } from "./loop.js";
import { Opening } from "./opening.js";
import { paint } from "./paint.js";
import { namesOf, resolve } from "./spec.js";
import { list, mixture } from "./words.js";

const AFTER_KEYS = 250; // ms of rest after a key press before the server hears of it
const history = new History(); // outlives the component: visitors come back from other pages

/** One mounted mixer. `send(recipe)` is set by the entry point and reaches the server. */
export class Desk extends Opening {
  constructor(root) {
    super();
    this.root = root;
    this.loop = new Loop(() => this.draw());
    this.ticket = 0;
    this.history = history;
    this.keys = new Keys(root, (by) => this.step(by));
  }

  /** New data from the server: another model is loaded, another recipe is applied, all else is left alone. */
  update(data) {
    const spec = resolve(data);
    const known = this.spec;
    this.spec = spec;
    if (!known) this.begin(spec);
    if (!known || known.model.slug !== spec.model.slug || namesOf(known).join() !== namesOf(spec).join()) this.load(spec);
    else if (known.nonce !== spec.nonce) this.apply(spec.recipe, true);
    this.board.restyle();
  }

  begin(spec) {
    this.board = new Board(this, spec);
    this.root.replaceChildren(this.board.element);
    this.board.pictures.preview(spec.picture);
  }

  /** Takes over a recipe that did not come from a control here. */
  apply(recipe, keep) {
    this.mix.apply(recipe);
    if (keep) history.push(recipe);
    this.sent = recipe;
    this.hint = "";
    this.telling = true;
    this.need(recipe.method);
    this.loop.ask();
  }

  /** A control moves. @param {(mix: Mix) => void} change @param {Event} [event] */
  move(change, event) {
    change(this.mix);
    this.hint = "";
    this.loop.ask(event?.timeStamp);
  }

  /** A recipe value (theta, n, seed, method, depth, k) moves. */
  set(key, value, event) {
    this.move((mix) => (mix.rest[key] = value), event);
    if (key === "method") this.need(value);
  }

  async need(method) {
    try {
      await this.studio?.need(method);
      this.loop.ask();
    } catch (error) {
      this.board.warn(error.message);
    }
  }

  /** A control was let go: one message to the server, a little later while keys are being pressed. */
  settle() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), this.keys.pressing ? AFTER_KEYS : 0);
  }

  commit() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.telling = true;
    this.loop.ask();
    if (!this.mix.chosen.length) return;
    const recipe = this.mix.recipe();
    if (same(recipe, this.sent)) return;
    history.push(recipe);
    this.sent = recipe;
    this.send(recipe);
  }

  /** Undo (-1) or redo (+1). */
  step(by) {
    if (this.timer) this.commit();
    // What cannot be sent (no class chosen) is not in the history: the first undo only brings its last entry back.
    const recipe = this.mix.chosen.length || by > 0 ? history.move(by) : structuredClone(this.sent);
    if (!recipe) return;
    this.goTo(recipe);
  }

  /** Back to the dataset's first blend; undo brings the present one back. */
  reset() {
    this.goTo(this.spec.first);
    history.push(this.spec.first);
    this.loop.ask();
  }

  goTo(recipe) {
    if (recipe.data === this.mix.rest.data && recipe.model === this.mix.rest.model) this.apply(recipe, false);
    this.send(recipe);
  }

  /** Whether there is something to undo (-1) or redo (+1). */
  can(by) {
    return history.can(by);
  }

  /** One frame: the controls show the newest values, then the pictures follow. */
  async draw() {
    const { mix, studio } = this;
    if (!studio) return 0;
    const chosen = mix.chosen;
    if (chosen.join() !== this.chosen) {
      this.chosen = chosen.join();
      this.board.setChosen(mix, this.faces);
    }
    this.board.show(mix);
    if (!chosen.length) {
      this.board.nothing("Choose at least one class.");
      return 0;
    }
    const resting = this.telling; // taken before painting: what settles meanwhile gets a frame of its own
    this.telling = false;
    try {
      return await paint(this, studio, mix, !resting);
    } catch (error) {
      this.board.warn(error.message);
      return 0;
    } finally {
      if (resting) this.tell(mix);
    }
  }

  /** Puts into words what is seen, after the values came to rest. */
  tell(mix) {
    const names = mix.chosen.map((i) => mix.classes[i]);
    if (!names.length) return;
    const words = mixture(names, mix.shares);
    const guess = this.board.guess.describe();
    const said = [`Blend of ${list(names.filter((_, i) => mix.shares[i] > 0))}.`];
    if (guess) said.push(`The classifier's guess: ${guess}.`);
    if (mix.empty) said.push("All amounts are 0, so the classes share equally.");
    if (this.hint) said.push(this.hint);
    this.board.describe(words, mix);
    this.board.pictures.tell(said.join(" "));
  }

  dispose() {
    this.ticket++;
    clearTimeout(this.timer);
    this.keys.stop();
    this.loop.stop();
    this.board?.dispose();
  }
}
