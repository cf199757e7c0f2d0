// The tour on the page: a ring around one real control at a time, a card that says what to do, and a look at what was done.
// It takes no focus and covers nothing that it points at.

import { t } from "../engine/language.js";
import { announce } from "../ui/announcer.js";
import { calm, h, say } from "../ui/dom.js";
import { tab } from "../ui/store.js";
import { END, Progress, STEPS, nothingDone, stepWords } from "./steps.js";

/** Where each part is: in the mixer by its mark, else on the page. @type {Record<string, string[]>} */
const PLACES = { found: [".pictures-told", ".pictures-score", ".sentence"], share: [".st-key-keep button"] };
const ROOM = 6; // px between a control and its ring

/** @param {string} part @returns {Element|null} */
function find(part) {
  const selectors = PLACES[part] ?? [`[data-part="${part}"]`];
  const roots = [...document.querySelectorAll(".st-key-mixer *")].flatMap(({ shadowRoot }) => (shadowRoot ? [shadowRoot] : []));
  for (const selector of selectors) {
    for (const root of [...roots, document]) {
      const found = root.querySelector(selector);
      if (found?.checkVisibility?.() ?? found) return found;
    }
  }
  return null;
}

/** One tour at a time. */
export class Tour {
  /** @param {() => void} onChange it begins, goes on or ends */
  constructor(onChange) {
    this.onChange = onChange;
    this.progress = new Progress(tab);
    this.running = false;
    this.at = 0;
    this.facts = nothingDone();
    this.dragging = false;
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { type: "button", onclick }, text);
    this.ring = h("div", { class: "tour-ring", popover: "manual", "aria-hidden": "true" });
    this.words = h("p", { class: "tour-words" });
    this.next = button(t("Next"), () => (this.facts.read = true));
    this.skip = button(t("Skip this step"), () => this.go(this.at + 1));
    this.quit = button(t("Leave the tour"), () => this.leave());
    this.card = h("section", { class: "tour-card", popover: "manual", "aria-label": t("Tour") }, this.words, h("div", { class: "tour-buttons" }, this.next, this.skip, this.quit));
    this.listener = (/** @type {Event} */ event) => this.note(event);
  }

  /** Begins, or goes on where it was left. */
  start() {
    if (this.running) return;
    this.running = true;
    for (const type of ["click", "pointerdown", "pointermove", "pointerup", "keydown"]) document.addEventListener(type, this.listener, true);
    this.ring.showPopover?.();
    this.card.showPopover?.();
    this.go(this.progress.at);
    this.look();
  }

  /** @param {number} at */
  go(at) {
    this.progress.keep(at);
    this.at = at;
    this.facts = nothingDone();
    const over = at >= STEPS.length;
    say(this.words, over ? END : stepWords(at));
    announce(over ? END : stepWords(at));
    this.next.hidden = STEPS[at]?.part !== "found";
    this.skip.hidden = over;
    say(this.quit, over ? t("Close") : t("Leave the tour"));
    if (!over) find(STEPS[at].part)?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    this.onChange();
  }

  /** Off the page; what was reached is kept. */
  leave() {
    if (!this.running) return;
    this.running = false;
    for (const type of ["click", "pointerdown", "pointermove", "pointerup", "keydown"]) document.removeEventListener(type, this.listener, true);
    cancelAnimationFrame(this.frame);
    this.ring.hidePopover?.();
    this.card.hidePopover?.();
    this.onChange();
  }

  /** Notes what the visitor does, wherever it happens. @param {Event} event */
  note(event) {
    if (event instanceof KeyboardEvent && event.key === "Escape" && !document.querySelector("dialog[open]")) return this.leave();
    const path = event.composedPath().filter((one) => one instanceof Element);
    const within = (/** @type {string} */ selector) => path.some((one) => one.matches(selector));
    const { facts } = this;
    if (event.type === "click") {
      facts.taps += Number(within(".chips-chip"));
      facts.evened ||= within('[data-part="balance"]');
      facts.shared ||= within(".st-key-keep");
    } else if (event instanceof KeyboardEvent) facts.moved ||= /^(Arrow|Home|End)/.test(event.key) && within('[data-part="pad"]');
    else if (event.type === "pointerdown") this.dragging = false;
    else if (event.type === "pointermove" && event instanceof PointerEvent && event.buttons) this.dragging ||= within(".pad-held");
    else if (event.type === "pointerup") facts.moved ||= this.dragging;
  }

  /** In every frame: where the control is now, and whether the step is done. */
  look() {
    this.frame = requestAnimationFrame(() => this.look());
    const step = STEPS[this.at];
    const target = step && find(step.part);
    this.ring.hidden = !target;
    if (target) {
      const { left, top, width, height } = target.getBoundingClientRect();
      Object.assign(this.ring.style, { left: `${left - ROOM}px`, top: `${top - ROOM}px`, width: `${width + 2 * ROOM}px`, height: `${height + 2 * ROOM}px` });
      this.card.classList.toggle("tour-above", top + height > innerHeight - this.card.offsetHeight - 3 * ROOM && top > this.card.offsetHeight);
    }
    if (!step) return;
    const chips = [...(find("classes")?.querySelectorAll(".chips-chip") ?? [])];
    this.facts.classes = chips.length;
    this.facts.chosen = chips.filter((one) => one.getAttribute("aria-pressed") === "true").length;
    if (step.done(this.facts)) this.go(this.at + 1);
  }
}
