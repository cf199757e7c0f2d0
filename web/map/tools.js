// What a drag does (move, decode, box, lasso) and the zoom buttons, laid over the map's corners.

import { el, icon } from "./dom.js";

const MODES = [
  { name: "move", title: "Move", tip: "Drag to move or turn the map; click a point to look closer, an empty place to decode it", paths: ["M10 2v16M2 10h16M10 2L7.5 4.5M10 2l2.5 2.5M10 18l-2.5-2.5M10 18l2.5-2.5M2 10l2.5-2.5M2 10l2.5 2.5M18 10l-2.5-2.5M18 10l-2.5 2.5"] },
  { name: "decode", title: "Decode here", tip: "Drag anywhere: the picture that the model imagines there", paths: ["M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z", "M10 1v5M10 14v5M1 10h5M14 10h5"] },
  { name: "box", title: "Box", tip: "Drag a box around points to select them", paths: ["M3.5 4.5h13v11h-13z"] },
  { name: "lasso", title: "Lasso", tip: "Draw around points to select them", paths: ["M10 3.5c4.5 0 7.5 2 7.5 4.8S14.5 13 10 13s-7.5-2-7.5-4.700S5.5 3.5 10 3.5z", "M6 12.5c-1.5 1.5-1 4.5 1.5 5"] },
];

export class Tools {
  /** @param {{mode(name), zoom(factor), fit()}} on */
  constructor(on) {
    this.modes = MODES.map(({ name, title, tip, paths }) =>
      el("button", { type: "button", "aria-pressed": "false", "aria-label": title, "data-mode": name, title: tip, on: { click: () => on.mode(name) } }, icon(...paths), el("span", {}, title)),
    );
    this.left = el("div", { class: "tools", role: "group", "aria-label": "What a drag does" }, ...this.modes);
    this.right = el(
      "div",
      { class: "zoom", role: "group", "aria-label": "Zoom" },
      el("button", { type: "button", "aria-label": "Zoom in", title: "Zoom in (+)", on: { click: () => on.zoom(1.5) } }, "+"),
      el("button", { type: "button", "aria-label": "Zoom out", title: "Zoom out (-)", on: { click: () => on.zoom(1 / 1.5) } }, "−"),
      el("button", { type: "button", title: "Show everything (0)", on: { click: () => on.fit() } }, "Fit"),
    );
  }

  show(mode, dims) {
    for (const button of this.modes) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
      if (button.dataset.mode !== "move") continue;
      button.lastChild.textContent = dims === 3 ? "Turn" : "Move";
      button.setAttribute("aria-label", button.lastChild.textContent);
    }
  }
}
