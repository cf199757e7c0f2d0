// The card "Two models side by side": the same test pictures rebuilt by both, and their maps, one laid onto the other.

import { shownChoices, shownWords } from "../engine/halves.js";
import { className, decimals, t, whole } from "../engine/language.js";
import { Model } from "../engine/model.js";
import { align, centres, moved } from "../engine/procrustes.js";
import { sharedGraph } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { list, percent } from "../engine/sentences.js";
import { projectionsUrl, rowsUrl } from "../engine/urls.js";
import { drawPicture } from "../ui/canvas.js";
import { h, say } from "../ui/dom.js";
import { Cloud } from "./cloud.js";

/**
 * @typedef {import("../engine/props.js").CompareProps} CompareProps
 * @typedef {import("../engine/arrays.js").Floats} Floats
 */

const MOST_POINTS = 4000; // on each map: more only cover one another

/** The card. */
export class Pair {
  /** @type {CompareProps|undefined} */
  props;
  /** Grows with every pair, so that an older one that is still being loaded is left. */
  ticket = 0;
  /** Classes of the points. @type {number[]} */
  classes = [];

  /** @param {{beside: (name: string) => void, ask: (asked: {draw: number, shown: string}) => void}} actions another model, or other pictures, or another half of them */
  constructor({ beside, ask }) {
    this.half = h("select", { onchange: () => ask({ draw: this.props.pair.draw, shown: this.half.value }) });
    this.shown = h("label", { class: "compare-sort quiet" }, h("span", {}, t("Shown to them")), this.half);
    this.halfWords = h("p", { class: "quiet", role: "status" });
    this.other = h("select", { "aria-label": t("Model beside it"), onchange: () => beside(this.other.value) });
    this.own = h("strong", {});
    this.class = h("select", { "aria-label": t("Select a class on both maps"), onchange: () => this.selectClass() });
    this.problem = h("p", { class: "quiet", role: "status" });
    this.rebuilt = h("div", { class: "compare-rebuilt" });
    this.told = h("p", { class: "quiet" });
    this.selection = h("p", { class: "quiet", role: "status" });
    this.clouds = [0, 1].map((side) => new Cloud((inside) => this.select(side, inside)));
    this.what = h("dl", { class: "compare-what" });
    this.titles = [h("figcaption", {}), h("figcaption", {})];
    this.body = h(
      "div",
      { class: "compare-pair-body" },
      this.what,
      h("div", { class: "compare-heads" }, h("h3", {}, t("The same pictures, rebuilt by both")), this.shown, h("button", { type: "button", class: "compare-small", onclick: () => ask({ draw: 1 + Math.floor(Math.random() * 999_999), shown: this.half.value }) }, t("Other pictures"))),
      this.halfWords,
      this.rebuilt,
      h("div", { class: "compare-heads" }, h("h3", {}, t("Their maps, one laid onto the other")), h("label", { class: "compare-sort quiet" }, h("span", { "aria-hidden": "true" }, t("Select")), this.class)),
      this.told,
      h("div", { class: "compare-maps" }, ...this.clouds.map((cloud, i) => h("figure", {}, cloud.canvas, this.titles[i]))),
      this.selection,
    );
    this.choice = h("p", { class: "compare-choice" }, this.own, h("span", {}, t("beside")), this.other);
    this.element = h("section", { class: "card compare-pair", "aria-label": t("Two models side by side") }, h("header", {}, h("h2", {}, t("Two models side by side")), this.choice), this.problem, this.body);
  }

