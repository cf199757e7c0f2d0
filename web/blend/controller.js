// The mixer's controller: what is loaded, what is chosen, and what happens when a control moves or is let go.

import { className, t } from "../engine/language.js";
import { Mix } from "../engine/mix.js";
import { blendable } from "../engine/names.js";
import { list, mixture } from "../engine/sentences.js";
import { pictureUrl } from "../ui/canvas.js";
import { onReturn } from "../ui/connection.js";
import { calm } from "../ui/dom.js";
import { expose } from "../ui/for_tests.js";
import { FrameBudget } from "../ui/frame_budget.js";
import { Loop } from "../ui/frame_loop.js";
import { glide } from "../ui/glide.js";
import { History } from "../ui/history.js";
import { Keys } from "../ui/keys.js";
import { written } from "../ui/number_field.js";
import { Postponed } from "../ui/postponed.js";
import { cornersOf, weightsAt } from "../ui/simplex.js";
import { wander } from "../ui/wander.js";
import { Loader } from "./loader.js";
import { Painter } from "./rendering.js";
import { Session } from "./session.js";
import { TITLES } from "./pictures_card.js";
import { report, sentence, takenOut, wholeVerdict } from "./summary.js";
import { View } from "./view.js";

/**
 * @typedef {import("../engine/props.js").BlendProps} BlendProps
 * @typedef {import("../engine/pictures.js").PictureMaker} PictureMaker
 * @typedef {import("./rendering.js").Rendering} Rendering
 */

const SOME = 0.4; // variety with which two draws are seen to differ
const AFTER_KEYS = 250; // ms of rest after a key press before the server hears of it
const history = new History(); // outlives the component: visitors come back from other pages

/** One mounted mixer. */
export class Controller {
  /**
   * @param {HTMLElement} root
   * @param {BlendProps} props
   * @param {{alone?: boolean, guest?: boolean, named?: (names: string) => void}} [standing] whether there is no server behind
   *   it, whether it is a guest on a page that is not Medley's, and who is told what is in a blend that stays
   */
  constructor(root, props, { alone = false, guest = false, named = () => {} } = {}) {
    this.root = root;
    this.props = props;
    this.alone = alone;
    this.named = named;
    this.mix = new Mix(props.recipe, blendable(props));
    /** @type {PictureMaker|undefined} */
    this.maker = undefined;
    /** @type {PictureMaker|undefined} the one whose parts are all there */
    this.complete = undefined;
    /** @type {Rendering|undefined} of the newest values that were drawn */
    this.rendering = undefined;
    this.atRest = false; // the values stay: the next picture is the one to keep
    this.hint = ""; // what is said beside the verdict, until a control moves
    this.made = props.made?.times ?? 0; // slower blends that were there before
    this.evened = false; // Even out has answered, and nothing has moved since
    this.again = false; // new draws were asked for, so the verdict is news even where it is the same
    /** @type {string[]|undefined} the classes' pictures as URLs */
    this.faces = undefined;
    this.chosen = ""; // what the view's controls are laid out for
    /** @type {number|null} the class that is pointed at */
    this.pointed = null;
    /** @type {number|null} the class that is shown taken out */
    this.takenOut = null;
    this.settling = new Postponed(() => this.commit());
    this.entered = () => {}; // the new model's blend is painted
    this.settled = () => {}; // everything on the page is of the newest values
    this.stopGlide = () => {};

    this.view = new View(props, this.actions(), guest ? false : undefined);
    this.painter = new Painter({
      draw: (part, pixels, shape) => {
        this.view.pictures.draw(part, pixels, shape);
        if (part === "blend") this.view.making.drew(pixels, shape);
      },
      places: () => this.view.map.places,
      mark: (place, shares) => this.view.map.mark(place, shares),
    });
    this.session = new Session(history, {
      onAsking: (yes) => this.view.evening(yes),
      onSilence: () => this.view.warn(t("Even out got no answer from the server. Check the connection and try again.")),
    });
    this.loader = new Loader({
      onProgress: (sentence) => this.view.waiting(sentence),
      onReady: (maker) => this.enter(maker),
      onPart: (maker, part) => this.partArrived(maker, part),
      onParts: (maker) => this.partsArrived(maker),
      onFailure: (sentence) => this.view.broken(sentence, () => this.load()),
    });
    this.budget = new FrameBudget();
    this.loop = new Loop((fresh) => this.draw(fresh), (began) => this.follow(began));
    this.keys = new Keys(root, (by) => this.step(by), guest);
    this.forgetReturn = onReturn(this, () => this.session.handOver());

    root.replaceChildren(this.view.element);
    this.view.only(props.controls);
    this.view.pictures.preview(props.picture);
    this.view.setClasses(this.mix, props);
    this.load();
  }

