// The card "Plots": how sharp against what is in it, and bars of one figure; each can be kept as PNG, SVG or CSV.

import { known, t } from "../engine/language.js";
import { h, say } from "../ui/dom.js";
import { csv, pngOf, saveFile, svgText } from "../ui/downloads.js";
import { swatch } from "../ui/swatch.js";
import { bars, scatter } from "./drawing.js";
import { savedHeading, shown } from "./words.js";

/**
 * @typedef {import("../engine/contest.js").Standing} Standing
 * @typedef {import("../engine/props.js").CompareProps} CompareProps
 * @typedef {{title: string, value: number, error: number|null, index: number}} Bar
 */

const NARROW = 430; // px of room below which a drawing is made for a telephone

/** Figures of the recipe that bars can show: their name in saved tables, and the words that people choose them by. @type {Record<string, {name: string, choice: string, of: (one: Standing) => number|null|undefined}>} */
const LIVE = {
  least: { name: "Bits of the weakest class", choice: t("This recipe: bits of the weakest class"), of: ({ least }) => least },
  count: { name: "Classes in it", choice: t("This recipe: classes in it"), of: ({ count }) => count },
  sharpness: { name: "Sharpness", choice: t("This recipe: sharpness"), of: ({ sharpness }) => sharpness },
};

/** Both charts. */
export class Plots {
  /** @type {Standing[]} */
  standings = [];
  /** @type {CompareProps|undefined} */
  props;

  constructor() {
    this.choice = h("select", { "aria-label": t("Bars of"), onchange: () => this.draw() });
    this.legend = h("ol", { class: "compare-legend quiet" });
    this.scatter = this.chart(t("Sharpness and the weakest class"), "scatter", () => this.scattered());
    this.bars = this.chart(t("One figure of all models"), "bars", () => this.barred(), h("label", { class: "compare-sort quiet" }, h("span", { "aria-hidden": "true" }, t("Bars of")), this.choice));
    this.problem = h("p", { class: "quiet", role: "status" });
    this.read = h("div", {}, this.scatter.element, this.legend);
    this.element = h(
      "section",
      { class: "card compare-plots", "aria-label": t("Plots") },
      h("header", {}, h("h2", {}, t("Plots"))),
      h("div", { class: "compare-charts" }, this.read, this.bars.element),
      this.problem,
    );
  }

  /**
   * @param {string} title
   * @param {string} name of its files
   * @param {() => (string|number)[][]} table what is drawn
   * @param {HTMLElement} [more]
   */
  chart(title, name, table, more) {
    const place = h("div", { class: "compare-drawing" });
    const button = (/** @type {string} */ kind) => h("button", { type: "button", class: "compare-small", "aria-label": t("Save {title} as {kind}", { title, kind }), onclick: () => this.keep(kind, name, place, table) }, kind);
    const element = h("figure", { class: "compare-chart" }, h("figcaption", {}, h("h3", {}, title), more ?? null), place, h("div", { class: "compare-saves" }, h("span", { class: "quiet", "aria-hidden": "true" }, t("Save as")), ...["PNG", "SVG", "CSV"].map(button)));
    return { element, place };
  }

  /** Another dataset or other models. @param {CompareProps} props */
  about(props) {
    this.props = props;
    const chosen = this.choice.value;
    const read = props.dataset.unjudged ? [] : Object.entries(LIVE); // without a judge nobody reads the recipe's pictures
    const options = [...read.map(([value, { choice }]) => [value, choice]), ...props.figures.map((one, i) => [String(i), t("{figure} ({split})", { figure: known(one.what), split: known(one.split) })])];
    this.choice.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
    this.choice.value = options.some(([value]) => value === chosen) ? chosen : (options[0]?.[0] ?? "");
    this.read.hidden = !read.length;
    this.legend.replaceChildren(...props.entries.map(({ model }, i) => h("li", {}, swatch(i), ` ${i + 1} ${model.title}`)));
  }

  /** What the models make of a recipe that stays. @param {Standing[]} standings */
  show(standings) {
    this.standings = standings;
    this.draw();
  }

  draw() {
    if (!this.props) return;
    const style = getComputedStyle(this.element);
    const pens = { ink: style.color, line: style.getPropertyValue("--st-border-color") || "#888" };
    const room = this.scatter.place.clientWidth;
    const width = room && room < NARROW ? 340 : 460;
    const points = this.points();
    const one = scatter(points, { x: t("sharper"), y: t("bits of the weakest class") }, pens, width);
    const told = points.map(({ index, x, y }) => t("{model}: sharpness {sharpness}, {bits} bits", { model: this.title(index), sharpness: shown(x), bits: shown(y) }));
    one.setAttribute("aria-label", `${t("Sharpness against the bits of the weakest class.")} ${told.join("; ") || t("No model was read.")}`);
    this.scatter.place.replaceChildren(one);
    const list = this.list();
    const other = bars(list, pens, width);
    other.setAttribute("aria-label", `${this.choice.selectedOptions[0]?.textContent}. ${list.map(({ title, value }) => `${title}: ${shown(value)}`).join("; ") || t("No model has this figure.")}`);
    this.bars.place.replaceChildren(other);
  }

  title(index) {
    return this.props.entries[index].model.title;
  }

  points() {
    return this.standings.flatMap(({ absent, sharpness, least }, index) => (absent || sharpness === undefined || least === undefined ? [] : [{ x: sharpness, y: least, index }]));
  }

  /** @returns {Bar[]} largest first */
  list() {
    const live = LIVE[this.choice.value];
    const figure = this.props.figures[Number(this.choice.value)];
    const found = this.props.entries.flatMap((_, index) => {
      const standing = this.standings[index];
      const cell = live ? null : figure?.cells[index];
      const value = live ? (standing && !standing.absent ? live.of(standing) : undefined) : cell?.value;
      return value === undefined || value === null ? [] : [{ title: this.title(index), value, error: cell?.error ?? null, index }];
    });
    return found.sort((a, b) => b.value - a.value);
  }

  scattered() {
    return [["model", "sharpness", "bits of the weakest class"], ...this.points().map(({ x, y, index }) => [this.title(index), x, y])];
  }

  barred() {
    const live = LIVE[this.choice.value];
    const figure = this.props.figures[Number(this.choice.value)];
    const name = live ? live.name : `${figure.what} (${savedHeading(figure)})`;
    return [["model", name, "standard error"], ...this.list().map(({ title, value, error }) => [title, value, error ?? ""])];
  }

  /** @param {string} kind PNG, SVG or CSV */
  async keep(kind, name, place, table) {
    const file = `medley-${this.props.dataset.slug}-${name}.${kind.toLowerCase()}`;
    try {
      const text = svgText(place.querySelector("svg"), getComputedStyle(this.element).backgroundColor);
      if (kind === "CSV") saveFile(new Blob([csv(table())], { type: "text/csv" }), file);
      else if (kind === "SVG") saveFile(new Blob([text], { type: "image/svg+xml" }), file);
      else saveFile(await pngOf(text), file);
      say(this.problem, "");
    } catch {
      say(this.problem, t("This browser could not make the picture. Save it as SVG instead."));
    }
  }
}
