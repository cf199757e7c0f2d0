// The drawer `Film`: blends one after the other as a film file, made here picture by picture.

import { SECONDS, MOST_KEYFRAMES, filmless, framesOf, loopThrough, secondsOf, valuesAt } from "../engine/film.js";
import { className, decimals, t } from "../engine/language.js";
import { blendable } from "../engine/names.js";
import { list, mixture } from "../engine/sentences.js";
import { announce } from "../ui/announcer.js";
import { pictureUrl } from "../ui/canvas.js";
import { calm, h, say } from "../ui/dom.js";
import { addressOf, saveFile } from "../ui/downloads.js";
import { KINDS } from "../ui/film_file.js";
import { changing } from "../ui/focus.js";
import { NumberField } from "../ui/number_field.js";
import { rgbOf, smoothed } from "../ui/rgb.js";
import { chosen } from "../ui/surface.js";
import { FilmRun } from "./film_run.js";
import { Studio } from "./studio.js";

/**
 * @typedef {import("./making.js").Host} Host
 * @typedef {import("../engine/props.js").BlendProps} BlendProps
 * @typedef {import("../engine/film.js").Keyframe & {face?: string}} Keyframe
 */

const SIDES = { small: 168, medium: 336, large: 672 }; // pixels, about
const RATES = [10, 20, 25];

/** What is being put together; it outlives the drawer, as visitors come back from other pages. */
const reel = {
  /** @type {Keyframe[]} */
  keyframes: [],
  /** The model of all of them. @type {BlendProps|undefined} */
  props: undefined,
  kind: "gif",
  side: "medium",
  rate: 20,
  loop: true,
};

