// The card "The curve": the chart, whose accuracy it shows, and another model laid over it.

import { t } from "../engine/language.js";
import { h, say } from "../ui/dom.js";
import { Chart } from "./chart.js";
import { seriesOf } from "./series.js";
import { curvesOf } from "./loader.js";

const WHOSE = { reconstruction: t("Own classifier"), classifier: t("Classifier of real pictures") };

export class CurveCard {
  /** @param {(setting: object) => void} load a point of the chart was chosen */
  constructor(load) {
    this.chart = new Chart(load);
    /** What the visitor chose; a model without that shows the other one. @type {import("./series.js").Which} */
    this.chosen = "reconstruction";
    /** @type {import("./series.js").Which} */
    this.which = this.chosen;
    /** @type {import("../engine/props.js").GenerateProps|null} */
    this.props = null;
    /** @type {object|null} */
    this.curves = null;
    /** Another model laid over. @type {{title: string, curves: object}|null} */
    this.over = null;
    this.switches = Object.entries(WHOSE).map(([which, title]) => h("button", { type: "button", "aria-pressed": "false", onclick: () => this.switch(which) }, title));
    this.other = h("select", { "aria-label": t("Compare with"), onchange: () => this.overlay() });
    this.compare = h("label", { class: "curve-compare" }, h("span", { class: "quiet", "aria-hidden": "true" }, t("Compare with")), this.other);
    this.lead = h("p", { class: "quiet" }, t("To the left pictures are more varied, to the top more of them are right. Select a point to load its settings."));
    this.problem = h("p", { class: "quiet", role: "status" });
    this.element = h(
      "section",
      { class: "card curve", "aria-label": t("The curve") },
      h("header", {}, h("h2", {}, t("Variety versus accuracy")), h("div", { class: "switch", role: "group", "aria-label": t("Whose accuracy") }, ...this.switches)),
      this.lead,
      this.chart.element,
      this.compare,
      this.problem,
    );
  }

  /** Another model. @param {object|null} curves null while they load or where there are none */
  about(props, curves) {
    Object.assign(this, { props, curves, over: null });
    this.other.replaceChildren(h("option", { value: "" }, t("no other model")), ...props.others.map(({ slug, title }) => h("option", { value: slug }, title)));
    this.compare.hidden = !props.others.length;
    this.which = props.files.reconstruction_classifier ? this.chosen : "classifier";
    this.switches[0].disabled = !props.files.reconstruction_classifier && !props.others.length && !props.paper;
    say(this.problem, curves || props.files.curves ? "" : t("{model} has no measured curve: {command} makes one. The dot still shows what is set now.", { model: props.model.title, command: `python -m latent_core generators ${props.model.slug}` }));
    this.show();
  }

  switch(which) {
    this.which = this.chosen = which;
    this.show();
    this.move(this.scores);
  }

  async overlay() {
    const chosen = this.props.others.find(({ slug }) => slug === this.other.value);
    try {
      this.over = chosen ? { title: chosen.title, curves: await curvesOf(chosen.slug, this.props.curves) } : null;
      say(this.problem, "");
    } catch (error) {
      say(this.problem, error.message);
    }
    this.show();
  }

  show() {
    this.switches.forEach((button, i) => button.setAttribute("aria-pressed", String(Object.keys(WHOSE)[i] === this.which)));
    this.chart.show(seriesOf(this.props, this.curves, this.which, this.over), this.which);
  }

  /** What is set now. @param {{cosine: number, reconstruction?: number, classifier?: number}} scores */
  move(scores) {
    this.scores = scores;
    this.chart.move(scores && { cosine: scores.cosine, accuracy: scores[this.which] });
  }
}
