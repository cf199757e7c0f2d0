// The page's controller: where one stands, which tool is open, and who draws what anew when a control moves.

import { className, decimals, t } from "../engine/language.js";
import { CHANGE, STEP } from "../engine/limits.js";
import { blendable } from "../engine/names.js";
import { short } from "../engine/numbers.js";
import { mixture } from "../engine/sentences.js";
import { announce } from "../ui/announcer.js";
import { h, say } from "../ui/dom.js";
import { expose } from "../ui/for_tests.js";
import { FrameBudget } from "../ui/frame_budget.js";
import { Loop } from "../ui/frame_loop.js";
import { HandOver } from "../ui/hand_over.js";
import { History } from "../ui/history.js";
import { Keys } from "../ui/keys.js";
import { Postponed } from "../ui/postponed.js";
import { ProgressLine } from "../ui/progress_line.js";
import { ChangeTool } from "./change_tool.js";
import { CornersTool } from "./corners_tool.js";
import { GridTool } from "./grid_tool.js";
import { MorphTool } from "./morph_tool.js";
import { NumbersTool } from "./numbers_tool.js";
import { PartsTool } from "./parts_tool.js";
import { PictureCard } from "./picture_card.js";
import { Space } from "./space.js";
import { parseSteps, reach, stepsText } from "./steps.js";
import { POINT, tokenOf } from "./things.js";
import { FURTHER, TOO_FAR, placeWords } from "./words.js";

/** @typedef {import("../engine/props.js").DirectionsProps} DirectionsProps */
/** @typedef {import("../engine/props.js").DirectionsChoice} View */

const SEND = 250; // ms of rest after which the server hears of a change
const AFTER_KEYS = 400; // the same after a key press
const history = new History(); // outlives the component: visitors come back from other pages
let remembered = ""; // the recipe that the history is about

/**
 * A way to look around: its controls and pictures. Tools whose large picture is not that of where one stands make their own,
 * with words of their own.
 * @typedef {object} Tool
 * @property {View["tool"]} name
 * @property {string} title
 * @property {HTMLElement} element
 * @property {(view: View) => void} show
 * @property {(view: View) => import("../ui/frame_budget.js").Job[]} jobs what is drawn once the large picture is
 * @property {(latent: number) => void} [about] another model has so many numbers
 * @property {(view: View) => string} [words] "" says that the large picture is that of where one stands
 * @property {(view: View) => Promise<Float32Array|null>} [picture] null while it cannot be known
 */

/**
 * What a tool is given: where one stands, and how to move.
 * @typedef {object} Desk
 * @property {View} view
 * @property {Space|null} space
 * @property {DirectionsProps} props
 * @property {number} latent
 * @property {string[]} tokens of all classes and groups
 * @property {() => import("./space.js").Start|null} start
 * @property {() => Float32Array|null} place the latent where one stands
 * @property {() => Promise<Float32Array|null>} here the picture where one stands
 * @property {(z: Float32Array|null) => void} standAt goes to a latent
 * @property {(change: (view: View) => unknown, event?: Event) => void} move
 * @property {() => void} settle a control was let go
 * @property {() => void} again draws anew
 * @property {(sentence: string) => void} say
 */

