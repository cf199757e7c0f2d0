// The mixer's desk: what is loaded, what is chosen, and what happens when a control moves or is let go.

import { Board } from "./board.js";
import { calm } from "../ui/dom.js";
import { Drawing } from "./drawing.js";
import { FrameBudget } from "../ui/frame_budget.js";
import { glide } from "../ui/glide.js";
import { History, same } from "../ui/history.js";
import { Keys } from "../ui/keys.js";
import { Loop } from "../ui/frame_loop.js";
import { namesOf } from "./spec.js";

const AFTER_KEYS = 250; // ms of rest after a key press before the server hears of it
const PATIENCE = 30_000; // ms that an answer of the server is waited for
const history = new History(); // outlives the component: visitors come back from other pages

/** One mounted mixer. `send(recipe, ask)` is set by the entry point and reaches the server. */
export class Desk extends Drawing {
  constructor(root) {
    super();
    this.root = root;
    this.loop = new Loop((fresh) => this.draw(fresh));
    this.turns = new FrameBudget();
    this.ticket = 0;
    this.history = history;
    this.keys = new Keys(root, (by) => this.step(by));
  }

  /** New data from the server: another model is loaded, another recipe is applied, all else is left alone. */
  update(data) {
    const spec = data;
    const known = this.spec;
    this.spec = spec;
    if (!known) this.begin(spec);
    if (!known || known.model.slug !== spec.model.slug || namesOf(known).join() !== namesOf(spec).join()) this.load(spec);
    else if (known.nonce !== spec.nonce) this.answer(spec);
    this.board.restyle();
  }

  begin(spec) {
    this.board = new Board(this, spec);
    this.root.replaceChildren(this.board.element);
    this.board.pictures.preview(spec.picture);
  }

  /** A recipe from the server: after Even out the amounts move there, unless a control was moved meanwhile. */
  answer({ recipe, told }) {
    const evened = this.asked;
    this.waits(false);
    if (told && !evened) return;
    const names = Object.keys(recipe.w);
    if (!told || calm() || names.join() !== Object.keys(this.mix.recipe().w).join()) return this.apply(recipe, true, told);
    history.push(recipe);
    this.sent = recipe;
    const to = this.mix.classes.map((name) => recipe.w[name]);
    const step = (amounts) => {
      this.mix.amounts = amounts;
      this.loop.ask();
    };
    this.stopGlide = glide(this.mix.amounts, to, step, () => this.apply(recipe, false, told));
  }

  /** Takes over a recipe that did not come from a control here. @param {string} [told] what the server says about it */
  apply(recipe, keep, told = "") {
    this.stopGlide?.();
    this.mix.apply(recipe);
    if (keep) history.push(recipe);
    this.sent = recipe;
    this.hint = told;
    this.telling = true;
    this.need(recipe.method);
    this.loop.ask();
  }

  /** A control moves. @param {(mix: Mix) => void} change @param {Event} [event] */
  move(change, event) {
    this.stopGlide?.();
    this.waits(false);
    change(this.mix);
    this.hint = "";
    this.telling = false;
    this.board.pictures.standBack();
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

  /** Asks the server for amounts with which the weakest class shows best. */
  evenOut() {
    if (this.asked) return;
    this.hint = this.uneven();
    if (this.hint) {
      this.telling = true;
      this.loop.ask();
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    const recipe = this.mix.recipe();
    history.push(recipe);
    this.sent = recipe;
    this.waits(true);
    this.send(recipe, "even");
    this.patience = setTimeout(() => {
      this.waits(false);
      this.board.warn("Even out got no answer from the server. Check the connection and try again.");
    }, PATIENCE);
  }

  /** Why Even out cannot be pressed; "" where it can. */
  uneven() {
    const { dataset } = this.spec;
    const known = this.mix.chosen.filter((i, place) => i < dataset.classes.length && this.mix.shares[place] > 0);
    if (!dataset.judge) return "Even out needs a judge, and this dataset has none.";
    return known.length < 2 ? "Even out needs at least two classes with an amount." : "";
  }

  waits(yes) {
    clearTimeout(this.patience);
    this.asked = yes;
    this.board.evening(yes);
  }

  /** A class is pointed at, or none any more (null): the blend is shown without it. */
  point(index) {
    this.pointed = index;
    this.loop.more();
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

  dispose() {
    this.ticket++;
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    this.stopGlide?.();
    this.keys.stop();
    this.loop.stop();
    this.board?.dispose();
  }
}
