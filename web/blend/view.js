// The mixer's elements and where they stand; it shows what it is given and reports what the visitor does.

import { className, t } from "../engine/language.js";
import { THETA } from "../engine/limits.js";
import { shortNames } from "../engine/names.js";
import { mixture } from "../engine/sentences.js";
import { Amounts } from "../ui/amounts.js";
import { Chips } from "../ui/chips.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { changing, goTo } from "../ui/focus.js";
import { MoreControls } from "../ui/more_controls.js";
import { Pad } from "../ui/pad.js";
import { ProgressLine } from "../ui/progress_line.js";
import { Room } from "../ui/room.js";
import { EvidenceCard } from "./evidence_card.js";
import { Making } from "./making.js";
import { MiniMap } from "./minimap.js";
import { PicturesCard, factsOf } from "./pictures_card.js";
import { PARTS } from "./rendering.js";

/**
 * @typedef {import("../engine/mix.js").Mix} Mix
 * @typedef {import("../engine/props.js").BlendProps} BlendProps
 *
 * @typedef {object} Actions what a visitor can do
 * @property {(change: (mix: Mix) => void, event?: Event) => void} move while a control moves
 * @property {(key: string, value: any, event?: Event) => void} set the same for one value of the recipe
 * @property {() => void} settle a control was let go
 * @property {(event: Event) => void} drawAgain
 * @property {() => void} evenOut
 * @property {(by: -1|1) => void} step undo or redo
 * @property {() => void} reset
 * @property {(index: number|null) => void} point a chosen class is pointed at, or none any more
 * @property {(kind: "exact"|"estimated") => void} openMap
 * @property {import("./making.js").Host} making
 */

const CROWD = 24; // more classes than this are shown by short names

/** Everything visible. */
export class View {
  /**
   * @param {BlendProps} props
   * @param {Actions} actions
   * @param {boolean} [roomy] whether there is room for open drawers
   */
  constructor({ methods, depths, dataset }, actions, roomy = innerWidth >= 900) {
    const { move, set, settle } = actions;
    const button = (text, onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);
    this.actions = actions;
    this.theme = "";
    /** @type {Chips|undefined} */
    this.chips = undefined;
    this.pictures = new PicturesCard();
    this.evidence = new EvidenceCard(actions.point);
    this.map = new MiniMap(actions.openMap);
    this.pad = new Pad((weights, event) => move((mix) => mix.setWeights(weights), event), settle);
    this.variety = new Dial(
      { name: t("Variety (theta)"), exact: t("Amount of variety"), min: THETA.low, max: THETA.high, step: 0.01, low: t("the typical one"), high: t("anything goes"), meaning: "theta" },
      (value, event) => set("theta", value, event), settle,
    );
    this.amounts = new Amounts((index, amount, event) => move((mix) => (mix.amounts[index] = amount), event), settle, roomy);
    this.more = new MoreControls({ methods, depths, dataset }, set, settle, roomy);
    const signed = (/** @type {string} */ name, /** @type {string} */ sign) => [h("span", { class: "blend-word" }, name), h("span", { class: "blend-sign", "aria-hidden": "true" }, sign)];
    this.undo = h("button", { type: "button", "aria-label": t("Undo"), title: t("Ctrl+Z"), onclick: () => actions.step(-1) }, ...signed(t("Undo"), "↶"));
    this.redo = h("button", { type: "button", "aria-label": t("Redo"), title: t("Ctrl+Shift+Z"), onclick: () => actions.step(1) }, ...signed(t("Redo"), "↷"));
    this.even = button(t("Even out"), () => actions.evenOut());
    this.steps = h("div", { class: "blend-steps" }, this.even, this.undo, this.redo, button(t("Reset"), () => actions.reset()));
    this.room = new Room(this.steps, () => this.fit());
    this.again = button(t("Draw again"), actions.drawAgain, { class: "strong" });
    const forget = () => {
      set("pattern", "");
      settle();
      this.variety.element.querySelector("input")?.focus(); // the button goes
    };
    this.painted = h("p", { class: "blend-painted quiet", hidden: true }, t("Times the pattern painted on the Generate page."), " ", button(t("Forget the pattern"), forget));
    const unpaint = () => {
      set("where", "");
      settle();
      this.pad.element.focus(); // the button goes
    };
    this.who = h("p", { class: "blend-painted quiet where-elsewhere", hidden: true }, t("Painted: “Where who is” below says who shows where."), " ", button(t("Forget the paint"), unpaint));
    this.making = new Making(actions.making);
    this.chipsPlace = h("div", {});
    this.notice = h("div", { class: "notice", role: "alert", hidden: true });
    this.busy = new ProgressLine(h("p", { class: "busy", hidden: true }));
    this.active = h(
      "div",
      { class: "active" },
      this.chipsPlace,
      h(
        "div",
        { class: "blend-stage" },
        this.pictures.element,
        h(
          "section",
          { class: "card blend-mixing", "aria-label": t("Mixing") },
          this.pad.element,
          this.steps,
          h("div", { class: "variety" }, this.variety.element, this.again, this.painted, this.who),
          this.pictures.told,
        ),
        this.pictures.verdict,
        h("div", { class: "blend-side" }, this.evidence.element, this.map.element),
      ),
      h("div", { class: "blend-drawers" }, this.amounts.element, this.more.element, this.making.element),
    );
    const steps = [...this.steps.children].filter((one) => one !== this.even);
    this.parts = {
      classes: [this.chipsPlace], pad: [this.pad.element], balance: [this.even], undo: steps, variety: [this.variety.element.parentElement],
      others: [this.pictures.element.querySelector(".pictures-strip"), this.pictures.verdict], meters: [this.evidence.element], map: [this.map.element],
      amounts: [this.amounts.element], more: [this.more.element], making: [this.making.element],
    };
    for (const [name, elements] of Object.entries(this.parts)) for (const one of elements) one?.setAttribute("data-part", name);
    this.element = h("div", { class: "board" }, this.notice, this.busy.element, this.active);
    // Undo in a number field means the browser's own while something is being typed there (ui/keys.js).
    this.element.addEventListener("input", ({ target }) => target instanceof HTMLInputElement && target.classList.contains("number") && (target.dataset.typing = ""));
    this.element.addEventListener("change", ({ target }) => target instanceof HTMLElement && delete target.dataset.typing);
  }

