// From one picture to another, step by step, along one of three ways; the strip of them can be saved.

import { t } from "../engine/language.js";
import { alongWay, between } from "../engine/paths.js";
import { short } from "../engine/numbers.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { saveFile } from "../ui/downloads.js";
import { sheetFile } from "../ui/png.js";
import { drawing } from "./cells.js";
import { BLEND, HERE, fileWords, thingAfter } from "./things.js";
import { ThingField } from "./thing_field.js";
import { NO_WAY, WAYS, percentage } from "./words.js";

const FRAMES = 9;
const SCALE = 4; // saved pixels for each of the picture's, each way
const TITLES = { straight: t("Straight"), sphere: t("Around"), data: t("Along the data") };

/** @typedef {import("../engine/props.js").DirectionsChoice} View */

export class MorphTool {
  /** @type {"morph"} */
  name = "morph";
  title = t("From one to another");

  /** @param {import("./page.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.begin = new ThingField(t("From"), [BLEND, HERE], (begin) => this.set({ begin }));
    this.end = new ThingField(t("To"), [BLEND, HERE], (end) => this.set({ end }));
    this.ways = Object.entries(TITLES).map(([way, title]) => h("button", { type: "button", onclick: () => this.set({ way: /** @type {View["morph"]["way"]} */ (way) }) }, title));
    this.told = h("p", { class: "quiet" });
    this.dial = new Dial(
      { name: t("How far"), exact: t("How far, exactly"), min: 0, max: 1, step: 0.01 },
      (at, event) => desk.move((view) => (view.morph.at = short(at)), event),
      () => desk.settle(),
    );
    this.shares = Array.from({ length: FRAMES }, (_, i) => short(i / (FRAMES - 1)));
    this.canvases = this.shares.map(() => h("canvas", { "aria-hidden": "true", width: 1, height: 1 }));
    const buttons = this.canvases.map((canvas, i) =>
      h("button", { type: "button", class: "directions-preview", tabindex: "-1", "aria-label": percentage(this.shares[i]), onclick: () => this.set({ at: this.shares[i] }) }, canvas),
    );
    this.saving = h("button", { type: "button", onclick: () => this.save() }, t("Save the strip as PNG"));
    this.element = h(
      "div",
      { class: "directions-tool" },
      h("p", {}, t("Watch one thing become another. Slide, or press a picture of the strip.")),
      h("div", { class: "directions-row" }, this.begin.element, this.end.element),
      h("div", { class: "directions-way" }, h("div", { class: "switch", role: "group", "aria-label": t("Which way") }, ...this.ways), this.told),
      this.dial.element,
      h("div", { class: "directions-previews directions-strip" }, ...buttons),
      h("div", { class: "directions-buttons" }, this.saving, this.stay()),
    );
    /** The way along the data that was found last. @type {{key: string, points: Float32Array[]|null}|null} */
    this.found = null;
  }

  stay() {
    return h("button", { type: "button", onclick: async () => this.desk.standAt(await this.at(this.desk.view, this.desk.view.morph.at)) }, t("Go on from here"));
  }

  /** @param {Partial<View["morph"]>} change */
  set(change) {
    this.desk.move((view) => Object.assign(view.morph, change));
    this.desk.settle();
  }

  about() {
    const { props, tokens } = this.desk;
    for (const field of [this.begin, this.end]) field.about(tokens, props.rows);
    this.found = null;
  }

  /** @param {View} view */
  show({ morph }) {
    this.begin.show(morph.begin);
    this.end.show(morph.end);
    this.ways.forEach((button, i) => button.setAttribute("aria-pressed", String(Object.keys(TITLES)[i] === morph.way)));
    this.dial.show(morph.at);
    this.dial.explain("", percentage(morph.at));
    const { neighbourhood } = this.desk.space ?? {};
    const growing = morph.way === "data" && neighbourhood && !neighbourhood.whole;
    const lost = morph.way === "data" && this.found && !this.found.points;
    say(this.told, growing ? t("Looking for a way through real pictures …") : lost ? NO_WAY : WAYS[morph.way]);
  }

  /** @param {View} view */
  words({ morph }) {
    return t("{share} of the way from {begin} to {end}.", { share: percentage(morph.at), begin: thingAfter(morph.begin), end: thingAfter(morph.end) });
  }

  /** The ends; null while they are not here. @param {View} view */
  ends({ morph }) {
    const { space } = this.desk;
    const at = (token) => (token === HERE ? this.desk.place() : space.at(token));
    const [begin, end] = [at(morph.begin), at(morph.end)];
    return begin && end && { begin, end };
  }

  /**
   * The latent at a share of the way; null while it is not known.
   * @param {View} view
   * @param {number} share
   * @returns {Promise<Float32Array|null>}
   */
  async at(view, share) {
    const ends = this.ends(view);
    if (!ends) return null;
    const { begin, end } = ends;
    if (share === 0 || share === 1) return share ? end : begin;
    if (view.morph.way === "sphere") return this.desk.space.onSphere(begin, end, share);
    if (view.morph.way === "straight") return between(begin, end, share);
    const way = this.way(begin, end);
    return way === undefined ? null : way ? alongWay(way, share) : between(begin, end, share);
  }

  /** The way along the data; null where there is none, undefined while it is not known. */
  way(begin, end) {
    const { neighbourhood } = this.desk.space;
    if (!neighbourhood?.whole) return undefined;
    const key = `${begin.join()} ${end.join()}`;
    if (this.found?.key !== key) {
      this.found = { key, points: neighbourhood.way(begin, end) };
      this.show(this.desk.view);
    }
    return this.found.points;
  }

  /** @param {View} view */
  async picture(view) {
    const z = await this.at(view, view.morph.at);
    return z && this.desk.space.decode([z]);
  }

  /** @param {View} view */
  jobs(view) {
    const { space } = this.desk;
    const { neighbourhood } = space;
    const strip = drawing("morph", this.canvases, (from, count) => this.frames(view, this.shares.slice(from, from + count)), space.shape);
    if (!this.ends(view)) return [];
    if (view.morph.way !== "data" || neighbourhood?.whole) return [strip];
    if (!neighbourhood) return [];
    const growing = async (room) => {
      if (!neighbourhood.grow(room)) return false;
      this.show(this.desk.view);
      this.desk.again();
      return true;
    };
    return [{ name: "neighbourhood", step: growing }];
  }

  /** @param {View} view @param {number[]} shares */
  async frames(view, shares) {
    const places = [];
    for (const share of shares) places.push(await this.at(view, share));
    return this.desk.space.decode(places);
  }

  /** Saves the strip, each picture as it is and larger. */
  async save() {
    const { view, space } = this.desk;
    if (!space || !this.ends(view) || (await this.at(view, 0.5)) === null) return this.desk.say(t("The strip is not ready yet. Try again in a moment."));
    const pictures = await this.frames(view, this.shares);
    const { morph } = view;
    const name = `${fileWords(morph.begin)} to ${fileWords(morph.end)}`;
    saveFile(await sheetFile(pictures, space.shape, FRAMES, SCALE, { link: location.href }), `${name}.png`);
    this.desk.say(t("The strip was saved."));
  }
}
