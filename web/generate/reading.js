// The two numbers in words: how many pictures are still right, how alike they are, and how far both can be believed.

import { h, say } from "../ui/dom.js";
import { theOnlyOne } from "./measure.js";

/** 0.9962 as "99.6 %". */
export const percent = (share) => `${(100 * share).toFixed(1)} %`;
/** 0.7912 as "0.79". */
export const alikeness = (cosine) => cosine.toFixed(2);

const FROM_REAL = "A classifier of real pictures";

export class Reading {
  constructor() {
    this.right = h("b", {}, "…");
    this.alike = h("b", {}, "…");
    this.what = h("span");
    this.sentence = h("p", { class: "sentence" });
    this.spoken = h("p", { class: "unseen", role: "status" }); // what is told aloud changes less often than what is shown
    this.rows = h("dl", { class: "reading-accuracies" });
    this.flag = h("p", { class: "reading-flag", role: "alert", hidden: true });
    this.element = h(
      "section",
      { class: "card reading", "aria-label": "How varied and how right" },
      h("div", { class: "reading-figures" }, h("p", {}, this.right, this.what), h("p", {}, this.alike, h("span", {}, "similarity of pairs (cosine)"))),
      this.sentence,
      this.spoken,
      this.rows,
      this.flag,
    );
  }

  /** @param {import("../engine/props.js").GenerateProps} props @param {object|null} curves of the model */
  about(props, curves) {
    this.props = props;
    this.rows.replaceChildren();
    this.flag.hidden = true;
    this.floor = curves?.references.find((one) => one.what === "real test pictures");
    say(this.what, `recognised as the right ${props.noun}`);
  }

  /** While a control moves: a quick look at the pictures shown. @param {import("./frames.js").Look} look right: by the latent classifier */
  live({ cosine, right, count }) {
    this.element.classList.add("reading-rough");
    say(this.right, right === undefined ? "…" : `≈ ${Math.round(100 * right)} %`);
    say(this.alike, `≈ ${alikeness(cosine)}`);
    say(this.sentence, this.guess({ cosine, right, count }));
  }

  guess({ cosine, right, count }) {
    const { noun } = this.props;
    const share = right === undefined ? "" : `${Math.round(100 * right)} % look like the right ${noun}, and `;
    return `A first look at the ${count} pictures shown: ${share}pairs of one ${noun} are ${alikeness(cosine)} alike.`;
  }

  /** At rest, from the pictures shown alone. */
  waiting(live) {
    say(this.spoken, "");
    say(this.sentence, `${this.guess(live)} Measuring more …`);
    say(this.flag, "");
    this.flag.hidden = true;
  }

  /** What was measured. @param {import("./measure.js").Scores} scores */
  show(scores) {
    this.element.classList.remove("reading-rough");
    const best = scores.reconstruction ?? scores.classifier;
    say(this.right, best ? percent(best.mean) : "…");
    say(this.alike, alikeness(scores.cosine));
    const names = this.props.dataset.classes;
    const lines = [];
    const line = (title, one) => lines.push(h("dt", {}, title), h("dd", {}, one.worst < 1 ? `${percent(one.mean)}; worst: ${names[one.row]}, ${percent(one.worst)}` : `${percent(one.mean)}, every class`));
    if (scores.reconstruction) line("Its own classifier", scores.reconstruction);
    else lines.push(h("dt", {}, "Its own classifier"), h("dd", {}, "this model has none"));
    const only = scores.classifier ? theOnlyOne(scores.by.classifier) : -1;
    if (only >= 0) lines.push(h("dt", {}, FROM_REAL), h("dd", {}, `no figure: it calls every picture ${names[this.props.rows[only]]}`));
    else if (scores.classifier) line(`${FROM_REAL}${this.trusted()}`, scores.classifier);
    if (scores.kept < 1) lines.push(h("dt", {}, "Kept by the filter"), h("dd", {}, percent(scores.kept)));
    this.rows.replaceChildren(...lines);
    this.warn(scores);
    const words = this.words(scores, best);
    say(this.sentence, words);
    if (scores.done) say(this.spoken, words);
  }

  /** How far the classifier of real pictures can be believed. */
  trusted() {
    const { classifier } = this.props;
    return classifier === null ? " (nobody measured how often it is right)" : ` (names ${percent(classifier)} of them right)`;
  }

  words({ cosine, pictures, done }, best) {
    const { noun } = this.props;
    const right = best ? `${percent(best.mean)} are still the right ${noun}; ` : "";
    const alike = `pairs of one ${noun} are ${alikeness(cosine)} alike.`;
    return `${right}${right ? alike : alike[0].toUpperCase() + alike.slice(1)} Counted over ${pictures.toLocaleString("en")} new pictures${done ? "" : " so far"}.`;
  }

  warn({ cosine }) {
    const fooled = this.floor && cosine < this.floor.cosine;
    this.flag.hidden = !fooled;
    say(this.flag, fooled ? `More varied than real ${this.props.noun}s (${alikeness(this.floor.cosine)}): the measure is being fooled.` : "");
  }
}
