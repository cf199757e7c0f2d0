// A choice of a class, a group, or whatever else a tool can start from, with a number where it is a picture of the dataset.

import { t } from "../engine/language.js";
import { h } from "../ui/dom.js";
import { NumberField } from "../ui/number_field.js";
import { rowOf, rowToken, thingTitle } from "./things.js";

const A_ROW = "row";

export class ThingField {
  /**
   * @param {string} name accessible name
   * @param {string[]} others what can be chosen beside classes and groups, first
   * @param {(token: string) => void} onChoose
   */
  constructor(name, others, onChoose) {
    this.others = others;
    this.select = h("select", {
      "aria-label": name,
      onchange: () => onChoose(this.select.value === A_ROW ? rowToken(this.row.value) : this.select.value),
    });
    this.row = new NumberField({ name: t("{name}: picture number", { name }), limit: { low: 0, high: 0, whole: true } }, (row) => onChoose(rowToken(row)));
    this.element = h("div", { class: "directions-field" }, h("span", { class: "quiet", "aria-hidden": "true" }, name), this.select, this.row.element);
  }

  /** What there is. @param {string[]} tokens of classes and groups @param {number} rows pictures of the dataset */
  about(tokens, rows) {
    this.row.reach({ low: 0, high: rows - 1, whole: true });
    const options = [...tokens, ...this.others].map((token) => [token, thingTitle(token)]);
    this.select.replaceChildren(...[...options, [A_ROW, t("A picture of the dataset")]].map(([value, words]) => h("option", { value }, words)));
  }

  /** @param {string} token */
  show(token) {
    const row = rowOf(token);
    this.select.value = row >= 0 ? A_ROW : token;
    this.row.element.hidden = row < 0;
    if (row >= 0) this.row.show(row);
  }
}
