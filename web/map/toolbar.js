// The controls above the map: which map, in how many dimensions, over which axes, and what is drawn on it.

import { el } from "./dom.js";
import { MAPS } from "./layout.js";

const AXES = ["Horizontal axis", "Vertical axis", "Depth axis"];

export class Toolbar {
  /** @param {(change: object) => void} change is told what the visitor chose, e.g. {projection: "umap"} */
  constructor(change) {
    const pressed = (key, value, text) =>
      el("button", { type: "button", "aria-pressed": "false", "data-key": key, "data-value": value, on: { click: () => change({ [key]: value }) } }, text);
    this.maps = MAPS.map(({ name, title }) => pressed("projection", name, title));
    this.dims = [2, 3].map((dims) => pressed("dims", dims, `${dims}-D`));
    this.axes = AXES.map((name, i) => {
      const select = el("select", { "aria-label": name, on: { change: () => change({ axis: [i, Number(select.value)] }) } });
      return select;
    });
    this.pictures = el("input", { type: "checkbox", on: { change: () => change({ pictures: this.pictures.checked }) } });
    this.blend = el("input", { type: "checkbox", on: { change: () => change({ marker: this.blend.checked }) } });
    this.axesBox = el("div", { class: "axes", role: "group", "aria-label": "Axes" }, ...this.axes.map((select, i) => el("label", {}, el("span", {}, "xyz"[i]), select)));
    this.element = el(
      "div",
      { class: "toolbar" },
      el("div", { class: "segments", role: "group", "aria-label": "Projection" }, ...this.maps),
      el("div", { class: "segments", role: "group", "aria-label": "Dimensions" }, ...this.dims),
      this.axesBox,
      el("span", { class: "spring" }),
      el("label", { class: "switch" }, this.pictures, el("span", {}, "Pictures as points")),
      el("label", { class: "switch" }, this.blend, el("span", {}, "Show the blend")),
    );
  }

  /** Shows the present choice. */
  show(view, latent) {
    for (const button of [...this.maps, ...this.dims]) {
      button.setAttribute("aria-pressed", String(String(view[button.dataset.key]) === button.dataset.value));
    }
    const flat = view.projection === "raw" && latent < 3;
    this.dims[1].disabled = flat;
    this.dims[1].title = flat ? `This model's latent has only ${latent} dimensions.` : "";
    this.axesBox.hidden = view.projection !== "raw";
    this.axes.forEach((select, i) => {
      if (select.options.length !== latent) {
        select.replaceChildren(...Array.from({ length: latent }, (_, axis) => el("option", { value: axis }, `z ${axis + 1}`)));
      }
      select.value = String(view.axes[i] ?? 0);
      select.parentElement.hidden = i >= view.dims;
    });
    this.pictures.checked = view.pictures;
    this.blend.checked = view.marker;
  }
}
