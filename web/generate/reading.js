// The two numbers in words: how many pictures are still right, how alike they are, and how far both can be believed.

import { className, decimals, t, whole } from "../engine/language.js";
import { h, say } from "../ui/dom.js";
import { theOnlyOne } from "./measure.js";

/** 0.9962 as "99.6 %". */
export const percent = (share) => `${decimals(100 * share, 1)} %`;
/** 0.7912 as "0.79". */
export const alikeness = (cosine) => decimals(cosine, 2);

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
      { class: "card reading", "aria-label": t("How varied and how right") },
      h("div", { class: "reading-figures" }, h("p", {}, this.right, this.what), h("p", {}, this.alike, h("span", {}, t("similarity of pairs (cosine)")))),
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
    say(this.what, t("recognised as the right {noun}", { noun: props.noun }));
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
    const values = { count, noun, alike: alikeness(cosine) };
    if (right === undefined) return t("A first look at the {count} pictures shown: pairs of one {noun} are {alike} alike.", values);
    const share = Math.round(100 * right);
    return t("A first look at the {count} pictures shown: {share} % look like the right {noun}, and pairs of one {noun} are {alike} alike.", { ...values, share });
  }

  /** At rest, from the pictures shown alone. */
  waiting(live) {
    say(this.spoken, "");
    say(this.sentence, `${this.guess(live)} ${t("Measuring more …")}`);
    say(this.flag, "");
    this.flag.hidden = true;
  }

  /** What was measured. @param {import("./measure.js").Scores} scores */
  show(scores) {
    this.element.classList.remove("reading-rough");
    const best = scores.reconstruction ?? scores.classifier;
    say(this.right, best ? percent(best.mean) : "…");
    say(this.alike, alikeness(scores.cosine));
    const names = this.props.dataset.classes.map(className);
    const lines = [];
    const line = (title, one) => lines.push(h("dt", {}, title), h("dd", {}, one.worst < 1 ? t("{share}; worst: {name}, {worst}", { share: percent(one.mean), name: names[one.row], worst: percent(one.worst) }) : t("{share}, every class", { share: percent(one.mean) })));
    if (scores.reconstruction) line(t("Its own classifier"), scores.reconstruction);
    else lines.push(h("dt", {}, t("Its own classifier")), h("dd", {}, t("this model has none")));
    const only = scores.classifier ? theOnlyOne(scores.by.classifier) : -1;
    if (only >= 0) lines.push(h("dt", {}, t("A classifier of real pictures")), h("dd", {}, t("no figure: it calls every picture {name}", { name: names[this.props.rows[only]] })));
    else if (scores.classifier) line(this.trusted(), scores.classifier);
    if (scores.kept < 1) lines.push(h("dt", {}, t("Kept by the filter")), h("dd", {}, percent(scores.kept)));
    this.rows.replaceChildren(...lines);
    this.warn(scores);
    const words = this.words(scores, best);
    say(this.sentence, words);
    if (scores.done) say(this.spoken, words);
  }

  /** The classifier of real pictures, and how far it can be believed. */
  trusted() {
    const { classifier } = this.props;
    if (classifier === null) return t("A classifier of real pictures (nobody measured how often it is right)");
    return t("A classifier of real pictures ({share} of those right)", { share: percent(classifier) });
  }

  words({ cosine, pictures, done }, best) {
    const { noun } = this.props;
    const values = { noun, alike: alikeness(cosine) };
    const said = best ? t("{right} are still the right {noun}; pairs of one {noun} are {alike} alike.", { ...values, right: percent(best.mean) }) : t("Pairs of one {noun} are {alike} alike.", values);
    const count = { pictures: whole(pictures) };
    return `${said} ${done ? t("Counted over {pictures} new pictures.", count) : t("Counted over {pictures} new pictures so far.", count)}`;
  }

  warn({ cosine }) {
    const fooled = this.floor && cosine < this.floor.cosine;
    this.flag.hidden = !fooled;
    say(this.flag, fooled ? t("More varied than real {nouns} ({alike}): the measure is being fooled.", { nouns: this.props.dataset.nouns, alike: alikeness(this.floor.cosine) }) : "");
  }
}
