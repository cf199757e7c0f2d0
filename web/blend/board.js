// The mixer's elements and where they stand; it shows values and passes events on, and decides nothing.

import { Amounts } from "./amounts.js";
import { Chips } from "./chips.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { MiniMap } from "./minimap.js";
import { More } from "./more.js";
import { shortNames } from "../engine/names.js";
import { Pad } from "./pad.js";
import { Pictures } from "./pictures.js";
import { Who } from "./who.js";

const CROWD = 24; // more classes than this are shown by short names

/** Everything visible. */
export class Board {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk, spec) {
    const settle = () => desk.settle();
    const set = (key, value, event) => desk.set(key, value, event);
    const roomy = innerWidth >= 900;
    this.desk = desk;
    this.pictures = new Pictures();
    this.who = new Who((index) => desk.point(index));
    this.map = new MiniMap((kind) => desk.openMap(kind));
    this.pad = new Pad((weights, event) => desk.move((mix) => mix.setWeights(weights), event), settle);
    this.variety = new Dial(
      { name: "Variety (theta)", exact: "Amount of variety", min: 0, max: 1, step: 0.01, low: "the typical one", high: "anything goes" },
      (value, event) => set("theta", value, event), settle,
    );
    this.amounts = new Amounts((index, amount, event) => desk.move((mix) => (mix.amounts[index] = amount), event), settle, roomy);
    this.more = new More(spec, set, settle, roomy);
    this.undo = h("button", { type: "button", class: "plain", title: "Ctrl+Z", onclick: () => desk.step(-1) }, "Undo");
    this.redo = h("button", { type: "button", class: "plain", title: "Ctrl+Shift+Z", onclick: () => desk.step(1) }, "Redo");
    this.even = h("button", { type: "button", class: "plain even", onclick: () => desk.evenOut() }, "Even out");
    const reset = h("button", { type: "button", class: "plain", onclick: () => desk.reset() }, "Reset");
    const again = h("button", { type: "button", class: "strong", onclick: (event) => this.drawAgain(event) }, "Draw again");
    const forget = () => {
      desk.set("pattern", "");
      desk.settle();
    };
    this.painted = h("p", { class: "painted quiet", hidden: true }, "Times the pattern painted on the Generate page. ", h("button", { type: "button", class: "plain", onclick: forget }, "Forget the pattern"));
    this.chipsPlace = h("div", { class: "chips-place" });
    this.notice = h("div", { class: "notice", role: "alert", hidden: true });
    this.busy = h("p", { class: "busy", role: "status", hidden: true });
    this.active = h(
      "div",
      { class: "active" },
      this.chipsPlace,
      h(
        "div",
        { class: "stage" },
        this.pictures.element,
        h(
          "section",
          { class: "card mixing", "aria-label": "Mixing" },
          this.pad.element,
          h("div", { class: "steps" }, this.even, this.undo, this.redo, reset),
          h("div", { class: "variety" }, this.variety.element, again, this.painted),
        ),
        h("div", { class: "side" }, this.who.element, this.map.element),
      ),
      h("div", { class: "drawers" }, this.amounts.element, this.more.element),
    );
    this.element = h("div", { class: "board" }, this.notice, this.busy, this.active);
    this.element.addEventListener("input", ({ target }) => target.type === "number" && (target.dataset.typing = ""));
    this.element.addEventListener("change", ({ target }) => delete target.dataset.typing);
  }

  drawAgain(event) {
    const { desk } = this;
    desk.set("seed", crypto.getRandomValues(new Uint32Array(1))[0] % 100000, event);
    desk.hint = desk.mix.rest.theta === 0 ? "Variety is 0, so every draw is the same: give it some." : "";
    desk.settle();
  }

  /** Another dataset: other chips and bars. */
  setClasses(mix) {
    const { desk } = this;
    const shown = mix.classes.length > CROWD ? shortNames(mix.classes, desk.spec.dataset.symbols) : mix.classes;
    const choose = (change) => {
      desk.move(change);
      desk.settle();
    };
    this.chips = new Chips(mix.classes, shown, (index) => choose((now) => now.toggle(index)), (yes) => choose((now) => now.chooseAll(yes)));
    this.chipsPlace.replaceChildren(this.chips.element);
    this.who.choose(desk.spec.dataset.classes);
    this.who.unjudged(desk.spec.dataset.unjudged);
    this.pictures.without("eigen", !desk.spec.linear);
    this.setChosen(mix);
    this.show(mix);
  }

  /** Other chosen classes: other corners, sliders and lit chips. */
  setChosen(mix, faces) {
    const classes = mix.chosen.map((index) => ({ index, name: mix.classes[index], face: faces?.[index] }));
    this.chips.show(mix.amounts);
    this.pad.choose(classes);
    this.amounts.choose(classes);
    this.map.choose(mix.chosen, mix.classes);
    this.who.pick(mix.chosen);
  }

  /** Shows a mix's values on every control. */
  show(mix) {
    const shares = mix.shares;
    this.pad.show(shares);
    this.amounts.show(mix.amounts, shares);
    this.variety.show(mix.rest.theta);
    this.painted.hidden = !mix.rest.pattern;
    this.more.show(mix.rest, this.desk.spec.dataset.components);
  }

  /** Puts a mix into words where screen readers look. */
  describe(words, mix) {
    this.pictures.describe(words, mix.rest.k);
    this.pad.describe(words, Math.max(...mix.shares));
    this.amounts.describe(mix.shares);
    this.map.describe();
    this.who.describe();
    const why = this.desk.uneven();
    this.even.setAttribute("aria-disabled", String(Boolean(why)));
    this.even.title = why || "Find amounts with which the weakest class shows best";
    this.undo.setAttribute("aria-disabled", String(!this.desk.can(-1)));
    this.redo.setAttribute("aria-disabled", String(!this.desk.can(1)));
  }

  /** No class is chosen: the last pictures stay, dimmed, and what is said about them goes. */
  nothing(sentence) {
    this.pictures.tell(sentence, true);
    this.pictures.rate("blend", "");
    this.pictures.became("");
    this.pictures.cover("", null);
    this.who.clear();
    this.map.unmark();
  }

  /** Whether Even out is being worked on. */
  evening(yes) {
    this.even.setAttribute("aria-busy", String(yes));
    say(this.even, yes ? "Evening …" : "Even out");
  }

  /** A model is on its way; the old pictures stay. */
  waiting(sentence) {
    this.active.inert = true;
    this.notice.hidden = true;
    this.busy.hidden = false;
    say(this.busy, sentence);
  }

  /** The model is there. */
  ready() {
    this.active.inert = false;
    this.busy.hidden = this.notice.hidden = true;
  }

  /** The model could not be loaded: says why, and offers another try. */
  broken(sentence, again) {
    this.busy.hidden = true;
    this.notice.hidden = false;
    this.notice.replaceChildren(h("span", {}, sentence), h("button", { type: "button", class: "plain", onclick: again }, "Try again"));
  }

  /** Something beside the blend does not work; the rest goes on. */
  warn(sentence) {
    this.notice.hidden = false;
    this.notice.replaceChildren(h("span", {}, sentence));
  }

  restyle() {
    const theme = getComputedStyle(this.element).color;
    if (theme !== this.theme) this.map.restyle();
    this.theme = theme;
  }

  dispose() {
    this.map.dispose();
    this.pad.dispose();
    this.who.dispose();
  }
}
