// The card "Theta as a picture": presets, brush, the painted grid, and the way back.

import { t } from "../engine/language.js";
import { announce } from "../ui/announcer.js";
import { Dial } from "../ui/dial.js";
import { h, say } from "../ui/dom.js";
import { FORMS } from "./paper.js";
import { ThetaGrid } from "./theta_grid.js";

const PRESETS = [
  ["simple", FORMS.simple, t("One number for every class and dimension, the variety itself. Choose Medium1 or Medium2 to paint.")],
  ["medium1", FORMS.medium1, t("One number a dimension: painting a cell paints its column for every class.")],
  ["medium2", FORMS.medium2, t("One number a dimension and class: painting a cell changes that class alone.")],
];

export class ThetaCard {
  constructor(move, settle) {
    this.brush = new Dial({ name: t("Paint with"), exact: t("Percentage to paint with"), min: 0, max: 100, step: 5, low: t("0 %: none of the variety"), high: t("100 %: all of it") }, () => {}, () => {});
    this.brush.show(0);
    this.grid = new ThetaGrid(move, settle, () => this.brush.value);
    const radios = PRESETS.map(([name, title]) => {
      const choose = (event) => {
        move((setting) => setting.choose(name), event);
        settle();
      };
      return h("label", {}, h("input", { type: "radio", name: "mode", value: name, onchange: choose }), ` ${title}`);
    });
    this.presets = h("div", { class: "theta-modes", role: "radiogroup", "aria-label": t("How many numbers theta is") }, ...radios);
    this.meaning = h("p", { class: "quiet" });
    this.reset = h("button", {
      type: "button",
      onclick: (event) => {
        move((setting) => setting.reset(), event);
        announce(t("The pattern is gone: every cell is the variety itself."));
        settle();
      },
    }, t("Reset the pattern"));
    this.note = h("p", { class: "quiet" });
    this.element = h(
      "section",
      { class: "card theta", "aria-label": t("Theta as a picture") },
      h("header", {}, h("h2", {}, t("Theta as a picture")), this.reset),
      this.presets,
      this.meaning,
      this.grid.element,
      h("div", { class: "theta-legend quiet", "aria-hidden": "true" }, h("span", {}, t("theta 0")), h("i"), h("span", {}, "1")),
      this.brush.element,
      h("p", { class: "quiet" }, t("Press or drag to paint. With the keyboard: arrows move, + and − change a cell, Enter paints it.")),
      this.note,
    );
  }

  choose(classes, latent, dead) {
    this.grid.choose(classes, latent, dead);
    const count = dead ? [...dead].filter(Boolean).length : 0;
    say(this.note, count ? t("{count} of {latent} dimensions say nothing in this model (grey): painting them changes next to nothing.", { count, latent }) : "");
    this.note.hidden = !count;
  }

  show(setting) {
    for (const radio of this.presets.querySelectorAll("input")) radio.checked = radio.value === setting.mode;
    say(this.meaning, PRESETS.find(([name]) => name === setting.mode)[2]);
    this.reset.setAttribute("aria-disabled", String(!setting.cells));
    this.grid.show(setting);
  }
}
