// The drawer `More controls`: how classes are blended, which draw, and how many components the eigen-image uses.

import { decimals, t } from "../engine/language.js";
import { N, SEED } from "../engine/limits.js";
import { Dial } from "./dial.js";
import { drawer, h, say } from "./dom.js";
import { NumberField, written } from "./number_field.js";
import { enlargement } from "./surface.js";

/** The less common controls. */
export class MoreControls {
  /**
   * @param {Pick<import("../engine/props.js").BlendProps, "methods"|"depths"|"dataset">} props depths are the names of
   *   their values
   * @param {(key: string, value: any, event?: Event) => void} onInput key is the recipe's: n, seed, method, depth, k
   * @param {() => void} onChange
   * @param {boolean} openAtFirst
   */
  constructor({ methods, depths, dataset }, onInput, onChange, openAtFirst) {
    this.depths = depths;
    this.method = h("select", { "aria-label": t("Blending method") });
    this.offer(methods);
    this.method.onchange = (event) => {
      onInput("method", this.method.value, event);
      onChange();
    };
    this.meaning = h("p", { class: "quiet" });
    this.depth = new Dial({ name: t("Averaging depth"), exact: t("Depth number"), min: 0, max: depths.length - 1, step: 1 }, (value, event) => onInput("depth", value, event), onChange);
    this.n = new Dial({ name: t("Averaged draws (n)"), exact: t("Number of draws"), min: N.low, max: N.high, step: 1 }, (value, event) => onInput("n", value, event), onChange);
    this.k = new Dial({ name: t("Eigen-image components (k)"), exact: t("Number of components"), min: 1, max: 50, step: 1 }, (value, event) => onInput("k", value, event), onChange);
    this.seed = new NumberField({ name: t("Seed"), limit: SEED }, (value, event) => {
      onInput("seed", value, event);
      onChange();
    });
    this.element = drawer(
      t("More controls"),
      openAtFirst,
      h(
        "div",
        { class: "more" },
        h("div", { class: "dial" }, h("div", { class: "title" }, h("span", { "aria-hidden": "true" }, t("Blending method"))), this.method, this.meaning),
        this.depth.element,
        this.n.element,
        this.k.element,
        h("div", { class: "dial" }, h("div", { class: "title" }, h("span", { "aria-hidden": "true" }, t("Seed")), this.seed.element), h("p", { class: "quiet" }, t("The number behind the dice: the same seed gives the same picture again."))),
        enlargement(dataset.enlarge, () => this.element.closest(".medley")),
      ),
    );
  }

  /** The methods that a model has. @param {import("../engine/props.js").Method[]} methods */
  offer(methods) {
    if (methods.map(({ name }) => name).join() === this.methods?.map(({ name }) => name).join()) return;
    this.methods = methods;
    this.method.replaceChildren(...methods.map(({ name, title }) => h("option", { value: name }, title)));
  }

  /**
   * Shows a recipe's values.
   * @param {any} recipe
   * @param {number} components of the linear model, 0 without one
   */
  show({ method, depth, n, seed, k, theta }, components) {
    const chosen = this.methods.find((one) => one.name === method);
    this.method.value = method;
    say(this.meaning, chosen.meaning);
    this.depth.element.hidden = !chosen.uses_depth;
    this.depth.show(depth);
    this.depth.explain(t("Averaged at: {depth}.", { depth: this.depths[depth] }), this.depths[depth]);
    this.n.show(n);
    this.n.explain(t("Only variety ÷ √n matters: {theta} / √{draws} = {quotient}.", { theta: written(theta), draws: n, quotient: decimals(theta / Math.sqrt(n), 2) }));
    this.k.element.hidden = !components;
    this.k.reach(1, Math.max(1, components));
    this.k.show(k);
    this.k.explain(t("Of {components}; fewer components, a coarser eigen-image.", { components }));
    this.seed.show(seed);
  }
}
