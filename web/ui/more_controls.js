// The drawer `More controls`: how classes are blended, which draw, and how many components the eigen-image uses.

import { N, SEED } from "../engine/limits.js";
import { Dial } from "./dial.js";
import { drawer, h, say } from "./dom.js";
import { NumberField } from "./number_field.js";
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
    this.method = h("select", { "aria-label": "Blending method" });
    this.offer(methods);
    this.method.onchange = (event) => {
      onInput("method", this.method.value, event);
      onChange();
    };
    this.meaning = h("p", { class: "quiet" });
    this.depth = new Dial({ name: "Averaging depth", exact: "Depth number", min: 0, max: depths.length - 1, step: 1 }, (value, event) => onInput("depth", value, event), onChange);
    this.n = new Dial({ name: "Averaged draws (n)", exact: "Number of draws", min: N.low, max: N.high, step: 1 }, (value, event) => onInput("n", value, event), onChange);
    this.k = new Dial({ name: "Eigen-image components (k)", exact: "Number of components", min: 1, max: 50, step: 1 }, (value, event) => onInput("k", value, event), onChange);
    this.seed = new NumberField({ name: "Seed", limit: SEED }, (value, event) => {
      onInput("seed", value, event);
      onChange();
    });
    this.element = drawer(
      "More controls",
      openAtFirst,
      h(
        "div",
        { class: "more" },
        h("div", { class: "dial" }, h("div", { class: "title" }, h("span", { "aria-hidden": "true" }, "Blending method")), this.method, this.meaning),
        this.depth.element,
        this.n.element,
        this.k.element,
        h("div", { class: "dial" }, h("div", { class: "title" }, h("span", { "aria-hidden": "true" }, "Seed"), this.seed.element), h("p", { class: "quiet" }, "The number behind the dice: the same seed gives the same picture again.")),
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
    this.depth.explain(`Averaged at: ${this.depths[depth]}.`, this.depths[depth]);
    this.n.show(n);
    this.n.explain(`Only variety ÷ √n matters: ${theta} / √${n} = ${(theta / Math.sqrt(n)).toFixed(2)}.`);
    this.k.element.hidden = !components;
    this.k.reach(1, Math.max(1, components));
    this.k.show(k);
    this.k.explain(`Of ${components}; fewer components, a coarser eigen-image.`);
    this.seed.show(seed);
  }
}
