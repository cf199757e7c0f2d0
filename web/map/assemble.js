// How the map's parts stand on the page: controls above, the map with its corners, legend and details beside it.

import { el } from "./dom.js";
import { HELP } from "./keys.js";

/** Puts the explorer's parts into `root`, and makes the small ones that need no file of their own. */
export function assemble(map, root) {
  map.count = el("p", { class: "count" });
  map.loading = el("p", { class: "loading", role: "status" }, "Loading the map");
  map.live = el("p", { class: "aloud", role: "status", "aria-live": "polite" });
  const help = el("dl", {}, ...HELP.flatMap(([keys, text]) => [el("dt", {}, keys), el("dd", {}, text)]));
  map.surface = el("div", { class: "surface", tabindex: 0, role: "application", "aria-label": "Map", "aria-roledescription": "map of pictures", "aria-describedby": "map-keys" });
  map.frame = el("div", { class: "stage" }, map.stage.points, map.stage.marks, map.surface, map.tools.left, map.tools.right, map.count, map.loading, map.card.element);
  const keys = el("details", { class: "keys" }, el("summary", { id: "map-keys" }, "Keys for this map"), help);
  const side = el("div", { class: "side" }, map.legend.element, map.inspector.element, keys);
  root.replaceChildren(map.toolbar.element, el("div", { class: "body" }, map.frame, side), map.live);
}
