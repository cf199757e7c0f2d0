// Class chips: one button per class with its centroid's picture, and the buttons All and None.

import { t } from "../engine/language.js";
import { colourOf } from "./colours.js";
import { h } from "./dom.js";
import { swatch } from "./swatch.js";

/** The row of chips. */
export class Chips {
  /**
   * @param {string[]} classes
   * @param {string[]} shown what stands on the chips, where whole names would be too long
   * @param {(index: number) => void} onToggle
   * @param {(yes: boolean) => void} onAll
   */
  constructor(classes, shown, onToggle, onAll) {
    this.faces = classes.map((_, i) => h("span", { class: "face", "aria-hidden": "true" }, swatch(i)));
    this.buttons = classes.map((name, i) =>
      h(
        "button",
        { type: "button", class: "chips-chip", "aria-pressed": "false", "aria-label": name, style: `--hue:${colourOf(i)}`, onclick: () => onToggle(i) },
        this.faces[i],
        h("span", { class: "chips-name", "aria-hidden": "true" }, shown[i]),
      ),
    );
    this.element = h(
      "div",
      { class: `chips${classes.length > 12 ? " chips-many" : ""}${shown.every((name) => name.length < 3) ? " chips-short" : ""}`, role: "group", "aria-label": t("Classes") },
      ...this.buttons,
      h(
        "span",
        { class: "chips-both" },
        h("button", { type: "button", onclick: () => onAll(true) }, t("All")),
        h("button", { type: "button", onclick: () => onAll(false) }, t("None")),
      ),
    );
  }

  /** Shows which classes are chosen. @param {(number|null)[]} amounts one per class, null where it is not chosen */
  show(amounts) {
    amounts.forEach((amount, i) => this.buttons[i].setAttribute("aria-pressed", String(amount !== null)));
  }

  /** Puts the classes' pictures on the chips. @param {string[]} faces image URLs in the order of the classes */
  paint(faces) {
    faces.forEach((face, i) => (this.faces[i].style.backgroundImage = `url(${face})`));
  }
}
