// The equations of the page, with the numbers of the moment put in.

import { className, decimals, t, whole, written } from "../engine/language.js";
import { drawer, h, say } from "../ui/dom.js";

const three = (value) => decimals(Number(value), 3).replace("-", "−");

export class Maths {
  constructor() {
    this.form = h("p", { class: "maths-equation" });
    this.numbers = h("p", { class: "maths-equation" });
    this.spread = h("p", { class: "maths-equation" });
    this.cosine = h("p", { class: "maths-equation" });
    this.right = h("p", { class: "maths-equation" });
    this.filter = h("p", {}, "");
    this.element = drawer(
      t("Show the maths"),
      false,
      h(
        "div",
        { class: "maths" },
        h("p", {}, t("Every training picture x has a latent mean μ(x). A class is told by the mean μ and the standard deviation σ of its latents in each dimension. A new picture is the decoded z, with ε drawn from the standard normal distribution:")),
        this.form,
        this.numbers,
        h("p", {}, t("The mean of n draws of a normal distribution varies 1/√n as much, so that θ and n are one number:")),
        this.spread,
        h("p", {}, t("How alike N pictures x of one class are, is the mean cosine of all ordered pairs of them, 1 for equal pictures; with u = x / |x| it needs no pairs at all:")),
        this.cosine,
        h("p", {}, t("How right they are is the share that a classifier takes for the class they were made for:")),
        this.right,
        this.filter,
        h("p", { class: "quiet" }, t("Simple is one θ, Medium1 one a dimension, Medium2 one a dimension and class (“Categorical generation of images via analysis of learned latent vectors”). The paper's Eq. 4, cosine + weight · (1 − accuracy), does not lead to the settings that its Table 4 prints: those keep the accuracy, so the search here asks for an accuracy and takes the lowest cosine that has it.")),
      ),
    );
  }

  /**
   * @param {import("./setting.js").Setting} setting @param {import("../engine/props.js").GenerateProps} props
   * @param {Record<string, import("../engine/arrays.js").Floats>} arrays mean and std
   * @param {{row: number, column: number}} cell the one that is looked at
   * @param {number} [z] the first draw's value in that cell
   */
  show(setting, props, arrays, { row, column }, z) {
    if (!this.element.open) return;
    const at = row * setting.latent + column;
    const name = className(props.dataset.classes[row]);
    const { family } = props.families.find((one) => one.family.name === setting.family);
    const theta = setting.effective(row, column);
    say(this.form, family.equation);
    const scale = `${decimals(theta, 2)} / √${setting.n}`;
    const middle = family.inputs.includes("std") ? `${three(arrays.mean.data[at])} + ${scale} · ${three(arrays.std.data[at])} · ε` : t("centre + {scale} · its own share of L ε", { scale });
    say(this.numbers, z === undefined ? "" : t("Class {name}, dimension {dimension}, first draw: {equation}", { name, dimension: column + 1, equation: `z = ${middle} = ${three(z)}` }));
    say(this.spread, `s = θ / √n = ${scale} = ${decimals(theta / Math.sqrt(setting.n), 3)}`);
    say(this.filter, setting.tau === null ? "" : t("The filter throws away draws with p(class | z) below {tau}, by a small network that learned from the model's own classifier. That classifier then flatters the result; the classifier of real pictures does not.", { tau: written(setting.tau) }));
  }

  /** The two measures. @param {import("./measure.js").Scores} scores */
  measured(scores) {
    if (!this.element.open) return;
    const { draws, pictures, cosine, reconstruction, classifier } = scores;
    say(this.cosine, t("cosine = mean over classes of (|Σ u|² − N) / (N (N − 1)) with N = {draws}: {cosine}", { draws, cosine: decimals(cosine, 4) }));
    const figures = (one) => ({ mean: decimals(one.mean, 4), worst: decimals(one.worst, 4) });
    const told = [
      reconstruction && t("own classifier {mean} (worst class {worst})", figures(reconstruction)),
      classifier && t("classifier of real pictures {mean} (worst class {worst})", figures(classifier)),
    ];
    say(this.right, t("right = right pictures / all {pictures}: {told}", { pictures: whole(pictures), told: told.filter(Boolean).join(", ") }));
  }
}
