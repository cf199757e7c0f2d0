// Settings that are saved under a name in this browser: they outlive a reload, and searches put what they find here.

import { t, written } from "../engine/language.js";
import { h, say } from "../ui/dom.js";
import { changing } from "../ui/focus.js";
import { browser } from "../ui/store.js";
import { alikeness, percent } from "./reading.js";

const KEY = "medley-generators";
const SEEN = "medley-generators-seen";
const MOST = 60;
const FAMILIES = { diagonal: t("diagonal"), full_covariance: t("full covariance"), mixture: t("mixture"), code_by_code: t("code by code") };

export class SavedSettings {
  /**
   * @param {{now: () => object, load: (one: object) => void, blend: (one: object) => void}} told now gives what would be
   *   kept: {slug, title, family, tau, mode, theta, n, pattern, cosine, right}
   */
  constructor(told) {
    this.told = told;
    this.name = h("input", { type: "text", maxlength: 60, "aria-label": t("Name of this setting"), placeholder: t("Name of this setting") });
    const keep = h("button", { type: "submit" }, t("Keep it"));
    const form = h("form", { class: "saved-keep" }, this.name, keep);
    form.onsubmit = (event) => {
      event.preventDefault();
      this.add({ ...this.told.now(), name: this.name.value.trim().slice(0, 60) || this.suggestion });
      this.name.value = "";
    };
    this.list = h("ul", { class: "saved-list" });
    this.spoken = h("p", { class: "quiet", role: "status" });
    this.element = h(
      "section",
      { class: "card saved", "aria-label": t("Kept settings") },
      h("header", {}, h("h2", {}, t("Kept settings")), h("button", { type: "button", onclick: () => this.told.blend(null) }, t("Send to Blend"))),
      h("p", { class: "quiet" }, t("“Send to Blend” opens the Blend page with this theta. What you keep stays in this browser.")),
      form,
      this.list,
      this.spoken,
    );
  }

  get suggestion() {
    const { title, cosine } = this.told.now();
    return cosine === undefined ? title : t("{title}, {alike} alike", { title, alike: alikeness(cosine) });
  }

  /** What a search has found is kept once, also when the page is opened again. @param {object|null} found with an id */
  receive(found) {
    if (!found || read(SEEN).includes(found.id)) return;
    write(SEEN, [...read(SEEN), found.id].slice(-MOST));
    this.add(found);
  }

  /** All that is kept, of every model. */
  kept() {
    return read(KEY);
  }

  add(one) {
    const others = read(KEY).filter((held) => held.name !== one.name || held.slug !== one.slug);
    const saved = write(KEY, [one, ...others].slice(0, MOST));
    say(this.spoken, saved ? t("Kept as “{name}”.", { name: one.name }) : t("This browser keeps nothing, so the setting is gone after a reload; its link keeps it too."));
    this.show();
  }

  show(slug = this.slug) {
    this.slug = slug;
    const all = read(KEY);
    changing(this.list, () => this.list.replaceChildren(...all.map((one) => this.item(one, all))), () => this.name);
  }

  item(one, all) {
    const facts = [one.slug === this.slug ? "" : one.slug, FAMILIES[one.family] ?? one.family, one.tau === null ? "" : t("tau {tau}", { tau: written(one.tau) }), one.right === undefined ? "" : t("{share} right", { share: percent(one.right) }), one.cosine === undefined ? "" : t("{alike} alike", { alike: alikeness(one.cosine) })];
    const button = (title, name, act) => h("button", { type: "button", "aria-label": name, onclick: act }, title);
    const drop = () => {
      write(KEY, all.filter((held) => held !== one));
      say(this.spoken, t("“{name}” is deleted.", { name: one.name }));
      this.show();
      this.name.focus();
    };
    return h(
      "li",
      {},
      h("span", { class: "saved-what" }, h("b", {}, one.name), h("span", { class: "quiet" }, facts.filter(Boolean).join(" · "))),
      h("span", { class: "saved-acts" }, button(t("Load"), t("Load {name}", one), () => this.told.load(one)), button(t("Send to Blend"), t("Send to Blend {name}", one), () => this.told.blend(one)), button(t("Delete"), t("Delete {name}", one), drop)),
    );
  }
}

/** A list out of the browser's store; anything else that is there counts as empty. */
function read(key) {
  try {
    const held = JSON.parse(browser.read(key) ?? "[]");
    return Array.isArray(held) ? held.filter((one) => typeof one === "string" || sound(one)) : [];
  } catch {
    return [];
  }
}

/** Whether the list is still there after a reload. */
function write(key, list) {
  return browser.write(key, JSON.stringify(list));
}

function sound(one) {
  return one && typeof one === "object" && ["name", "slug", "family", "mode", "pattern"].every((key) => typeof one[key] === "string") && Number.isFinite(one.theta) && Number.isFinite(one.n);
}