  /** @param {CompareProps} props */
  show(props) {
    const same = this.props && JSON.stringify([this.props.pair, this.props.entries]) === JSON.stringify([props.pair, props.entries]);
    this.props = props;
    this.body.hidden = this.choice.hidden = !props.pair;
    say(this.problem, props.unpaired);
    if (!props.pair || same) return;
    const { left, right } = props.pair;
    say(this.own, this.title(left));
    const others = props.entries.filter(({ why, model }) => !why && model.slug !== left);
    this.other.replaceChildren(...others.map(({ name, model }) => h("option", { value: name }, model.title)));
    this.other.value = right.split("/")[1];
    const chosen = this.class.value;
    this.class.replaceChildren(h("option", { value: "" }, t("nothing")), ...props.dataset.classes.map((name) => h("option", { value: name }, className(name))));
    this.class.value = props.dataset.classes.includes(chosen) ? chosen : "";
    const known = [left, right].map((slug) => props.entries.find(({ model }) => model.slug === slug));
    this.what.replaceChildren(...known.flatMap(({ model, what, note }) => [h("dt", {}, model.title), h("dd", {}, [what, note].filter(Boolean).join(" "))]));
    this.titles.forEach((element, i) => say(element, this.title([left, right][i])));
    this.showHalves();
    this.open();
  }

  /** The choice of what is shown to the models, where pictures have halves. */
  showHalves() {
    const { pair, dataset } = this.props;
    this.shown.hidden = !dataset.halves.length;
    this.half.replaceChildren(...shownChoices(dataset.halves).map(([value, words]) => h("option", { value }, words)));
    this.half.value = pair.shown;
    say(this.halfWords, shownWords(pair.shown, dataset.halves, [pair.left, pair.right].map((slug) => this.ref(slug))));
  }

  /** @param {string} slug */
  title(slug) {
    return this.ref(slug)?.title ?? slug;
  }

  /** @param {string} slug */
  ref(slug) {
    return this.props.entries.find(({ model }) => model.slug === slug)?.model;
  }

  async open() {
    const ticket = ++this.ticket;
    const current = () => ticket === this.ticket;
    try {
      await this.rebuild(current);
      if (current()) await this.map(current);
    } catch (error) {
      if (current()) say(this.problem, error.message);
    }
  }

  /** @param {() => boolean} current */
  async rebuild(current) {
    const { pair, dataset } = this.props;
    const bytes = Uint8Array.from(atob(pair.pixels), (letter) => letter.charCodeAt(0));
    const originals = { data: Float32Array.from(bytes, (byte) => byte / 255), dims: [pair.names.length, ...dataset.shape] };
    const error = await sharedGraph("squared_error");
    const lines = [this.line(pair.originals ? t("Original") : t("Stand-in"), "", originals.data)];
    for (const [i, slug] of [pair.left, pair.right].entries()) {
      const model = await Model.open(this.ref(slug));
      const pictures = await model.decode({ data: Float32Array.from(pair.latents[i].flat()), dims: [pair.names.length, model.latent] });
      const { mean } = await error.run({ pictures, originals });
      lines.push(this.line(this.title(slug), t("squared error of these: {error}", { error: decimals(mean.data[0], 4) }), pictures.data));
    }
    if (current()) this.rebuilt.replaceChildren(...lines, ...(pair.note && !pair.originals ? [h("p", { class: "quiet" }, pair.note)] : []));
  }

  /** @param {string} title @param {string} about @param {Float32Array} values */
  line(title, about, values) {
    const { pair, dataset } = this.props;
    const size = values.length / pair.names.length;
    const cells = pair.names.map((name, i) => {
      const canvas = h("canvas", { role: "img", "aria-label": t("{what}: picture {i}, {name}", { what: title, i: i + 1, name: className(name) }) });
      drawPicture(canvas, values, dataset.shape, i * size);
      return canvas;
    });
    return h("div", { class: "compare-line" }, h("p", {}, h("strong", {}, title), h("span", { class: "quiet" }, about)), h("div", { class: `compare-cells${dataset.shape[2] > 1.5 * dataset.shape[1] ? " compare-wide" : ""}` }, ...cells));
  }