  /** Shows the controls of a lesson alone; all without any. @param {string[]} controls keys of `parts` */
  only(controls) {
    for (const [name, elements] of Object.entries(this.parts)) {
      for (const one of elements) one?.toggleAttribute("data-off", controls.length > 0 && !controls.includes(name));
    }
  }

  /** Another dataset: other chips and meters. @param {Mix} mix @param {BlendProps} props */
  setClasses(mix, { dataset, linear }) {
    const { move, settle } = this.actions;
    const names = mix.classes.map(className);
    const shown = names.length > CROWD ? shortNames(mix.classes, dataset.symbols) : names;
    const choose = (change) => {
      move(change);
      settle();
    };
    this.chips = new Chips(names, shown, (index) => choose((now) => now.toggle(index)), (yes) => choose((now) => now.chooseAll(yes)));
    this.chipsPlace.replaceChildren(this.chips.element);
    this.evidence.choose(names.slice(0, dataset.classes.length), shown.slice(0, dataset.classes.length));
    this.evidence.unjudged(dataset.unjudged);
    this.pictures.without("eigen", !linear);
    this.setChosen(mix);
    this.show(mix, dataset.components);
  }

  /** Other chosen classes: other corners, sliders and lit chips. @param {Mix} mix @param {string[]} [faces] image URLs */
  setChosen(mix, faces) {
    const classes = mix.chosen.map((index) => ({ index, name: className(mix.classes[index]), face: faces?.[index] }));
    this.chips.show(mix.amounts);
    this.pad.choose(classes);
    this.amounts.choose(classes);
    this.map.choose(mix.chosen, mix.classes.map(className));
    this.evidence.pick(mix.chosen);
  }

  /** Puts the classes' pictures on chips and meters. @param {string[]} faces image URLs in the order of the classes */
  showFaces(faces) {
    this.chips.paint(faces);
    this.evidence.paint(faces);
  }

  /** Shows a mix's values on every control. @param {Mix} mix @param {number} components of the linear model, 0 without one */
  show(mix, components) {
    const shares = mix.shares;
    this.pad.show(shares);
    this.amounts.show(mix.amounts, shares);
    this.variety.show(mix.rest.theta);
    this.painted.hidden = !mix.rest.pattern;
    this.who.hidden = !mix.shows;
    this.more.show(mix.rest, components);
  }

  /** Shows a rendering's figures; called in every frame. @param {import("./summary.js").Report} report */
  report({ parts, measuring, bits, lost, baseline, count, headline, note, became }) {
    for (const [part, { count, sharpness, removed, lags }] of Object.entries(parts)) {
      if (count !== undefined) this.pictures.rate(part, count, sharpness, removed);
      this.pictures.lag(part, lags);
    }
    if (parts.blend.count !== undefined) this.making.rated(factsOf(parts.blend.count, parts.blend.sharpness));
    this.evidence.lag(measuring);
    if (!bits) return;
    this.pictures.became(became);
    this.evidence.sum(count, headline, note);
    this.evidence.show(bits, lost, baseline);
  }