  /** What the view reports. @returns {import("./view.js").Actions} */
  actions() {
    return {
      move: (change, event) => this.move(change, event),
      set: (key, value, event) => this.set(key, value, event),
      settle: () => this.settle(),
      drawAgain: (event) => this.drawAgain(event),
      evenOut: () => this.evenOut(),
      step: (by) => this.step(by),
      reset: () => this.reset(),
      point: (index) => this.point(index),
      openMap: (kind) => this.openMap(kind),
      making: {
        props: () => this.props,
        recipe: () => this.mix.recipe(),
        show: (recipe) => this.show(recipe),
        classes: () => this.mix.classes,
        faces: () => this.faces,
        set: (key, value, event) => this.set(key, value, event),
        settle: () => this.settle(),
        step: (by) => this.step(by),
        can: (by) => history.can(by),
        open: this.alone ? null : (text, file) => {
          if (this.settling.waiting) this.settling.now();
          this.session.open(text, file);
        },
      },
    };
  }

  /**
   * New props: another model is loaded, another recipe is applied, all else is left alone.
   * @param {BlendProps} props
   */
  update(props) {
    const known = this.props;
    this.props = props;
    const early = this.session.tooEarly(props.recipe);
    if (known.model.slug !== props.model.slug || blendable(known).join() !== blendable(props).join()) this.load();
    else if (known.nonce !== props.nonce && !early) this.answer(props);
    if (known.nonce !== props.nonce) this.view.making.answered(props.told);
    this.view.only(props.controls);
    if (props.made && props.made.times > this.made) this.view.pictures.coverMade(props.made);
    this.made = props.made?.times ?? this.made;
    this.view.restyle();
  }

  // Loading

  load() {
    const { props } = this;
    this.root.dataset.ready = "";
    this.hint = props.told; // what was said of the model before goes with it
    this.evened = false;
    this.session.share(props.recipe, true);
    this.view.more.offer(props.methods);
    this.view.pictures.sound.use(props.dataset.notes, props.dataset.shape);
    if (this.mix.classes.join() === blendable(props).join()) this.mix.apply(props.recipe);
    this.loader.load(props);
  }

  /**
   * The new model takes over: from here on the controls are about it.
   * @returns {Promise<void>} done when its blend is painted: nothing else is fetched before that
   */
  enter(maker) {
    const names = blendable(maker.props);
    const others = this.mix.classes.join() !== names.join();
    this.maker = maker;
    this.rendering = undefined;
    this.chosen = "";
    this.view.map.use(null);
    this.view.evidence.clear();
    this.view.pictures.uncoverMade();
    if (others) {
      this.mix = new Mix(maker.props.recipe, names);
      this.faces = undefined;
      this.view.setClasses(this.mix, maker.props);
    }
    this.view.ready();
    this.rest();
    return new Promise((resolve) => (this.entered = resolve));
  }

  partArrived(maker, part) {
    if (part === "shortcut") return; // it is for what moves
    if (part === "centroids") {
      if (maker.centroids) this.showFaces(maker);
      this.showControls();
      return;
    }
    if (maker.unjudged) this.view.evidence.unjudged(maker.unjudged);
    this.rest();
  }

  /** @returns {Promise<void>} done when everything stands there: what might be needed later is fetched after that */
  async partsArrived(maker) {
    await this.openMap(this.view.map.kind);
    if (maker !== this.maker) return;
    if (maker.failures.length) this.view.warn(maker.failures.join(" "));
    this.complete = maker;
    const whole = new Promise((resolve) => (this.settled = () => resolve()));
    this.rest();
    if (this.props.moves) this.wander();
    await whole;
  }

  /** Lets the dot go round by itself until something is touched. */
  wander() {
    const corners = cornersOf(this.mix.chosen.length);
    const step = (place) => {
      this.mix.setWeights(weightsAt(place, corners));
      this.atRest = false;
      this.view.pictures.standBack();
      this.loop.ask();
    };
    this.stopGlide = wander(step, () => this.commit());
  }

  showFaces({ centroids, props }) {
    const size = props.dataset.shape.reduce((product, side) => product * side);
    this.faces = this.mix.classes.map((_, i) => pictureUrl(centroids.data, props.dataset.shape, i * size));
    this.view.showFaces(this.faces);
    this.chosen = "";
  }

