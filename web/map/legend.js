// The legend: every class with its colour and symbol, as buttons that choose which classes stand out.

import { colourOf, symbolOf } from "../ui/colours.js";
import { count, el } from "./dom.js";

const SHAPES = {
  circle: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12z",
  square: "M4.5 4.5h11v11h-11z",
  triangle: "M10 3l7 12.5H3z",
  diamond: "M10 2.5l7.5 7.5-7.5 7.5L2.5 10z",
};

/** A class's colour and symbol as a small picture. */
export function swatch(index) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", "0 0 20 20");
  made.setAttribute("class", "swatch");
  made.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[symbolOf(index)]);
  path.setAttribute("fill", colourOf(index));
  made.append(path);
  return made;
}

export class Legend {
  /** @param {{toggle, clear, blend, toggleGroup, dropGroup}} on what the buttons do */
  constructor(on) {
    this.on = on;
    this.note = el("p", { class: "note" });
    this.list = el("div", { class: "classes", role: "group", "aria-label": "Classes" });
    this.groups = el("div", { class: "classes groups", role: "group", "aria-label": "Your groups" });
    this.clear = el("button", { type: "button", class: "quiet", on: { click: () => on.clear() } }, "Show all");
    this.blend = el("button", { type: "button", class: "primary", on: { click: () => on.blend() } }, "Blend these classes");
    const actions = el("div", { class: "actions" }, this.blend, this.clear);
    this.element = el("section", { class: "legend", "aria-label": "Legend" }, this.list, this.groups, this.note, actions);
  }

  /**
   * The classes with their number of rows.
   * @param {string[]} short what is written on the buttons; their names stay whole for whoever cannot see the map
   */
  fill(classes, short, y) {
    const counts = new Int32Array(classes.length);
    for (const index of y) counts[index]++;
    this.buttons = classes.map((name, index) =>
      el(
        "button",
        { type: "button", class: "class", "aria-pressed": "false", "aria-label": name, title: `${name}: ${count(counts[index])} pictures`, on: { click: () => this.on.toggle(index) } },
        swatch(index),
        el("span", { class: "name" }, short[index]),
      ),
    );
    this.list.replaceChildren(...this.buttons);
    const letters = Math.max(...short.map((name) => name.length));
    this.list.style.setProperty("--column", `${Math.max(52, 38 + 7.6 * Math.min(letters, 16))}px`);
  }

  /** Groups that visitors made of points: [{name, rows}]. */
  fillGroups(groups) {
    this.groupButtons = groups.map((group, index) =>
      el("button", { type: "button", class: "class", "aria-pressed": "false", title: `${group.name}: ${count(group.rows.length)} pictures`, on: { click: () => this.on.toggleGroup(index) } }, el("span", { class: "name" }, group.name)),
    );
    const parts = this.groupButtons.map((button, index) =>
      el("span", { class: "pair" }, button, el("button", { type: "button", class: "drop", "aria-label": `Remove ${groups[index].name}`, title: "Remove", on: { click: () => this.on.dropGroup(index) } }, "×")),
    );
    this.groups.replaceChildren(...parts);
    this.groups.hidden = !groups.length;
  }

  /** Presses the chosen classes and groups. */
  show(chosen, groups, classes) {
    this.buttons?.forEach((button, index) => button.setAttribute("aria-pressed", String(chosen.has(index))));
    this.groupButtons?.forEach((button, index) => button.setAttribute("aria-pressed", String(groups.has(index))));
    const any = chosen.size + groups.size;
    this.clear.disabled = !any;
    this.blend.disabled = !any;
    this.note.textContent = any
      ? `${any} of ${classes.length + (this.groupButtons?.length ?? 0)} stand out; the others are dimmed, not removed.`
      : "Choose classes to make them stand out.";
  }
}
