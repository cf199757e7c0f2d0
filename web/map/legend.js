// The legend: every class with its colour and symbol, as buttons that choose which classes stand out.

import { className, many, t, whole } from "../engine/language.js";
import { h } from "../ui/dom.js";
import { changing } from "../ui/focus.js";
import { swatch } from "../ui/swatch.js";

/** @import { Group } from "./state.js" */

export class Legend {
  /**
   * @param {object} on what the buttons ask for
   * @param {(name: string) => void} on.toggle a class or group
   * @param {(name: string) => void} on.drop a group
   * @param {() => void} on.clear
   * @param {() => void} on.blend
   */
  constructor(on) {
    this.on = on;
    /** @type {HTMLButtonElement[]} */
    this.classButtons = [];
    /** @type {HTMLButtonElement[]} */
    this.groupButtons = [];
    this.note = h("p", { class: "map-note" });
    this.copies = h("p", { class: "map-note", hidden: true });
    this.classes = h("div", { class: "map-classes", role: "group", "aria-label": t("Classes") });
    this.groups = h("div", { class: "map-classes map-groups", role: "group", "aria-label": t("Your groups") });
    this.clear = h("button", { type: "button", onclick: () => on.clear() }, t("Show all"));
    this.blend = h("button", { type: "button", class: "map-primary", onclick: () => on.blend() }, t("Blend these classes"));
    const actions = h("div", { class: "map-actions" }, this.blend, this.clear);
    this.element = h("section", { class: "map-legend", "aria-label": t("Legend") }, this.classes, this.groups, this.note, actions, this.copies);
  }

  /**
   * The classes.
   * @param {string[]} classes
   * @param {string[]} short what is written on the buttons; their names stay whole for whoever cannot see the map
   * @param {Int16Array} y class index of each row
   */
  setClasses(classes, short, y) {
    const counts = new Int32Array(classes.length);
    for (const index of y) counts[index]++;
    this.classButtons = classes.map((name, index) => {
      const called = className(name);
      const attributes = { "aria-label": called, title: t("{name}: {n} pictures", { name: called, n: whole(counts[index]) }), onclick: () => this.on.toggle(name) };
      return h("button", { type: "button", class: "map-class", "aria-pressed": "false", ...attributes }, swatch(index), h("span", { class: "map-name" }, short[index]));
    });
    this.classes.replaceChildren(...this.classButtons);
    const letters = Math.max(...short.map((name) => name.length));
    this.classes.style.setProperty("--column", `${Math.max(52, 38 + 7.6 * Math.min(letters, 16))}px`);
  }

  /** How many of the points are changed copies of drawings. @param {string} sentence "" for none */
  setCopies(sentence) {
    this.copies.textContent = sentence;
    this.copies.hidden = !sentence;
  }

  /** The groups that the visitor made of points. @param {Group[]} groups */
  setGroups(groups) {
    this.groupButtons = groups.map(({ name, rows }) =>
      h("button", { type: "button", class: "map-class", "aria-pressed": "false", title: t("{name}: {n} pictures", { name: className(name), n: whole(rows.length) }), onclick: () => this.on.toggle(name) }, h("span", { class: "map-name" }, className(name))),
    );
    const pairs = groups.map(({ name }, index) =>
      h("span", { class: "map-pair" }, this.groupButtons[index], h("button", { type: "button", class: "map-drop", "aria-label": t("Remove {name}", { name: className(name) }), title: t("Remove"), onclick: () => this.on.drop(name) }, "×")),
    );
    const show = () => {
      this.groups.replaceChildren(...pairs);
      this.groups.hidden = !groups.length;
    };
    changing(this.groups, show, () => this.groupButtons.at(-1) ?? this.classButtons[0]);
  }

  /** Presses the chosen classes and groups, given by their indices. @param {{classes: Set<number>, groups: Set<number>}} chosen */
  show({ classes, groups }) {
    this.classButtons.forEach((button, index) => button.setAttribute("aria-pressed", String(classes.has(index))));
    this.groupButtons.forEach((button, index) => button.setAttribute("aria-pressed", String(groups.has(index))));
    const any = classes.size + groups.size;
    this.clear.disabled = !any;
    this.blend.disabled = !any;
    this.note.textContent = any
      ? many(any, "{n} of {all} stand out; the others are dimmed, not removed.", "{n} of {all} stand out; the others are dimmed, not removed.", { all: this.classButtons.length + this.groupButtons.length })
      : t("Choose classes to make them stand out.");
  }
}