  /** Shows the map of a kind. @param {"exact"|"estimated"} kind */
  async openMap(kind) {
    const { maker, view } = this;
    if (!maker) return;
    const current = () => maker === this.maker && kind === view.map.kind;
    view.map.show(kind);
    view.map.tell(t("Loading the map …"));
    try {
      const places = await this.loader.map(maker, kind);
      if (!current()) return;
      view.map.use(places);
      this.rest();
    } catch (error) {
      if (current()) view.map.tell(error.message);
    }
  }

  // What the visitor does

  /** A control moves. @param {(mix: Mix) => void} change @param {Event} [event] */
  move(change, event) {
    this.stopGlide();
    this.session.stopAsking();
    change(this.mix);
    this.hint = "";
    this.evened = false;
    this.atRest = false;
    this.view.pictures.standBack();
    this.view.pictures.uncoverMade();
    this.view.speak(this.mix);
    this.loop.ask(event?.timeStamp);
  }

  /** A recipe value (theta, n, seed, method, depth, k, pattern) moves. */
  set(key, value, event) {
    this.move((mix) => (mix.rest[key] = value), event);
    if (key === "method") this.need(value);
  }

  async need(method) {
    try {
      await this.maker?.need(method);
      this.loop.ask();
    } catch (error) {
      this.view.warn(error.message);
    }
  }

  /** A control was let go: one message to the server, a little later while keys are being pressed. */
  settle() {
    if (this.keys.pressing) this.settling.after(AFTER_KEYS);
    else this.settling.now();
  }

  commit() {
    this.settling.drop();
    this.rest();
    if (this.mix.chosen.length) this.session.settle(this.mix.recipe());
  }

  drawAgain(event) {
    if (!this.mix.chosen.length) return;
    const alike = this.mix.rest.theta === 0; // without variety every draw is the same
    this.move((mix) => {
      mix.rest.seed = crypto.getRandomValues(new Uint32Array(1))[0] % 100000;
      if (alike) mix.rest.theta = SOME;
    }, event);
    this.hint = alike ? t("Variety is {theta} now, so that each draw is another picture.", { theta: written(SOME) }) : "";
    this.again = true;
    this.settle();
  }

  /** Asks the server for amounts with which the weakest class shows best. */
  evenOut() {
    if (this.session.asking) return;
    this.hint = this.uneven();
    if (this.hint) {
      this.rest();
      return;
    }
    this.settling.drop();
    this.session.evenOut(this.mix.recipe());
  }

  /** Why Even out cannot be pressed; "" where it can. */
  uneven() {
    if (this.alone) return t("Even out asks Medley's server, and this page stands alone.");
    const { dataset } = this.props;
    const known = this.mix.chosen.filter((i, place) => i < dataset.classes.length && this.mix.shares[place] > 0);
    if (!dataset.judge) return t("Even out needs a judge. {why}", { why: dataset.unjudged });
    return known.length < 2 ? t("Even out needs at least two classes with an amount.") : "";
  }

  /** A class is pointed at, or none any more (null): the blend is shown without it. */
  point(index) {
    this.pointed = index;
    this.loop.more();
  }

  /** Undo (-1) or redo (+1). */
  step(by) {
    if (this.settling.waiting) this.settling.now();
    // What cannot be sent (no class chosen) is not in the history: the first undo only brings its last entry back.
    const recipe = this.mix.chosen.length || by > 0 ? history.move(by) : structuredClone(this.session.shared);
    if (recipe) this.goTo(recipe);
  }

  /** Back to the dataset's first blend; undo brings the present one back. */
  reset() {
    this.show(this.props.first);
  }

  /** Goes to a recipe that was made elsewhere; undo comes back. */
  show(recipe) {
    this.goTo(recipe);
    history.push(recipe);
    this.loop.ask();
  }

  goTo(recipe) {
    if (recipe.data === this.mix.rest.data && recipe.model === this.mix.rest.model) this.apply(recipe, false);
    this.session.send(recipe);
  }

  // What the server sends

  /** A recipe from the server: after Even out the amounts move there, unless a control was moved meanwhile. */
  answer({ recipe, told }) {
    const asked = this.session.asking;
    this.session.stopAsking();
    if (told && !asked && !this.view.making.waiting) return;
    const names = Object.keys(recipe.w);
    if (!told || calm() || names.join() !== Object.keys(this.mix.recipe().w).join()) return this.apply(recipe, true, told);
    this.session.share(recipe, true);
    const to = this.mix.classes.map((name) => recipe.w[name]);
    const step = (amounts) => {
      this.mix.amounts = amounts;
      this.loop.ask();
    };
    this.stopGlide = glide(this.mix.amounts, to, step, () => this.apply(recipe, false, told));
  }

