// What is made of blends, below the mixer and closed at first: variations, films, and saved pictures that are opened
// again. Nothing of a drawer is loaded before it is opened.

import { t } from "../engine/language.js";
import { pictureUrl } from "../ui/canvas.js";
import { drawer, h } from "../ui/dom.js";
import { Dropping } from "../ui/dropping.js";
import { recipeIn } from "../ui/saved_file.js";
import { toast } from "../ui/toast.js";
import { Tries } from "../ui/tries.js";

/**
 * @typedef {import("../engine/props.js").RecipeProps} Recipe
 *
 * @typedef {object} Host the mixer, as far as what is made of its blends needs it
 * @property {() => import("../engine/props.js").BlendProps} props
 * @property {() => Recipe} recipe the present one
 * @property {(recipe: Recipe) => void} show goes to a recipe; undo comes back
 * @property {() => string[]} classes everything that can be blended
 * @property {() => string[]|undefined} faces their pictures as URLs, once they are there
 * @property {(key: string, value: any, event?: Event) => void} set a value of the recipe moves
 * @property {() => void} settle what moved was let go
 * @property {(by: -1|1) => void} step undo or redo
 * @property {(by: -1|1) => boolean} can whether there is one
 * @property {((text: string, file: string) => void)|null} open has the server read a saved recipe; null without a server
 *
 * @typedef {[picture: Float32Array, shape: [number, number, number]]} Drawn
 * @typedef {{element: HTMLElement, rested?: () => void, drew?: (...drawn: Drawn) => void, rated?: (facts: string[]) => void, dispose?: () => void}} Panel the
 *   inside of a drawer
 */

/** @type {Tries<Recipe>} it outlives the component, like the history */
const tries = new Tries();
const PATIENCE = 30_000; // ms that the server's answer about a file is waited for

/** Everything below the mixer. */
export class Making {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    /** The file that the server has been asked about. @type {{name: string, patience: ReturnType<typeof setTimeout>}|undefined} */
    this.asked = undefined;
    /** What was loaded. @type {Panel[]} */
    this.panels = [];
    /** The blend as it was drawn last. @type {Drawn|undefined} */
    this.drawn = undefined;
    /** What was read from it. @type {string[]} */
    this.facts = [];
    const where = this.later(t("Where who is"), async () => new (await import("./where.js")).WherePanel(host));
    where.classList.add("where-drawer");
    this.element = h(
      "div",
      { class: "making" },
      where,
      this.later(t("Variations"), async () => new (await import("./variations.js")).VariationsPanel(host, tries)),
      this.later(t("Film"), async () => new (await import("./film.js")).FilmPanel(host)),
    );
    if (host.open) this.element.append(...this.opening());
  }

  /**
   * A drawer whose inside is loaded when it is opened first.
   * @param {string} name
   * @param {() => Promise<Panel>} load
   */
  later(name, load) {
    const place = h("p", { class: "making-inside quiet" });
    const element = drawer(name, false, place);
    let asked = false;
    /** @type {Panel|undefined} */
    let inside;
    element.addEventListener("toggle", async () => {
      if (element.open && inside) this.catchUp(inside);
      if (!element.open || asked) return;
      asked = true;
      place.textContent = t("Loading …");
      try {
        inside = await load();
        this.panels.push(inside);
        place.replaceWith(inside.element);
        this.catchUp(inside);
      } catch {
        asked = false; // opening it again tries again
        place.textContent = t("This could not be loaded. Check the connection, then close and open it again.");
      }
    });
    return element;
  }

  /** What is open shows what was drawn last. @param {Panel} panel */
  catchUp(panel) {
    if (this.drawn) panel.drew?.(...this.drawn);
    panel.rated?.(this.facts);
  }

  /** The mixer has drawn a blend, in every frame. @param {Drawn} drawn */
  drew(...drawn) {
    this.drawn = drawn;
    for (const panel of this.panels) if (panel.drew && panel.element.closest("details")?.open) panel.drew(...drawn);
  }

  /** The blend was read, in every frame. @param {string[]} facts */
  rated(facts) {
    this.facts = facts;
    for (const panel of this.panels) panel.rated?.(facts);
  }

  /** The button for those who neither drop nor paste, and the frame that says where a file can be dropped. */
  opening() {
    const input = h("input", { type: "file", accept: ".png,.gif,.webp,.json,image/png,image/gif,image/webp", hidden: true, "aria-label": t("Saved picture") });
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      if (file) this.open(file);
      input.value = ""; // so that the same file can be chosen again
    });
    const veil = h("div", { class: "making-veil", hidden: true, "aria-hidden": "true" }, h("p", {}, t("Drop it: the blend of a picture that Medley saved comes back.")));
    this.dropping = new Dropping((file) => this.open(file), (yes) => (veil.hidden = !yes));
    return [
      h("p", { class: "making-open" }, h("button", { type: "button", onclick: () => input.click() }, t("Open a saved picture")), input, h("span", { class: "quiet" }, t("or drop it on the page, or paste it: its recipe is inside."))),
      veil,
    ];
  }

  /**
   * The mixer came to rest.
   * @param {Recipe} recipe
   * @param {Float32Array} picture
   * @param {[number, number, number]} shape
   */
  rested(recipe, picture, shape) {
    tries.show(recipe, () => pictureUrl(picture, shape));
    for (const panel of this.panels) panel.rested?.();
  }

  /** Opens a file; whatever is wrong with it is said, and the picture stays. @param {File} file */
  async open(file) {
    try {
      const text = await recipeIn(file);
      const name = file.name || t("The pasted picture");
      this.forget();
      const patience = setTimeout(() => this.answered(t("The server did not answer, so the picture was not opened. Check the connection and try again.")), PATIENCE);
      this.asked = { name, patience };
      this.host.open?.(text, name);
    } catch (error) {
      toast(error.message);
    }
  }

  /** Whether the server is being asked about a file. */
  get waiting() {
    return this.asked !== undefined;
  }

  /** The server has spoken. @param {string} told what it says about the file, "" where it shows it as it is */
  answered(told) {
    if (!this.asked) return;
    const { name } = this.asked;
    this.forget();
    toast(told || t("{name} is open again. Undo brings back what was here.", { name }));
  }

  forget() {
    clearTimeout(this.asked?.patience);
    this.asked = undefined;
  }

  dispose() {
    this.forget();
    this.dropping?.stop();
    for (const panel of this.panels) panel.dispose?.();
  }
}