  /**
   * Lays the blend without a class over the blend and says what that does; without a picture the blend is uncovered.
   * @param {string} name
   * @param {Float32Array|undefined} picture
   * @param {string|undefined} said
   * @param {[number, number, number]} shape
   */
  takenOut(name, picture, said, shape) {
    if (picture) this.pictures.cover(name, picture, shape);
    else this.pictures.uncover();
    if (said) this.evidence.tellLost(said, picture, shape);
  }

  /** What a control that moves says of itself: a screen reader asks at once, before anything is drawn. @param {Mix} mix */
  speak(mix) {
    const { shares } = mix;
    if (!shares.length || this.pad.held !== undefined) return;
    this.pad.describe(mixture(mix.chosen.map((i) => className(mix.classes[i])), shares), Math.max(...shares));
    if (this.amounts.lines.length === shares.length) this.amounts.describe(mix.amounts, shares);
  }

  /**
   * Puts a mix into words where screen readers look.
   * @param {string} words what is mixed
   * @param {Mix} mix
   * @param {{uneven: string, undo: boolean, redo: boolean}} can why Even out cannot be pressed, and what else can
   */
  describe(words, mix, { uneven, undo, redo }) {
    this.pictures.describe(mix.shows ? t("{mixture}; it is painted who shows where", { mixture: words }) : words, mix.rest.k);
    this.pad.describe(words, Math.max(...mix.shares));
    this.amounts.describe(mix.amounts, mix.shares);
    this.map.describe();
    this.evidence.describe();
    this.even.setAttribute("aria-disabled", String(Boolean(uneven)));
    this.even.title = uneven || t("Find amounts with which the weakest class shows best");
    this.again.setAttribute("aria-disabled", "false");
    this.undo.setAttribute("aria-disabled", String(!undo));
    this.redo.setAttribute("aria-disabled", String(!redo));
  }

  /** No class is chosen: the last pictures stay, dimmed, and what is said about them goes. */
  nothing(sentence) {
    this.pictures.tell(sentence, true);
    for (const part of PARTS) this.pictures.rate(part, "");
    this.pictures.compare({ said: "", answers: false });
    for (const one of [this.even, this.again]) one.setAttribute("aria-disabled", "true");
    this.pictures.sound.hear(null);
    this.pictures.became("");
    this.pictures.uncover();
    this.evidence.clear();
    this.map.unmark();
  }

  /** Undo and Redo are signs where their words would need a second line. */
  fit() {
    this.steps.classList.remove("blend-signs");
    const lines = new Set([.../** @type {HTMLCollectionOf<HTMLElement>} */ (this.steps.children)].filter((one) => one.offsetWidth).map((one) => one.offsetTop));
    this.steps.classList.toggle("blend-signs", lines.size > 1);
  }

  /** Whether Even out is being worked on. */
  evening(yes) {
    this.even.setAttribute("aria-busy", String(yes));
    say(this.even, yes ? t("Evening …") : t("Even out"));
  }

  /** A model is on its way; the old pictures stay. */
  waiting(sentence) {
    const begin = () => {
      this.active.inert = true;
      this.notice.hidden = true;
    };
    changing(this.notice, begin, () => {
      goTo(this.element, false); // which fills the screen: to scroll to it would take the pickers out of sight
      return null;
    });
    this.busy.tell(sentence);
  }

  /** The model is there. */
  ready() {
    this.active.inert = false;
    this.notice.hidden = true;
    this.busy.tell("");
  }

  /** The model could not be loaded: says why, and offers another try. */
  broken(sentence, again) {
    this.busy.tell("");
    this.notice.hidden = false;
    this.notice.replaceChildren(h("span", {}, sentence), h("button", { type: "button", onclick: again }, t("Try again")));
  }

  /** Something beside the blend does not work; the rest goes on. */
  warn(sentence) {
    this.notice.hidden = false;
    this.notice.replaceChildren(h("span", {}, sentence));
  }

  /** Draws what CSS cannot colour anew where the theme has changed. */
  restyle() {
    const theme = getComputedStyle(this.element).color;
    if (theme !== this.theme) this.map.restyle();
    this.theme = theme;
  }

  dispose() {
    this.room.stop();
    this.map.dispose();
    this.pad.dispose();
    this.making.dispose();
    this.evidence.dispose();
    this.pictures.sound.dispose();
  }
}