  /** Takes over a recipe that did not come from a control here. @param {string} [told] what the server says about it */
  apply(recipe, keep, told = "") {
    this.stopGlide();
    this.mix.apply(recipe);
    this.view.pictures.uncoverMade();
    this.session.share(recipe, keep);
    this.hint = told;
    this.evened = Boolean(told);
    this.atRest = true;
    this.need(recipe.method);
    this.loop.ask();
  }

  // Frames

  /** The values stay: draws what is to be kept. */
  rest() {
    this.atRest = true;
    this.loop.ask();
  }

  /**
   * One frame: a fresh one shows the newest values on the controls, and begins a new rendering with the blend.
   * @param {boolean} fresh
   */
  async draw(fresh) {
    const { mix, maker } = this;
    if (!maker) return;
    if (fresh) this.showControls();
    if (!mix.chosen.length) {
      this.rendering = undefined;
      this.view.nothing(t("Choose at least one class."));
      this.mark(this.complete === maker);
      return;
    }
    try {
      if (fresh) {
        this.mark(false);
        const rendering = await this.painter.begin(maker, mix, !this.atRest);
        if (maker !== this.maker) return;
        this.rendering = rendering;
        if (rendering.bits.blend) this.view.report(report(rendering));
      }
      if (this.rendering && (fresh || this.pointed !== this.takenOut)) await this.takeOut(this.rendering);
    } catch (error) {
      this.view.warn(error.message);
    }
  }

  showControls() {
    const chosen = this.mix.chosen.join();
    if (chosen !== this.chosen) {
      this.chosen = chosen;
      this.view.setChosen(this.mix, this.faces);
    }
    this.view.show(this.mix, this.props.dataset.components);
  }

  /** Once the frame is painted: goes on with what the rendering still lacks. @param {number} began when the frame began */
  async follow(began) {
    this.entered();
    const { rendering } = this;
    if (!rendering) return;
    try {
      const current = () => rendering === this.rendering;
      await this.budget.spend(rendering, began, current);
      if (!current()) return;
      this.view.report(report(rendering));
      if (rendering.jobs.length) this.loop.more();
      else if (rendering.resting && !rendering.described && !this.loop.fresh) this.describe(rendering);
    } catch (error) {
      this.view.warn(error.message);
    }
  }

  /** Shows the blend without the class that is pointed at; uncovers it where none is. */
  async takeOut(rendering) {
    const index = (this.takenOut = this.pointed);
    if (index === null) return this.view.pictures.uncover();
    const name = className(this.mix.classes[index]);
    const { picture, said } = await takenOut(rendering, index, name);
    this.view.takenOut(name, picture, said, rendering.maker.props.dataset.shape);
  }

  /** Everything about the values that stay is there: puts into words what is seen. */
  describe(rendering) {
    const { mix } = this;
    rendering.described = true;
    this.atRest = false;
    expose("pictures", { without: rendering.lostOf("blend") });
    const names = mix.chosen.map((i) => className(mix.classes[i]));
    const why = this.uneven();
    const seen = list(names.filter((_, i) => mix.shares[i] > 0));
    const said = [sentence(rendering, !why && !this.evened) || t("Blend of {names}.", { names: seen })];
    if (mix.empty) said.push(t("All amounts are 0, so the classes share equally."));
    if (this.hint) said.push(this.hint);
    this.named(seen);
    this.view.describe(mixture(names, mix.shares), mix, { uneven: why, undo: history.can(-1), redo: history.can(1) });
    this.view.pictures.tell(said.join(" "), false, this.again);
    this.view.pictures.compare(wholeVerdict(rendering, TITLES));
    this.view.making.rested(mix.recipe(), rendering.pictures.blend, rendering.maker.props.dataset.shape);
    this.again = false;
    this.mark(this.complete === rendering.maker);
  }

  /** Tells tests and styles whether everything on the page is of the newest values. */
  mark(all) {
    if (all) this.settled();
    const word = all ? "all" : "blend";
    if (this.root.dataset.ready !== word) this.root.dataset.ready = word;
  }

  dispose() {
    this.loader.cancel();
    this.settling.drop();
    this.forgetReturn();
    this.session.dispose();
    this.stopGlide();
    this.keys.stop();
    this.loop.stop();
    this.view.dispose();
  }
}