  /** @param {() => boolean} current */
  async map(current) {
    const { pair, dataset } = this.props;
    const [{ y }, ...maps] = await Promise.all([fetchArrays(rowsUrl(dataset.slug)), ...[pair.left, pair.right].map((slug) => fetchArrays(projectionsUrl(slug)))]);
    if (!current()) return;
    const step = Math.ceil(y.data.length / MOST_POINTS);
    const rows = Array.from({ length: Math.ceil(y.data.length / step) }, (_, i) => i * step);
    this.classes = rows.map((row) => Number(y.data[row]));
    const [left, right] = maps.map(({ umap }) => Float32Array.from(rows.flatMap((row) => [umap.data[2 * row], umap.data[2 * row + 1]])));
    const [fixed, loose] = [left, right].map((places) => centres(places, this.classes, dataset.classes.length));
    const both = fixed.map((_, k) => k).filter((k) => fixed[k] && loose[k]);
    const alignment = align(both.map((k) => loose[k]), both.map((k) => fixed[k]));
    const laid = moved(right, alignment);
    const frame = frameOf(left, laid);
    this.clouds[0].show(left, this.classes, frame);
    this.clouds[1].show(laid, this.classes, frame);
    this.clouds.forEach(({ canvas }, i) => canvas.setAttribute("aria-label", t("Map of {model}: {n} pictures by their neighbours (UMAP), a colour per class", { model: this.title([pair.left, pair.right][i]), n: whole(rows.length) })));
    say(this.told, t("UMAP of {n} pictures. The right map is turned, mirrored and stretched as a whole until the centres of its classes lie nearest to those on the left; {share} of how these lie apart cannot be brought together. Draw a box on one map to select pictures on both.", { n: whole(rows.length), share: percent(alignment.left) }));
    this.selectClass();
  }

  selectClass() {
    const index = this.props.dataset.classes.indexOf(this.class.value);
    this.choose(index < 0 ? null : Uint8Array.from(this.classes, (one) => Number(one === index)));
  }

  /** @param {number} side where a box was drawn @param {(x: number, y: number) => boolean} inside */
  select(side, inside) {
    const { places } = this.clouds[side];
    const chosen = Uint8Array.from(this.classes, (_, i) => Number(inside(places[2 * i], places[2 * i + 1])));
    this.class.value = "";
    this.choose(chosen.includes(1) ? chosen : null);
  }

  /** @param {Uint8Array|null} chosen */
  choose(chosen) {
    for (const cloud of this.clouds) cloud.choose(chosen);
    say(this.selection, chosen ? this.words(chosen) : "");
  }

  /** What is selected. @param {Uint8Array} chosen */
  words(chosen) {
    const counts = this.props.dataset.classes.map((name, k) => ({ name, count: this.classes.reduce((sum, one, i) => sum + Number(chosen[i] && one === k), 0) }));
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    const most = counts.filter(({ count }) => count).sort((a, b) => b.count - a.count);
    const parts = most.map(({ name, count }) => t("{percent} {name}", { percent: percent(count / total), name: className(name) }));
    return t("{n} pictures are selected on both maps: {parts}.", { n: whole(total), parts: list(parts, 4) });
  }

  /** Draws the maps anew where the theme has changed. */
  restyle() {
    for (const cloud of this.clouds) cloud.draw();
  }

  stop() {
    this.ticket++;
    for (const cloud of this.clouds) cloud.stop();
  }
}

/** The part of the plane that holds both clouds. @param {...Float32Array} clouds @returns {import("./cloud.js").Frame} */
function frameOf(...clouds) {
  const low = /** @type {[number, number]} */ ([Infinity, Infinity]);
  const high = /** @type {[number, number]} */ ([-Infinity, -Infinity]);
  for (const places of clouds) {
    for (let i = 0; i < places.length; i++) {
      low[i % 2] = Math.min(low[i % 2], places[i]);
      high[i % 2] = Math.max(high[i % 2], places[i]);
    }
  }
  return { low, high };
}
