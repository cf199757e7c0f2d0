// The card "Reproduce the paper's Table 4": each row as printed, as found here, and as the visitor has it.

import { t } from "../engine/language.js";
import { h, say } from "../ui/dom.js";
import { FORMS, figures, foundFor, isOf, reached } from "./paper.js";

/** @typedef {import("../engine/props.js").OurRow} OurRow */

export class PaperCard {
  /** @param {{load: (setting: object) => void, now: () => any, kept: () => any[]}} told */
  constructor(told) {
    this.told = told;
    this.body = h("tbody");
    this.cite = h("a", { class: "paper-link", target: "_blank", rel: "noreferrer" });
    this.authors = h("span", { lang: "en" });
    this.done = h("p", { class: "quiet paper-done", role: "status" });
    /** @type {import("../engine/props.js").GenerateProps|null} */
    this.props = null;
    /** Of the model. @type {any} */
    this.curves = null;
    /** @type {{row: OurRow, yours: HTMLElement, element: HTMLElement}[]} */
    this.lines = [];
    const heads = [t("What is searched"), t("Printed"), t("Found here"), t("Yours")].map((text) => h("th", { scope: "col" }, text));
    this.element = h(
      "section",
      { class: "card paper", "aria-label": t("Reproduce the paper's Table 4"), hidden: true },
      h("header", {}, h("h2", {}, t("Reproduce the paper's Table 4"))),
      h("p", { class: "quiet" }, t("How varied may new pictures be while 99.5 % of them are still right? Each row gives the similarity of pairs (cosine, less is more varied) and the share that the model's own classifier recognises. Open the model of a row, then set what was found here, or search below yourself; the chart of variety versus accuracy is the paper's Figure 1.")),
      h("div", { class: "paper-scroll", tabindex: "0", role: "region", "aria-label": t("Table 4: printed, found here, and yours") }, h("table", {}, h("thead", {}, h("tr", {}, ...heads)), this.body)),
      this.done,
      h("p", { class: "quiet" }, this.authors, " ", this.cite),
    );
  }

  /** Another model. @param {import("../engine/props.js").GenerateProps} props @param {any} curves of the model, null while they load or where there are none */
  about(props, curves) {
    Object.assign(this, { props, curves });
    const { paper } = props;
    this.element.hidden = !paper;
    if (!paper) return;
    say(this.authors, `${paper.authors}: “${paper.title}”.`);
    this.cite.href = paper.link;
    say(this.cite, t("Look for the paper by its title"));
    this.lines = paper.ours.map((row) => this.line(row));
    this.body.replaceChildren(...this.lines.map(({ element }) => element));
    this.show();
  }

  /** @param {OurRow} row */
  line(row) {
    const printed = this.printed(row);
    const yours = h("td");
    const open = row.slug === this.props.model.slug;
    const act = h("button", { type: "button", class: "paper-act", onclick: () => this.told.load(this.setting(row)) });
    const title = FORMS[row.form] ?? row.title; // what was found and kept goes by the row's own
    const number = row.printed === null ? "" : `${row.printed + 1}: `;
    say(act, open ? t("Set") : t("Open"));
    act.setAttribute("aria-label", open ? t("Set {name}, {title}", { name: row.name, title }) : t("Open the model of {name}, {title}", { name: row.name, title }));
    const what = h("th", { scope: "row" }, h("div", { class: "paper-what" }, h("span", {}, `${number}${title}`), h("span", { class: "quiet" }, row.name), act));
    const found = { cosine: row.cosine, accuracy: row.accuracy };
    const element = h("tr", { class: open ? "paper-open" : "" }, what, h("td", {}, printed ? figures(printed) : t("not printed")), h("td", {}, figures(found, "≥\u00a0")), yours);
    return { row, yours, element };
  }

  /** @param {OurRow} row */
  printed({ printed }) {
    return printed === null ? null : this.props.paper.printed[printed];
  }

  /** What a row's button loads: what was found here, the printed theta in a model whose finds are not known yet. @param {OurRow} row */
  setting(row) {
    const { family } = this.props.paper;
    const found = row.slug === this.props.model.slug ? this.curves?.searched?.find(({ name }) => name === row.title) : undefined;
    if (found) return { family, tau: null, thetas: found.theta, n: 1, mode: row.form };
    const printed = this.printed(row);
    return { slug: row.slug, family, tau: null, theta: printed?.theta ?? 1, n: printed?.n ?? 1, pattern: "", mode: row.form };
  }

  /** What is set or kept has changed. @param {{cosine: number, accuracy?: number}|null} [scores] what was measured of what is set, null while it moves */
  show(scores = null) {
    if (!this.props?.paper) return;
    let done = "";
    for (const { row, yours } of this.lines) {
      const found = foundFor(row, this.told.kept());
      const set = isOf(row, this.told.now(), this.props.paper.family);
      const now = set && scores?.accuracy !== undefined ? { cosine: scores.cosine, accuracy: scores.accuracy } : null;
      const words = [found && t("{figures}, by a search", { figures: figures(found) }), now && t("{figures}, set now", { figures: figures(now) }), set && !now && t("being measured")].filter(Boolean);
      say(yours, words.join("; ") || "–");
      done ||= reached(now, this.printed(row), row) || reached(found, this.printed(row), row);
    }
    say(this.done, done);
  }
}
