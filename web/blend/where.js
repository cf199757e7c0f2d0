// The drawer `Where who is`: a brush for each chosen class, and the blend to paint on.

import { brushed, paintedFields, paintersOf } from "../engine/brush.js";
import { className, many, t } from "../engine/language.js";
import { FIELDS, MOST, paintIn, paintText } from "../engine/where.js";
import { h, say } from "../ui/dom.js";
import { changing } from "../ui/focus.js";
import { swatch } from "../ui/swatch.js";
import { Fields } from "./fields.js";

/** @typedef {import("./making.js").Host} Host */

const SIZES = { small: 0, medium: 1.1, large: 2.3 }; // radius in fields
const ERASE = "";

/** The brush that was chosen last; it outlives the drawer. */
const held = { name: /** @type {string|undefined} */ (undefined), size: /** @type {keyof SIZES} */ ("medium"), level: MOST };

/** The inside of the drawer. */
export class WherePanel {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    /** Chosen classes, for which the brushes are. @type {string[]} */
    this.names = [];
    this.laid = ""; // what the brushes are for
    this.key = ""; // what the fields show
    /** @type {import("../engine/where.js").Paint} */
    this.painted = new Map();
    this.fields = new Fields((from, to, event, erase) => this.stroke(from, to, event, erase), () => this.settle());
    this.brushes = h("div", { class: "where-brushes", role: "radiogroup", "aria-label": t("Brush") });
    const size = radios(t("Size##of a brush"), "where-size", [["small", t("Small##a brush")], ["medium", t("Medium##a brush")], ["large", t("Large##a brush")]], held.size, (value) => (held.size = /** @type {keyof SIZES} */ (value)));
    const strength = radios(t("Strength"), "where-strength", [["1", t("A little")], ["2", t("More##strength of a brush")], ["3", t("Only this one")]], String(held.level), (value) => (held.level = Number(value)));
    const marks = h("input", { type: "checkbox", checked: true });
    marks.onchange = () => this.fields.element.toggleAttribute("data-bare", !marks.checked);
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);
    this.clear = button(t("Clear all"), () => this.clearAll());
    this.undo = button(t("Undo"), () => host.step(-1), { title: t("Ctrl+Z") });
    this.redo = button(t("Redo"), () => host.step(1), { title: t("Ctrl+Shift+Z") });
    this.said = h("p", { class: "where-said", role: "status" });
    this.facts = h("p", { class: "quiet" });
    this.note = h("p", { class: "quiet" });
    this.inside = h(
      "div",
      { class: "where-both" },
      h("div", { class: "where-left" }, this.fields.element, this.said, this.facts, this.note),
      h(
        "div",
        { class: "making-side" },
        this.brushes,
        size,
        strength,
        h("div", { class: "making-row" }, this.clear, this.undo, this.redo),
        h("label", { class: "tick" }, marks, h("span", {}, t("Show what is painted"))),
      ),
    );
    this.why = h("p", { class: "quiet", hidden: true });
    this.how = h("p", { class: "where-how quiet" }, t("Paint where somebody should show: a cat's ears above a panda's face. By keyboard, arrows walk over the fields, Space paints and Delete erases."));
    this.element = h(
      "div",
      { class: "making-inside" },
      this.why,
      this.how,
      this.inside,
    );
    this.show();
    this.steps();
    this.tell();
  }

  /** The mixer has drawn a blend. @param {Float32Array} picture @param {[number, number, number]} shape */
  drew(picture, shape) {
    this.fields.paint(picture, shape);
    this.show();
  }

  /** The blend was read. @param {string[]} facts how many of its classes are in it, and how sharp it is */
  rated(facts) {
    say(this.facts, facts.length ? t("Read from the picture: {facts}", { facts: facts.join(" · ") }) : "");
  }

  /** The mixer came to rest. */
  rested() {
    this.show();
    this.steps();
    this.tell();
  }

  /** Shows the recipe's paint, and brushes for its classes. */
  show() {
    const { dataset } = this.host.props();
    const { w, where } = this.host.recipe();
    const why = dataset.unpaintable;
    this.why.hidden = !why;
    say(this.why, why);
    this.inside.hidden = this.how.hidden = Boolean(why);
    const [names, faces] = [Object.keys(w), this.host.faces()];
    const laid = `${dataset.slug} ${names.join()} ${faces?.length}`;
    if (laid !== this.laid) this.lay(names, faces);
    const key = `${laid} ${where}`;
    if (key === this.key) return;
    this.key = key;
    this.laid = laid;
    this.painted = paintIn(where);
    const classes = this.host.classes();
    this.fields.show((field) => {
      const found = paintersOf(this.painted, names, field);
      if (!found.length) return null;
      const words = found.map(([name, level]) => t("{name}, strength {level} of {most}", { name: className(name), level, most: MOST })).join("; ");
      return { class: classes.indexOf(found[0][0]), level: found[0][1], words };
    });
    this.clear.setAttribute("aria-disabled", String(!where));
  }

  /** Which of undo and redo there are. */
  steps() {
    this.undo.setAttribute("aria-disabled", String(!this.host.can(-1)));
    this.redo.setAttribute("aria-disabled", String(!this.host.can(1)));
  }

  /** @param {string[]} names @param {string[]|undefined} faces */
  lay(names, faces) {
    this.names = names;
    if (held.name === undefined || (held.name !== ERASE && !names.includes(held.name))) held.name = names[0] ?? ERASE;
    const classes = this.host.classes();
    const chips = [...names, ERASE].map((name) => {
      const index = classes.indexOf(name);
      const input = h("input", { type: "radio", name: "where-brush", value: name, "aria-label": name === ERASE ? t("Erase") : className(name) });
      input.checked = name === held.name;
      input.onchange = () => {
        held.name = name;
        this.tell();
      };
      const face = h("span", { class: "face", "aria-hidden": "true" });
      if (faces && name !== ERASE) face.style.backgroundImage = `url(${faces[index]})`;
      const parts = name === ERASE ? [h("span", {}, t("Erase"))] : [face, h("span", {}, className(name)), swatch(index)];
      return h("label", { class: "where-brush" }, input, ...parts);
    });
    changing(this.brushes, () => this.brushes.replaceChildren(...chips), () => /** @type {HTMLElement|null} */ (this.brushes.querySelector("input:checked")));
  }

  /**
   * @param {import("../engine/brush.js").Spot} from
   * @param {import("../engine/brush.js").Spot} to
   * @param {Event} event
   * @param {boolean} erase
   */
  stroke(from, to, event, erase) {
    if (!this.names.length) return this.tell();
    const name = erase || held.name === ERASE ? null : held.name ?? null;
    const paint = brushed(paintIn(this.host.recipe().where), { name, level: held.level, radius: SIZES[held.size] }, from, to);
    this.host.set("where", paintText(paint, this.names), event);
    this.show();
  }

  settle() {
    this.tell();
    this.host.settle();
  }

  clearAll() {
    if (this.host.recipe().where) {
      this.host.set("where", "");
      this.show();
      this.settle();
    } else this.tell();
  }

  /** Says what the brush has painted, and what must be known of it. */
  tell() {
    const { w, where } = this.host.recipe();
    const paint = paintIn(where);
    const all = new Set(this.names.flatMap((name) => [...(paint.get(name) ?? [])].flatMap((level, field) => (level ? [field] : [])))).size;
    say(this.said, this.sentence(paint, all));
    const none = Object.values(w).every((amount) => amount === 0);
    const absent = this.names.find((name) => paint.has(name) && w[name] === 0 && !none);
    say(this.note, absent ? t("The amount of {name} is 0, so its paint shows nothing.", { name: className(absent) }) : all ? t("The three small pictures above, the map and the slower ways know no paint.") : "");
  }

  /**
   * @param {import("../engine/where.js").Paint} paint
   * @param {number} all fields that are painted
   */
  sentence(paint, all) {
    if (!this.names.length) return t("Choose classes above first, then paint.");
    if (this.names.length < 2) return t("One class alone shows everywhere: choose another above.");
    if (!all) return t("Nothing is painted: everybody shows everywhere.");
    const { name } = held;
    if (name === ERASE || name === undefined) return many(all, "{n} of {total} fields is painted.", "{n} of {total} fields are painted.", { total: FIELDS });
    const here = paintedFields(paint, name);
    return many(here, "{name} counts more in {n} of {total} fields.", "{name} counts more in {n} of {total} fields.", { name: className(name), total: FIELDS });
  }
}

/**
 * A few choices in a row.
 * @param {string} name
 * @param {string} group
 * @param {[string, string][]} choices value and word
 * @param {string} first
 * @param {(value: string) => void} onChoose
 */
function radios(name, group, choices, first, onChoose) {
  const lines = choices.map(([value, word]) => {
    const input = h("input", { type: "radio", name: group, value });
    input.checked = value === first;
    input.onchange = () => onChoose(value);
    return h("label", { class: "where-choice" }, input, h("span", {}, word));
  });
  return h("fieldset", { class: "where-choices" }, h("legend", {}, name), ...lines);
}