/** The inside of the drawer. */
export class FilmPanel {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.studio = new Studio();
    /** The one being made. @type {FilmRun|undefined} */
    this.run = undefined;
    this.url = "";
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick, more = {}) => h("button", { type: "button", onclick, ...more }, text);
    const choice = (/** @type {string} */ name, /** @type {[string|number, string][]} */ options, /** @type {"kind"|"side"|"rate"} */ key) => {
      const select = h("select", { "aria-label": name }, ...options.map(([value, title]) => h("option", { value }, title)));
      select.value = String(reel[key]);
      select.onchange = () => {
        Object.assign(reel, { [key]: key === "rate" ? Number(select.value) : select.value });
        this.show();
      };
      return h("label", { class: "making-choice" }, h("span", { "aria-hidden": "true" }, name), select);
    };
    this.list = h("ol", { class: "making-reel", "aria-label": t("Blends of the film") });
    const loop = h("input", { type: "checkbox" });
    loop.checked = reel.loop;
    loop.onchange = () => {
      reel.loop = loop.checked;
      this.show();
    };
    this.add = button(t("Add this blend"), () => this.addBlend());
    this.none = button(t("Empty the film"), () => this.empty());
    this.facts = h("p", { class: "quiet" });
    this.said = h("p", { role: "status" });
    this.bar = h("progress", { "aria-label": t("The film is being made"), max: 1, hidden: true });
    this.make = button(t("Make the film"), () => this.work(), { class: "strong" });
    this.cancel = button(t("Cancel"), () => this.run?.stop(), { hidden: true });
    this.result = h("div", { class: "making-result" });
    this.element = h(
      "div",
      { class: "making-inside" },
      h("p", { class: "quiet" }, t("Blends melt into one another, one after the other, and the file is yours. It is made here, and nothing is uploaded.")),
      h("div", { class: "making-row" }, button(t("Loop through the chosen classes"), () => this.loopClasses()), this.add, this.none),
      this.list,
      h(
        "div",
        { class: "making-row" },
        choice(t("Kind of file"), Object.entries(KINDS).map(([name, { title }]) => [name, title]), "kind"),
        choice(t("Size"), [["small", t("Small")], ["medium", t("Medium")], ["large", t("Large")]], "side"),
        choice(t("Pictures a second"), RATES.map((rate) => [rate, String(rate)]), "rate"),
        h("label", { class: "making-check" }, loop, t("Back to the beginning")),
      ),
      this.facts,
      h("div", { class: "making-row" }, this.make, this.cancel, this.bar),
      this.said,
      this.result,
    );
    this.show();
  }

  // What the film is made of

  loopClasses() {
    const recipe = this.host.recipe();
    const through = loopThrough(recipe, 1);
    if (!through.length) return this.tell(t("Choose classes above first: the film goes from one to the next."));
    reel.keyframes = through.slice(0, MOST_KEYFRAMES);
    reel.props = this.host.props();
    this.show();
    this.tell(through.length > 1 ? t("The film goes through {classes} classes.", { classes: through.length }) : t("One class is chosen, so the film stands still: choose more above."));
  }

  addBlend() {
    const [recipe, props] = [this.host.recipe(), this.host.props()];
    if (!Object.keys(recipe.w).length) return this.tell(t("Choose classes above first."));
    if (reel.props && reel.keyframes.length && reel.props.model.slug !== props.model.slug) {
      return this.tell(t("This film is of {model}, and a film has one model: empty it first, or choose that model again.", { model: reel.props.model.title }));
    }
    if (reel.keyframes.length >= MOST_KEYFRAMES) return this.tell(t("A film has {most} blends at most.", { most: MOST_KEYFRAMES }));
    reel.props = props; // the newest groups
    reel.keyframes.push({ recipe, seconds: 1 });
    this.show();
    this.tell(t("Blend {place} of the film: {blend}.", { place: reel.keyframes.length, blend: wordsOf(recipe) }));
  }

  empty() {
    reel.keyframes = [];
    this.show();
    this.tell(t("The film is empty."));
  }

  /** @param {Keyframe} keyframe @param {-1|0|1} by 0 takes it out */
  move(keyframe, by) {
    const at = reel.keyframes.indexOf(keyframe);
    reel.keyframes.splice(at, 1);
    if (by) reel.keyframes.splice(Math.max(0, at + by), 0, keyframe);
    this.show(by ? keyframe : reel.keyframes[Math.min(at, reel.keyframes.length - 1)]);
  }

  // What is shown

  /** @param {Keyframe} [next] which gets the focus that was on one that moves or goes */
  show(next) {
    const lines = reel.keyframes.map((keyframe, i) => this.line(keyframe, i));
    const focus = () => /** @type {HTMLElement|null} */ (next && lines[reel.keyframes.indexOf(next)]?.querySelector("button:last-of-type")) ?? this.add;
    changing(this.list, () => this.list.replaceChildren(...lines), focus);
    this.tellFacts();
    this.faces();
  }

  /** @param {Keyframe} keyframe @param {number} i */
  line(keyframe, i) {
    const words = wordsOf(keyframe.recipe);
    const seconds = new NumberField({ name: t("Seconds after {place}, {blend}", { place: i + 1, blend: words }), limit: SECONDS, step: 0.5 }, (value) => {
      keyframe.seconds = value;
      this.tellFacts();
    });
    seconds.show(keyframe.seconds);
    const button = (/** @type {string} */ sign, /** @type {string} */ title, /** @type {string} */ name, /** @type {-1|0|1} */ by) =>
      h("button", { type: "button", "aria-label": name, title, onclick: () => this.move(keyframe, by) }, sign);
    const face = h("img", { alt: "", src: keyframe.face ?? null });
    return h("li", {}, face, h("span", { class: "making-words" }, words), h("span", { class: "making-seconds" }, seconds.element, h("span", { "aria-hidden": "true" }, "s")), i > 0 && button("↑", t("Earlier:"), t("Earlier: {place}, {blend}", { place: i + 1, blend: words }), -1), button("✕", t("Take out:"), t("Take out: {place}, {blend}", { place: i + 1, blend: words }), 0));
  }

  /** Small pictures of the keyframes, as they are made. */
  async faces() {
    const { props } = reel;
    for (const keyframe of reel.keyframes) {
      if (keyframe.face || !props) continue;
      try {
        keyframe.face = pictureUrl(await this.studio.picture(props, keyframe.recipe), props.dataset.shape);
      } catch {
        return; // the film itself says why
      }
      const at = reel.keyframes.indexOf(keyframe);
      this.list.children[at]?.querySelector("img")?.setAttribute("src", keyframe.face);
    }
  }

  tellFacts() {
    const { keyframes, rate, props, kind } = reel;
    const why = filmless(keyframes, rate);
    const { width, height, scale } = this.film();
    const facts = t("{seconds} s, {frames} pictures of {width} x {height} pixels.", { seconds: decimals(secondsOf(keyframes), 1), frames: framesOf(keyframes, rate), width: width * scale, height: height * scale });
    say(this.facts, [why || (props ? facts : ""), KINDS[kind].note].filter(Boolean).join(" "));
    this.make.setAttribute("aria-disabled", String(Boolean(why)));
    this.none.setAttribute("aria-disabled", String(!keyframes.length));
  }

  /** @returns {import("../ui/film_file.js").Film} */
  film() {
    const { keyframes, rate, loop } = reel;
    const props = reel.props ?? this.host.props();
    const [, height, width] = props.dataset.shape;
    const scale = Math.max(1, Math.round(SIDES[reel.side] / Math.max(height, width)));
    const told = keyframes.map(({ recipe, seconds }) => ({ seconds, recipe }));
    return { width, height, scale, rate, loop, frames: framesOf(keyframes, rate), recipe: JSON.stringify({ ...keyframes[0]?.recipe, film: told, loop }) };
  }

  /** @param {string} sentence */
  tell(sentence) {
    say(this.said, sentence);
  }

  // Making it

  async work() {
    if (this.run) return;
    const why = filmless(reel.keyframes, reel.rate);
    if (why) return this.tell(why);
    const kind = KINDS[reel.kind];
    const film = this.film();
    const keyframes = reel.keyframes.map((keyframe) => ({ ...keyframe }));
    const props = /** @type {BlendProps} */ (reel.props);
    const of = { classes: blendable(props), latent: props.model.latent };
    const { width, height, scale, frames, rate, loop } = film;
    // Smooth pictures are enlarged before they are written; no colour lies outside those of the small ones.
    const smooth = chosen(props.dataset.enlarge) === "smooth" && scale > 1;
    this.run = new FilmRun({
      kind,
      film: smooth ? { ...film, width: width * scale, height: height * scale, scale: 1, smooth } : film,
      picture: async (i) => rgbOf(await this.studio.picture(props, valuesAt(keyframes, i / rate, loop, of)), props.dataset.shape),
      finish: (pixels) => (smooth ? smoothed(pixels, width, height, scale) : pixels),
      told: (done) => {
        this.bar.value = done / frames;
        say(this.said, t("Picture {place} of {frames}", { place: done, frames }));
      },
    });
    this.begin();
    try {
      const file = await this.run.make();
      const names = new Set(keyframes.flatMap(({ recipe }) => Object.keys(recipe.w)));
      if (file) this.present(file, kind, [...names].slice(0, 6));
      else this.tell(t("The film was given up."));
    } catch (error) {
      this.tell(error.message);
    } finally {
      this.end();
    }
  }

  begin() {
    this.bar.value = 0;
    this.said.removeAttribute("role"); // every picture would be spoken
    announce(t("The film is being made."));
    changing(this.element, () => {
      this.bar.hidden = this.cancel.hidden = false;
      this.make.hidden = true;
    }, () => this.cancel);
  }

  end() {
    this.run = undefined;
    this.said.setAttribute("role", "status");
    announce(this.said.textContent ?? "");
    changing(this.element, () => {
      this.bar.hidden = this.cancel.hidden = true;
      this.make.hidden = false;
    }, () => this.make);
  }

  /**
   * Shows the film, and offers it.
   * @param {Blob} file
   * @param {import("../ui/film_file.js").Kind} kind
   * @param {string[]} names of the classes in it
   */
  present(file, kind, names) {
    URL.revokeObjectURL(this.url);
    this.url = addressOf(file);
    const name = t("Film of {names}", { names: list(names.map(className)) });
    const video = file.type.startsWith("video");
    const shown = video
      ? h("video", { src: this.url, controls: true, loop: true, muted: true, playsinline: true, autoplay: !calm(), "aria-label": name })
      : h("img", { src: this.url, alt: name });
    const still = calm() && !video; // pictures that move cannot be stopped
    const play = h("button", { type: "button", onclick: () => play.replaceWith(shown) }, t("Play it"));
    const save = h("button", { type: "button", class: "strong", onclick: () => saveFile(file, `medley-film-${names.join("-")}.${kind.ending}`) }, t("Save the film ({size})", { size: sizeOf(file) }));
    this.result.replaceChildren(still ? play : shown, save);
    this.tell(t("The film is ready: {size}.", { size: sizeOf(file) }));
  }

  dispose() {
    this.run?.stop();
    URL.revokeObjectURL(this.url);
  }
}

/** @param {import("../engine/props.js").RecipeProps} recipe */
function wordsOf({ w }) {
  const total = Object.values(w).reduce((sum, amount) => sum + amount, 0);
  const amounts = Object.values(w);
  return mixture(Object.keys(w).map(className), amounts.map((amount) => (total > 0 ? amount / total : 1 / amounts.length)));
}

/** @param {Blob} file */
function sizeOf({ size }) {
  return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${decimals(size / 1e6, 1)} MB`;
}
