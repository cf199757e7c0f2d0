// The table of every figure on the models' cards; a row per model, so that a telephone scrolls it sideways by itself.

import { known, t } from "../engine/language.js";
import { h } from "../ui/dom.js";
import { csv, saveFile } from "../ui/downloads.js";
import { heading, savedHeading, shown } from "./words.js";

/** @typedef {import("../engine/props.js").CompareProps} CompareProps */

/** The card with the table. */
export class Figures {
  constructor() {
    this.table = h("table", {});
    this.element = h(
      "section",
      { class: "card compare-figures", "aria-label": t("Every figure of every model") },
      h("header", {}, h("h2", {}, t("Every figure of every model")), h("button", { type: "button", class: "compare-small", onclick: () => this.keep() }, t("Save the table as CSV"))),
      h("p", { class: "quiet" }, t("As measured when the models were made, on the pictures that each column names. A figure is marked where it is the best, or cannot be told from the best, and others are worse by more than two standard errors. Only shares of pictures have a known error; in other columns nothing is marked.")),
      h("div", { class: "compare-scroller", tabindex: "0", role: "region", "aria-label": t("Table of figures") }, this.table),
    );
  }

  /** @param {CompareProps} props */
  show(props) {
    this.props = props;
    const { figures, entries } = props;
    const models = entries.slice(0, figures[0]?.cells.length ?? 0);
    const head = figures.map((one) => h("th", { scope: "col" }, h("span", {}, known(one.what)), h("small", {}, heading(one))));
    const rows = models.map(({ model }, i) => h("tr", {}, h("th", { scope: "row" }, model.title), ...figures.map(({ cells }) => cell(cells[i]))));
    this.table.replaceChildren(h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("Model")), ...head)), h("tbody", {}, ...rows));
    this.element.hidden = !figures.length;
  }

  keep() {
    const { figures, entries, dataset } = this.props;
    const head = figures.flatMap((one) => [`${one.what} (${savedHeading(one)})`, `${one.what}: standard error`]);
    const rows = entries.slice(0, figures[0].cells.length).map(({ model }, i) => [model.slug, ...figures.flatMap(({ cells }) => [cells[i]?.value ?? "", cells[i]?.error ?? ""])]);
    saveFile(new Blob([csv([["model", ...head], ...rows])], { type: "text/csv" }), `medley-${dataset.slug}-figures.csv`);
  }
}

/** @param {import("../engine/props.js").CellProps|null} one */
function cell(one) {
  if (!one) return h("td", { class: "compare-none" }, "–");
  const error = one.error === null ? null : h("small", {}, `± ${shown(one.error)}`);
  if (!one.best) return h("td", {}, shown(one.value), " ", error);
  return h("td", { class: "compare-best" }, h("strong", {}, shown(one.value)), " ", error, h("span", { class: "unseen" }, t(", among the best")));
}
