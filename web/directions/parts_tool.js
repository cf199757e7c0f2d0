// Coarse from one, fine from another: each named part of the latent from a thing of its own, where a model has such parts.

import { t } from "../engine/language.js";
import { h, say } from "../ui/dom.js";
import { list } from "../engine/sentences.js";
import { drawing } from "./cells.js";
import { thingAfter } from "./things.js";
import { ThingField } from "./thing_field.js";
import { noParts } from "./words.js";

/** @typedef {import("../engine/props.js").DirectionsChoice} View */

export class PartsTool {
  /** @type {"parts"} */
  name = "parts";
  title = t("Part by part");

  /** @param {import("./page.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.lead = h("p");
    this.list = h("div", { class: "directions-parts" });
    this.stay = h("button", { type: "button", onclick: () => this.desk.standAt(this.at(this.desk.view)) }, t("Go on from here"));
    this.element = h("div", { class: "directions-tool" }, this.lead, this.list, h("div", { class: "directions-buttons" }, this.stay));
    /** @type {ThingField[]} */
    this.fields = [];
    /** @type {HTMLCanvasElement[]} */
    this.canvases = [];
  }

  get blocks() {
    return this.desk.props.blocks;
  }

  about() {
    const { props, tokens } = this.desk;
    const { blocks, parted } = props;
    const parts = { names: list(blocks.map(({ name }) => name)) };
    const told = blocks.length === 1
      ? t("This model tells a picture by a part with a name: {names}. Take each from another class, and see who decides what.", parts)
      : t("This model tells a picture by parts with names: {names}. Take each from another class, and see who decides what.", parts);
    say(this.lead, blocks.length ? told : noParts(parted));
    this.fields = blocks.map(({ name }, i) => new ThingField(t("{part} from", { part: capital(name) }), [], (token) => this.set(i, token)));
    this.canvases = blocks.map(() => h("canvas", { "aria-hidden": "true", width: 1, height: 1 }));
    for (const field of this.fields) field.about(tokens, props.rows);
    this.list.replaceChildren(...this.fields.map(({ element }, i) => h("div", { class: "directions-part" }, element, this.canvases[i])));
    this.stay.hidden = !blocks.length;
  }

  /** @param {number} i @param {string} token */
  set(i, token) {
    this.desk.move((view) => (view.parts[i] = token));
    this.desk.settle();
  }

  /** @param {View} view */
  show({ parts }) {
    this.fields.forEach((field, i) => field.show(parts[i]));
  }

  /** @param {View} view */
  words(view) {
    if (!this.blocks.length) return "";
    return `${capital(list(this.blocks.map(({ name }, i) => t("{part} from {thing}", { part: name, thing: thingAfter(view.parts[i]) }))))}.`;
  }

  /** The latent of them together; null while one is not here. @param {View} view */
  at({ parts }) {
    const things = parts.map((token) => this.desk.space.at(token));
    return things.length && things.every(Boolean) ? together(things, this.blocks) : null;
  }

  /** @param {View} view */
  async picture(view) {
    if (!this.blocks.length) return this.desk.here();
    const z = this.at(view);
    return z && this.desk.space.decode([z]);
  }

  /** The things themselves, small. @param {View} view */
  jobs({ parts }) {
    const { space } = this.desk;
    const things = parts.map((token) => space.at(token));
    if (!things.length || !things.every(Boolean)) return [];
    return [drawing("parts", this.canvases, (from, count) => space.decode(things.slice(from, from + count)), space.shape)];
  }
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/**
 * A latent with each part from a latent of its own, and what is in no part from the first.
 * @param {Float32Array[]} things as many as blocks
 * @param {import("../engine/props.js").BlockProps[]} blocks
 */
export function together(things, blocks) {
  const z = things[0].slice();
  blocks.forEach(({ start, end }, i) => z.set(things[i].subarray(start, end), start));
  return z;
}
