// The map's controls: which map above it; what a drag does, and the zoom, over its corners.

import { t } from "../engine/language.js";
import { h, svg } from "../ui/dom.js";
import { MAPS } from "./layout.js";

/**
 * @import { MapChoice } from "../engine/props.js"
 * @import { Tool } from "./state.js"
 */

const AXES = [t("Horizontal axis"), t("Vertical axis"), t("Depth axis")];

/** @type {{name: Tool, title: string, tip: string, paths: string[]}[]} */
const TOOLS = [
  { name: "move", title: t("Move"), tip: t("Drag to move or turn the map; click a point to look closer, an empty place to decode it"), paths: ["M10 2v16M2 10h16M10 2L7.5 4.5M10 2l2.5 2.5M10 18l-2.5-2.5M10 18l2.5-2.5M2 10l2.5-2.5M2 10l2.5 2.5M18 10l-2.5-2.5M18 10l-2.5 2.5"] },
  { name: "decode", title: t("Decode here"), tip: t("Drag anywhere: the picture that the model imagines there"), paths: ["M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z", "M10 1v5M10 14v5M1 10h5M14 10h5"] },
  { name: "box", title: t("Box"), tip: t("Drag a box around points to select them"), paths: ["M3.5 4.5h13v11h-13z"] },
  { name: "lasso", title: t("Lasso"), tip: t("Draw around points to select them"), paths: ["M10 3.5c4.5 0 7.5 2 7.5 4.8S14.5 13 10 13s-7.5-2-7.5-4.700S5.5 3.5 10 3.5z", "M6 12.5c-1.5 1.5-1 4.5 1.5 5"] },
];

/** Projection, dimensions, axes, and what is drawn on the map. */
export class ViewControls {
  /** @param {(change: Partial<MapChoice>) => void} onChange told what the visitor chose, e.g. {projection: "umap"} */
  constructor(onChange) {
    const choice = (key, value, text) =>
      h("button", { type: "button", "aria-pressed": "false", "data-key": key, "data-value": value, onclick: () => onChange({ [key]: value }) }, text);
    this.maps = MAPS.map(({ name, title }) => choice("projection", name, title));
    this.dims = [2, 3].map((dims) => choice("dims", dims, t("{dims}-D", { dims })));
    this.axes = AXES.map((name) => h("select", { "aria-label": name, onchange: () => onChange({ axes: this.axes.map((select) => Number(select.value)) }) }));
    this.pictures = h("input", { type: "checkbox", onchange: () => onChange({ pictures: this.pictures.checked }) });
    this.marker = h("input", { type: "checkbox", onchange: () => onChange({ marker: this.marker.checked }) });
    this.axesBox = h("div", { class: "map-axes", role: "group", "aria-label": t("Axes"), hidden: true }, ...this.axes.map((select, i) => h("label", {}, h("span", {}, "xyz"[i]), select)));
    this.element = h(
      "div",
      { class: "map-toolbar" },
      h("div", { class: "map-segments", role: "group", "aria-label": t("Projection") }, ...this.maps),
      h("div", { class: "map-segments", role: "group", "aria-label": t("Dimensions") }, ...this.dims),
      this.axesBox,
      h("span", { class: "map-spring" }),
      h("label", { class: "map-switch" }, this.pictures, h("span", {}, t("Pictures as points"))),
      h("label", { class: "map-switch" }, this.marker, h("span", {}, t("Show the blend"))),
    );
  }

  /** Shows the present choice. @param {MapChoice} view @param {number} latent dimensions of the model's latent */
  show(view, latent) {
    for (const button of [...this.maps, ...this.dims]) {
      button.setAttribute("aria-pressed", String(String(view[button.dataset.key]) === button.dataset.value));
    }
    const flat = view.projection === "raw" && latent < 3;
    this.dims[1].disabled = flat;
    this.dims[1].title = flat ? t("This model's latent has only {latent} dimensions.", { latent }) : "";
    this.axesBox.hidden = view.projection !== "raw";
    this.axes.forEach((select, i) => {
      if (select.options.length !== latent) {
        select.replaceChildren(...Array.from({ length: latent }, (_, axis) => h("option", { value: axis }, `z ${axis + 1}`)));
      }
      select.value = String(view.axes[i] ?? 0);
      select.parentElement.hidden = i >= view.dims;
    });
    this.pictures.checked = view.pictures;
    this.marker.checked = view.marker;
  }
}

/** The tools, one of which is on. */
export class ToolControls {
  /** @param {(tool: Tool) => void} onTool */
  constructor(onTool) {
    this.buttons = TOOLS.map(({ name, title, tip, paths }) =>
      h("button", { type: "button", "aria-pressed": "false", "aria-label": title, "data-tool": name, title: tip, onclick: () => onTool(name) }, icon(paths), h("span", {}, title)),
    );
    this.element = h("div", { class: "map-tools", role: "group", "aria-label": t("What a drag does") }, ...this.buttons);
  }

  /** Shows which tool is on; in 3-D the first one turns the map. @param {Tool} tool @param {number} dims */
  show(tool, dims) {
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
      if (button.dataset.tool !== "move") continue;
      button.lastChild.textContent = dims === 3 ? t("Turn") : t("Move");
      button.setAttribute("aria-label", button.lastChild.textContent);
    }
  }
}

/** A tool in words, for those who do not see its button. @param {Tool} tool */
export function toolWords(tool) {
  const { title, tip } = TOOLS.find(({ name }) => name === tool);
  return `${title}. ${tip}.`;
}

/** Zoom in, zoom out, fit. @param {(factor: number) => void} onZoom @param {() => void} onFit */
export function zoomControls(onZoom, onFit) {
  return h(
    "div",
    { class: "map-zoom", role: "group", "aria-label": t("Zoom") },
    h("button", { type: "button", "aria-label": t("Zoom in"), title: t("Zoom in (+)"), onclick: () => onZoom(1.5) }, "+"),
    h("button", { type: "button", "aria-label": t("Zoom out"), title: t("Zoom out (-)"), onclick: () => onZoom(1 / 1.5) }, "−"),
    h("button", { type: "button", title: t("Show everything (0)"), onclick: onFit }, t("Fit")),
  );
}

/** A 20 x 20 line icon; it carries no name, its button does. */
function icon(paths) {
  return svg("svg", { viewBox: "0 0 20 20", class: "map-icon", "aria-hidden": "true" }, ...paths.map((d) => svg("path", { d })));
}
