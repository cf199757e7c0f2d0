// The controls above the sheet: variety, draws, seed, family and filter.

import { decimals, t, written } from "../engine/language.js";
import { N, SEED, TAU, THETA } from "../engine/limits.js";
import { list } from "../engine/sentences.js";
import { announce } from "../ui/announcer.js";
import { Dial } from "../ui/dial.js";
import { drawer, h, say } from "../ui/dom.js";
import { NumberField } from "../ui/number_field.js";

const STILL = t("At 0 every draw is the class's average: slide to the right for variety.");

export class Controls {
  /**
   * @param {(change: (setting: object) => void, event?: Event) => void} move
   * @param {() => void} settle
   */
  constructor(move, settle) {
    this.move = move;
    this.settle = settle;
    const set = (key) => (value, event) => move((setting) => (setting[key] = value), event);
    this.variety = new Dial({ name: t("Variety (theta)"), exact: t("Amount of variety"), min: THETA.low, max: THETA.high, step: 0.01, low: t("the typical one"), high: t("anything goes") }, set("theta"), settle);
    this.n = new Dial({ name: t("Averaged draws (n)"), exact: t("Number of draws"), min: N.low, max: N.high, step: 1 }, set("n"), settle);
    this.seed = new NumberField({ name: t("Seed"), limit: SEED }, (value, event) => this.reseed(value, event));
    const again = h("button", { type: "button", class: "strong", onclick: (event) => this.drawAgain(event) }, t("Draw again"));
    this.still = h("p", { class: "quiet controls-still", hidden: true });
    this.choice = h("div", { class: "controls-families", role: "radiogroup", "aria-label": t("Family of generators") });
    this.meaning = h("p", { class: "quiet" });
    this.filter = h("input", { type: "checkbox", id: "filter" });
    this.filter.onchange = (event) => {
      move((setting) => (setting.tau = this.filter.checked ? this.tau.value : null), event);
      settle();
    };
    this.tau = new Dial({ name: t("Least probability (tau)"), exact: t("Tau as a number"), min: 0.5, max: TAU.high, step: 0.01, low: t("nearly all"), high: t("only the sure ones") }, set("tau"), settle);
    this.tau.show(0.95);
    this.filterNote = h("p", { class: "quiet" });
    this.element = h(
      "section",
      { class: "card controls", "aria-label": t("Variety") },
      h("div", { class: "variety" }, this.variety.element, again),
      this.still,
    );
    this.ways = h(
      "section",
      { class: "card controls", "aria-label": t("Way of drawing") },
      h("fieldset", {}, h("legend", {}, t("Family")), this.choice, this.meaning),
      h("div", { class: "controls-filter" }, h("label", { for: "filter" }, this.filter, ` ${t("Keep only convincing pictures")}`), this.filterNote, this.tau.element),
      drawer(t("More controls"), false, h("div", { class: "more" }, this.n.element, h("div", { class: "dial" }, h("div", { class: "title" }, h("span", { "aria-hidden": "true" }, t("Seed")), this.seed.element), h("p", { class: "quiet" }, t("The number behind the dice: the same seed gives the same pictures again."))))),
    );
  }

  drawAgain(event) {
    this.reseed(crypto.getRandomValues(new Uint32Array(1))[0] % 100000, event);
    announce(this.still.hidden ? t("New pictures are drawn.") : STILL);
  }

  reseed(value, event) {
    this.move((setting) => (setting.seed = value), event);
    this.settle();
  }

  /** Another model: other families. @param {import("../engine/props.js").GenerateProps} props */
  about({ families, files }) {
    this.families = families;
    this.files = files;
    this.radios = families.map(({ family: { name, title }, why_not }) => {
      const choose = (event) => {
        this.move((setting) => (setting.family = name), event);
        this.settle();
      };
      const radio = h("input", { type: "radio", name: "family", value: name, disabled: Boolean(why_not), onchange: choose });
      return h("label", { class: why_not ? "controls-off" : "" }, radio, ` ${title}`);
    });
    const missing = families.filter(({ why_not }) => why_not);
    const why = missing.length ? [h("p", { class: "quiet" }, missing.length === 1 ? missing[0].why_not : t("{families} need files that this model does not have.", { families: list(missing.map(({ family }) => family.title)) }))] : [];
    this.choice.replaceChildren(...this.radios, ...why);
    this.filter.disabled = !files.latent_classifier;
  }

  show(setting) {
    this.variety.show(setting.theta);
    this.variety.explain(setting.cells ? t("Times the pattern below: {share} % on average.", { share: Math.round(setting.left()) }) : "");
    this.n.show(setting.n);
    this.n.explain(t("Only variety ÷ √n matters: {theta} / √{n} = {both}.", { theta: written(setting.theta), n: setting.n, both: decimals(setting.theta / Math.sqrt(setting.n), 2) }));
    this.seed.show(setting.seed);
    for (const radio of this.choice.querySelectorAll("input")) radio.checked = radio.value === setting.family;
    say(this.meaning, this.families.find(({ family }) => family.name === setting.family).family.meaning);
    const filtering = setting.tau !== null;
    this.filter.checked = filtering;
    this.tau.element.hidden = !filtering;
    if (filtering) this.tau.show(setting.tau);
    this.still.hidden = setting.theta > 0;
    say(this.still, setting.theta > 0 ? "" : STILL);
  }

  /** Which share the filter keeps. */
  keeps(share) {
    const without = this.files.latent_classifier ? "" : t("This model has no scorer, so nothing can be filtered.");
    say(this.filterNote, without || (share === null ? "" : t("{share} % of the draws are kept.", { share: Math.round(100 * share) })));
  }
}
