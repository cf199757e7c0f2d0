// The mixer's desk: what is loaded, what is chosen, and what happens when a control moves or is let go.

import { Board } from "./board.js";
import { pictureUrl } from "./canvas.js";
import { History, same } from "./history.js";
import { Loop } from "./loop.js";
import { Mix } from "./mix.js";
import { paint } from "./paint.js";
import { Places } from "./places.js";
import { Studio } from "./studio.js";
import { list, mixture } from "./words.js";

const AFTER_KEYS = 250; // ms of rest after a key press before the server hears of it
const history = new History(); // outlives the component: visitors come back from other pages

/** One mounted mixer. `send(recipe)` is set by the entry point and reaches the server. */
export class Desk {
  constructor(root) {
    this.root = root;
    this.loop = new Loop(() => this.draw());
    this.ticket = 0;
    this.keyAt = -Infinity;
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey, true);
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

  async load(spec) {
    const ticket = ++this.ticket;
    this.root.dataset.ready = "";
    this.sent = spec.recipe;
    history.push(spec.recipe);
    const names = namesOf(spec);
    const fresh = this.mix?.classes.join() !== names.join();
    const mix = fresh ? new Mix(spec.recipe, names) : this.mix;
    mix.apply(spec.recipe);
    if (!this.studio) {
      this.mix = mix;
      this.board.setClasses(mix);
    }
    this.board.waiting(`Loading ${spec.model.title}`);
    try {
      const studio = await Studio.open(spec, spec.recipe.method, (sentence) => ticket === this.ticket && this.board.waiting(sentence));
      if (ticket !== this.ticket) return;
      this.enter(studio, mix);
      await this.rest(studio);
    } catch (error) {
      if (ticket !== this.ticket) return;
      this.ticket++; // progress of files that are still on their way is not told any more
      this.board.broken(error.message, () => this.load(this.spec));
    }
  }

  /** The new model takes over: from here on the controls are about it. */
  enter(studio, mix) {
    const other = mix !== this.mix;
    this.studio = studio;
    this.mix = mix;
    this.chosen = undefined;
    this.board.map.use(null);
    this.board.guess.clear();
    if (other) {
      this.faces = undefined;
      this.board.setClasses(mix);
    }
    this.board.ready();
    this.telling = true;
    this.loop.ask();
  }

  async rest(studio) {
    await studio.openRest((part) => {
      if (studio !== this.studio) return;
      if (part === "thumbs") this.face(studio);
      this.telling = true;
      this.loop.ask();
    });
    if (studio !== this.studio) return;
    await this.openMap(this.board.map.kind, studio);
    if (studio !== this.studio) return;
    if (studio.trouble.length) this.board.warn(studio.trouble.join(" "));
    this.complete = studio;
    this.loop.ask();
  }

  face(studio) {
    const [channels, height, width] = studio.spec.dataset.shape;
    const size = channels * height * width;
    this.faces = this.mix.classes.map((_, i) => pictureUrl(studio.thumbs.data, studio.spec.dataset.shape, i * size));
    this.board.chips.paint(this.faces);
    this.chosen = undefined;
  }

  /** Shows the map of a kind, loaded when it is first asked for. */
  async openMap(kind, studio = this.studio) {
    if (!studio) return;
    studio.places ??= {};
    this.board.map.show(kind);
    try {
      if (!studio.places[kind]) this.board.map.tell("Loading the map …");
      studio.places[kind] ??= await Places.open(studio.spec, studio.machine.mean, kind);
    } catch (error) {
      this.board.map.tell(error.message);
      return;
    }
    if (studio !== this.studio || kind !== this.board.map.kind) return;
    this.board.map.use(studio.places[kind]);
    this.telling = true;
    this.loop.ask();
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
    const typing = performance.now() - this.keyAt < 60;
    this.timer = setTimeout(() => this.commit(), typing ? AFTER_KEYS : 0);
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

  key(event) {
    this.keyAt = performance.now();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
    const target = event.composedPath()[0];
    const writing = target.matches?.("input:not([type=range]), textarea, [contenteditable]");
    if (writing && !(this.root.contains(target) && !("typing" in target.dataset))) return;
    event.preventDefault();
    this.step(event.shiftKey ? 1 : -1);
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
    try {
      return await paint(this, studio, mix);
    } catch (error) {
      this.board.warn(error.message);
      return 0;
    } finally {
      if (this.telling) this.tell(mix);
    }
  }

  /** Puts into words what is seen, after the values came to rest. */
  tell(mix) {
    this.telling = false;
    const names = mix.chosen.map((i) => mix.classes[i]);
    if (!names.length) return;
    const words = mixture(names, mix.shares);
    const guess = this.board.guess.describe();
    const zero = mix.empty ? " All amounts are 0, so the classes share equally." : "";
    const used = names.filter((_, i) => mix.shares[i] > 0);
    this.board.describe(words, mix);
    this.board.pictures.tell(`Blend of ${list(used)}.${guess ? ` The classifier's guess: ${guess}.` : ""}${zero}${this.hint ? ` ${this.hint}` : ""}`);
  }

  dispose() {
    this.ticket++;
    clearTimeout(this.timer);
    document.removeEventListener("keydown", this.onKey, true);
    this.loop.stop();
    this.board?.dispose();
  }
}

/** Everything that can be blended: the dataset's classes, then the visitor's groups. */
function namesOf(spec) {
  return [...spec.dataset.classes, ...spec.groups.map((group) => group.name)];
}

/** The data with whole URLs in the place of the server's relative ones. */
function resolve(data) {
  const whole = (part) => part && { ...part, folder: new URL(`../${part.folder}`, import.meta.url).href };
  return { ...data, dataset: whole(data.dataset), model: whole(data.model), linear: whole(data.linear) };
}
