// A blend in a notebook (latent_core/notebook.py): the mixer, its files from the kernel, and its recipe in step with
// Python's. This is what anywidget imports.

import { Controller } from "./blend/controller.js";
import { saveButton } from "./blend/saving.js";
import { hold } from "./engine/held.js";
import { language, t } from "./engine/language.js";
import { h } from "./ui/dom.js";
import { same } from "./ui/history.js";
import { surface } from "./ui/surface.js";

/**
 * @typedef {object} Model the widget in Python, as anywidget hands it over
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(name: string, listener: () => void) => void} on
 * @property {(name: string, listener: () => void) => void} off
 */

/**
 * Shows the mixer.
 * @param {{model: Model, el: HTMLElement}} given
 * @returns {Promise<() => void>} takes it away again
 */
export async function render({ model, el }) {
  const mixer = h("div", { class: "medley", "data-ready": "" }, h("p", { role: "status" }, t("Opening the mixer …")));
  const keep = h("div", { class: "medley widget-keep" });
  // Keys that are pressed in the mixer are no shortcuts of the notebook, and neither's styles are the other's.
  const place = h("div", { class: "medley-widget", lang: language.code, dir: language.direction, "data-lm-suppress-shortcuts": "true" });
  place.attachShadow({ mode: "open" }).append(h("style", {}, model.get("_style")), mixer, keep);
  el.append(place);

  const files = model.get("_files");
  try {
    await hold((name) => (Object.hasOwn(files, name) ? bytesOf(files[name]) : undefined));
  } catch {
    mixer.textContent = t("This browser cannot open the mixer: it needs one of 2023 or later.");
    return () => place.remove();
  }
  const props = /** @type {import("./engine/props.js").BlendProps} */ (model.get("_props"));
  const recipe = model.get("recipe");
  surface(mixer, props.dataset);
  const controller = new Controller(mixer, { ...props, recipe, picture: same(recipe, props.recipe) ? props.picture : "" }, { alone: true, guest: true });
  keep.append(saveButton(controller));
  controller.session.send = (settled) => {
    if (same(settled, model.get("recipe"))) return;
    model.set("recipe", settled);
    model.save_changes();
  };
  const follow = () => {
    const wanted = model.get("recipe");
    if (!same(wanted, controller.session.shared)) controller.show(wanted);
  };
  model.on("change:recipe", follow);
  return () => {
    model.off("change:recipe", follow);
    controller.dispose();
    place.remove();
  };
}

/** Bytes as a notebook hands them over. @param {DataView|ArrayBuffer|Uint8Array} given */
function bytesOf(given) {
  return /** @type {Uint8Array<ArrayBuffer>} */ (given instanceof ArrayBuffer ? new Uint8Array(given) : new Uint8Array(given.buffer, given.byteOffset, given.byteLength));
}