/** One mounted page. */
export class DirectionsPage {
  /** Reaches the server; set by the entry point. @type {(view: object, nonce: number) => void} */
  send = () => {};
  /** @type {DirectionsProps|undefined} */
  props;
  /** @type {Space|null} */
  space = null;
  /** @type {View|undefined} */
  view;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.sending = new Postponed(() => this.send(this.view, this.props.nonce));
    this.handOver = new HandOver(() => this.sending.now());
    this.desk = this.deskOf();
    this.card = new PictureCard({
      start: (start) => this.change((view) => (view.start = start)),
      step: (by) => this.step(by),
      reset: () => this.change((view) => Object.assign(view, { start: this.props.first.start, steps: [], change: { ...view.change, amount: 0 } })),
      typed: (text) => this.typed(text),
    });
    /** @type {Tool[]} */
    this.tools = [GridTool, NumbersTool, ChangeTool, MorphTool, CornersTool, PartsTool].map((Kind) => new Kind(this.desk));
    this.buttons = this.tools.map(({ name, title }) => h("button", { type: "button", onclick: () => this.change((view) => (view.tool = name)) }, title));
    this.further = h("input", { type: "checkbox", role: "switch", id: "further", onchange: () => this.goFurther() });
    this.furtherWords = h("p", { class: "quiet" });
    this.furtherCard = h("div", { class: "directions-further" }, h("label", { for: "further" }, this.further, t("Go further")), this.furtherWords);
    const tools = h("section", { class: "card directions-card", "aria-label": t("Directions") }, h("div", { class: "directions-tabs", role: "group", "aria-label": t("What to do") }, ...this.buttons), ...this.tools.map(({ element }) => element), this.furtherCard);
    this.busy = new ProgressLine(h("p", { class: "busy", hidden: true }));
    this.notice = h("div", { class: "notice", role: "alert", hidden: true });
    this.active = h("div", { class: "active directions-both" }, this.card.element, tools);
    root.replaceChildren(h("div", { class: "board" }, this.notice, this.busy.element, this.active));
    this.budget = new FrameBudget();
    this.work = { jobs: [] };
    this.loop = new Loop((fresh) => this.draw(fresh), (began) => this.follow(began));
    this.keys = new Keys(root, (by) => this.step(by));
    this.ticket = 0;
    /** @type {string[]} */
    this.tokens = [];
  }

  /** @returns {Desk} */
  deskOf() {
    const page = this;
    return {
      get view() {
        return page.view;
      },
      get space() {
        return page.space;
      },
      get props() {
        return page.props;
      },
      get latent() {
        return page.props.model.latent;
      },
      get tokens() {
        return page.tokens;
      },
      here: () => page.here(),
      standAt: (z) => page.standAt(z),
      start: () => page.space?.start(page.view.start) ?? null,
      place: () => page.place(),
      move: (change, event) => page.move(change, event),
      settle: () => page.settle(),
      again: () => page.loop.ask(),
      say: announce,
    };
  }

  stop() {
    this.ticket++;
    this.handOver.stop();
    this.sending.drop();
    this.keys.stop();
    this.loop.stop();
    this.card.sound.dispose();
  }

  /** Takes what the server says. Where one stands follows it only when it did not come from here. @param {DirectionsProps} props */
  take(props) {
    const before = this.props;
    this.props = props;
    const about = JSON.stringify([props.recipe, props.groups.map(({ name, moments }) => [name, moments])]);
    const other = this.about !== about;
    const elsewhere = before?.dataset.slug !== props.dataset.slug; // where one stood is no place there
    if (elsewhere || ((other || before.nonce !== props.nonce) && !this.handOver.open)) this.view = structuredClone(props.view);
    this.about = about;
    if (other) {
      if (remembered !== about) Object.assign(history, new History());
      remembered = about;
      this.blend = mixture(Object.keys(props.recipe.w).map(className), Object.values(props.shares));
      this.tokens = blendable(props).map(tokenOf);
      this.card.about(props, this.tokens);
      for (const tool of this.tools) tool.about?.(props.model.latent);
      this.open(props);
    }
    history.push(place(this.view));
    this.show();
    this.loop.ask();
  }

  /** Opens the model, then the latents of all pictures, which the first picture does not wait for. @param {DirectionsProps} props */
  async open(props) {
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    this.root.dataset.ready = "";
    const tell = (what, received, total) => {
      const values = { model: props.model.title, what, received: decimals(received / 1e6, 1), total: decimals(total / 1e6, 1) };
      if (current()) this.waiting(total ? t("Loading {model}, {what}: {received} of {total} MB", values) : t("Loading {model}, {what}: {received} MB", values));
    };
    this.space = null;
    this.warn("");
    this.waiting(t("Loading {name}", { name: props.model.title }));
    try {
      const space = await Space.open(props, tell);
      if (!current()) return;
      this.space = space;
      this.show();
      this.loop.ask();
      await space.needLatents((received, total) => tell(t("the latents of all pictures"), received, total));
    } catch (problem) {
      if (current()) this.warn(problem.message);
    }
    if (!current()) return;
    this.waiting("");
    this.show();
    this.loop.ask();
  }

  place() {
    const start = this.desk.start();
    const offset = start && this.space.offset(this.view.steps, this.view.change);
    return offset && start.place.map((value, j) => value + offset[j]);
  }

  get tool() {
    return this.tools.find(({ name }) => name === this.view.tool) ?? this.tools[0];
  }

  /** A control moves. @param {(view: View) => unknown} change @param {Event} [event] */
  move(change, event) {
    if (this.notice.textContent === TOO_FAR) this.warn("");
    const view = structuredClone(this.view);
    change(view);
    this.view = view;
    this.show();
    this.loop.ask(event?.timeStamp);
  }

  /** A control was let go: a step that can be undone, and one message to the server. */
  settle() {
    history.push(place(this.view));
    this.card.show(this.view, history, this.moved());
    this.sending.after(this.keys.pressing ? AFTER_KEYS : SEND);
  }

  /** Both at once. @param {(view: View) => unknown} change */
  change(change) {
    this.move(change);
    this.settle();
  }

  /** Goes to a latent, told by how far each single number is from the blend's. @param {Float32Array|null} z */
  standAt(z) {
    const { space, view } = this;
    if (!z || !space?.cloud) return announce(t("It is not ready yet. Try again in a moment."));
    const { spread } = space.cloud;
    const amounts = Array.from(z, (value, j) => (spread[j] ? short((value - space.point.place[j]) / spread[j]) : 0));
    const { low, high } = reach(view.further);
    if (amounts.some((amount) => amount < low || amount > high)) return this.warn(TOO_FAR);
    const steps = amounts.map((amount, j) => /** @type {[string, number]} */ ([`dim${j + 1}`, amount])).filter(([, amount]) => amount);
    this.change((now) => Object.assign(now, { start: POINT, steps, tool: "steps", change: { ...now.change, amount: 0 } }));
    announce(t("You stand there now."));
  }

  moved() {
    return this.view.steps.length > 0 || this.view.change.amount !== 0 || this.view.start !== this.props.first.start;
  }

  /** @param {-1|1} by */
  step(by) {
    const found = history.move(by);
    if (!found) return;
    this.move((view) => Object.assign(view, found));
    this.card.show(this.view, history, this.moved());
    this.sending.after(SEND);
    announce(`${by < 0 ? t("Undone.") : t("Done again.")} ${this.words()}`);
  }

  /** @param {string} text */
  typed(text) {
    const { steps, said } = parseSteps(text.trim(), this.props.model.latent, this.view.further);
    this.change((view) => (view.steps = /** @type {[string, number][]} */ (steps)));
    this.card.complain(said);
  }

  /** Turned off, what lies beyond the usual range is brought back to its end. */
  goFurther() {
    const further = this.further.checked;
    this.change((view) => {
      view.further = further;
      if (further) return;
      view.steps = view.steps.map(([name, amount]) => [name, nearest(amount, STEP)]);
      view.change.amount = nearest(view.change.amount, CHANGE);
    });
    if (!further) announce(t("What lay beyond was brought back."));
  }

  words() {
    return this.tool.words?.(this.view) || placeWords(this.view, this.blend);
  }

  show() {
    const { view } = this;
    if (!view) return;
    this.tools.forEach((tool, i) => {
      const open = tool === this.tool;
      tool.element.hidden = !open;
      this.buttons[i].setAttribute("aria-pressed", String(open));
    });
    const mine = Boolean(this.tool.words?.(view)); // where one stands has no part in what is shown
    this.furtherCard.hidden = this.card.begin.hidden = mine;
    this.further.checked = view.further;
    say(this.furtherWords, view.further ? FURTHER.on() : FURTHER.off(className(this.props.dataset.classes.at(-1) ?? "")));
    this.tool.show(view);
    this.card.show(view, history, this.moved());
    this.card.tell(this.words());
  }

  async draw(fresh) {
    const { space, view } = this;
    if (!space) return;
    if (fresh) {
      const pixels = await this.picture();
      if (space !== this.space || !pixels) return;
      this.card.draw(pixels, space.shape);
      expose("pictures", { here: pixels });
      this.work = { jobs: this.tool.jobs(view) };
    }
  }

  /** The large picture. @returns {Promise<Float32Array|null>} null while it cannot be known */
  async picture() {
    return this.tool.picture ? this.tool.picture(this.view) : this.here();
  }

  /** The picture where one stands; null while it cannot be known. @returns {Promise<Float32Array|null>} */
  async here() {
    const start = this.desk.start();
    const offset = start && this.space.offset(this.view.steps, this.view.change);
    return offset && this.space.pictures(start, [offset]);
  }

  /** @param {number} began */
  async follow(began) {
    const { work, space } = this;
    try {
      if (work.jobs.length) await this.budget.spend(work, began, () => work === this.work);
    } catch (problem) {
      this.work = { jobs: [] };
      this.warn(problem.message);
    }
    if (work.jobs.length && work === this.work) this.loop.more();
    else if (space?.latents) this.root.dataset.ready = "all";
  }

  /** Something does not work; the rest goes on. @param {string} sentence "" takes it away */
  warn(sentence) {
    this.notice.hidden = !sentence;
    this.notice.replaceChildren(h("span", {}, sentence));
    if (sentence) this.root.dataset.ready = "all";
  }

  /** A model is on its way, or is there (""). @param {string} sentence */
  waiting(sentence) {
    this.active.inert = Boolean(sentence) && !this.space;
    this.busy.tell(sentence);
  }
}

/** The number of a range that is nearest to one. @param {number} amount @param {import("../engine/limits.js").Limit} limit */
const nearest = (amount, { low, high }) => Math.max(low, Math.min(high, amount));

/** What undo goes back to: all but which tool is open. @param {View} view */
const place = ({ tool, ...rest }) => rest;

/** The view as the server takes it. @param {View} view */
export const sent = ({ steps, ...view }) => ({ ...view, dir: stepsText(steps) });
