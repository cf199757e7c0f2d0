// The drawer `Variations`: nine blends to choose from, again and again, and below them all that was tried.

import { className, t } from "../engine/language.js";
import { MIDDLE, nearOf } from "../engine/near.js";
import { mixture } from "../engine/sentences.js";
import { drawPicture } from "../ui/canvas.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { changing } from "../ui/focus.js";
import { same } from "../ui/history.js";
import { written } from "../ui/number_field.js";
import { Studio } from "./studio.js";

/**
 * @typedef {import("./making.js").Host} Host
 * @typedef {import("../engine/props.js").RecipeProps} Recipe
 */

const STEP = { min: 0.2, max: 2, step: 0.1, first: 0.8 };
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 };

/** The inside of the drawer. */
export class VariationsPanel {
  /**
   * @param {Host} host
   * @param {import("../ui/tries.js").Tries<Recipe>} tries
   */
  constructor(host, tries) {
    this.host = host;
    this.tries = tries;
    this.studio = new Studio();
    this.step = STEP.first;
    this.round = 0;
    /** @type {Recipe[]} where one came from here, the newest last */
    this.before = [];
    /** @type {Recipe|undefined} the middle of what is shown */
    this.middle = undefined;
    /** @type {Recipe[]} */
    this.near = [];
    this.ticket = 0;
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { type: "button", onclick }, text);
    this.cells = Array.from({ length: 9 }, (_, i) => {
      const canvas = h("canvas", { width: 1, height: 1, "aria-hidden": "true" });
      return h("button", { type: "button", class: "making-cell", tabindex: i === MIDDLE ? "0" : "-1", onclick: () => this.choose(i) }, canvas);
    });
    this.grid = h("div", { class: "making-grid", role: "group", "aria-label": t("Variations") }, ...this.cells);
    this.grid.addEventListener("keydown", (event) => this.key(event));
    this.size = new Dial({ name: t("Step"), exact: t("Step in numbers"), ...STEP, low: t("close##near"), high: t("far") }, (value) => this.setStep(value), () => {});
    this.size.show(this.step);
    this.back = button(t("Back"), () => this.goBack());
    this.said = h("p", { class: "quiet", role: "status" });
    this.tree = h("ol", { class: "making-tree", "aria-label": t("What was tried") });
    this.element = h(
      "div",
      { class: "making-inside" },
      h("p", { class: "quiet" }, t("The blend in the middle, and eight near it: tap the one you like best, and again.")),
      h("div", { class: "making-nine" }, this.grid, h("div", { class: "making-side" }, this.size.element, h("div", { class: "making-row" }, this.back, button(t("Others"), () => this.others())), this.said, h("h3", { class: "making-title" }, t("What was tried")), this.tree)),
    );
    this.rested();
  }

  /** The mixer came to rest: the nine follow it. */
  rested() {
    this.showTries();
    const recipe = this.host.recipe();
    if (!Object.keys(recipe.w).length || (this.middle && same(recipe, this.middle))) return;
    this.middle = recipe;
    this.draw();
  }

  async draw() {
    const { middle } = this;
    if (!middle) return;
    const ticket = ++this.ticket;
    const props = this.host.props();
    this.near = nearOf(middle, this.step, this.round);
    this.back.setAttribute("aria-disabled", String(!this.before.length));
    this.cells.forEach((cell, i) => cell.setAttribute("aria-label", i === MIDDLE ? t("As it is: {blend}", { blend: this.words(this.near[i]) }) : this.words(this.near[i])));
    try {
      for (const [i, recipe] of this.near.entries()) {
        const picture = await this.studio.picture(props, recipe);
        if (ticket !== this.ticket) return;
        drawPicture(/** @type {HTMLCanvasElement} */ (this.cells[i].firstChild), picture, props.dataset.shape);
      }
    } catch (error) {
      say(this.said, error.message);
    }
  }

  /** @param {Recipe} recipe */
  words({ w, theta, seed }) {
    const amounts = Object.values(w);
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const mix = mixture(Object.keys(w).map(className), amounts.map((amount) => (total > 0 ? amount / total : 1 / amounts.length)));
    const values = { mix, theta: written(theta), seed };
    if (amounts.length < 2) return theta > 0 ? t("{mix}; variety {theta}, seed {seed}", values) : t("{mix}, seed {seed}", values);
    return theta > 0 ? t("{mix}; variety {theta}", values) : mix;
  }

  /** @param {number} i */
  choose(i) {
    if (i === MIDDLE || !this.middle) return;
    this.before.push(this.middle);
    this.round++;
    this.go(this.near[i]);
    this.focus(MIDDLE);
  }

  goBack() {
    const recipe = this.before.pop();
    if (recipe) this.go(recipe);
    else say(this.said, t("Nothing was chosen here yet."));
  }

  others() {
    this.round++;
    this.draw();
  }

  /** @param {number} value */
  setStep(value) {
    this.step = value;
    this.size.show(value);
    this.draw();
  }

  /** @param {Recipe} recipe */
  go(recipe) {
    this.middle = recipe;
    this.host.show(recipe);
    say(this.said, t("Now: {blend}.", { blend: this.words(recipe) }));
    this.draw();
  }

  /** @param {number} i */
  focus(i) {
    this.cells.forEach((cell, at) => (cell.tabIndex = at === i ? 0 : -1));
    this.cells[i].focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = ARROWS[/** @type {keyof ARROWS} */ (event.key)];
    const at = this.cells.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (!by || at < 0) return;
    event.preventDefault();
    const to = at + by;
    if (to >= 0 && to < 9 && (Math.abs(by) === 3 || Math.floor(to / 3) === Math.floor(at / 3))) this.focus(to);
  }

  showTries() {
    const { list, at } = this.tries;
    const places = this.tries.places();
    const lines = list.map(({ recipe, face }, i) => {
      const here = i === at;
      const blend = this.words(recipe) + (recipe.model === this.host.recipe().model ? "" : `, ${recipe.data} ${recipe.model}`);
      const name = here ? t("Shown now: {blend}", { blend }) : t("Back to: {blend}", { blend });
      const button = h("button", { type: "button", class: "making-try", "aria-current": here && "true", "aria-label": name, title: name, onclick: () => this.host.show(recipe) }, h("img", { alt: "", src: face }));
      return h("li", { style: `grid-row: ${places[i].row + 1}; grid-column: ${places[i].column + 1}` }, button);
    });
    changing(this.tree, () => this.tree.replaceChildren(...lines), () => /** @type {HTMLElement|null} */ (this.tree.querySelector("[aria-current]")));
  }

  dispose() {
    this.ticket++;
  }
}
