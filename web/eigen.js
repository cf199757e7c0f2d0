// The Eigen-images page's live part.

import { EigenPage } from "./eigen/page.js";
import { mounting } from "./ui/mounting.js";

/** @typedef {import("./engine/props.js").EigenProps} EigenProps */

export default mounting({
  page: "eigen",
  known: (/** @type {EigenProps} */ data) => ({ k: data.recipe.k }),
  open: (place) => new EigenPage(place),
  take: (page, { data, left, send }) => {
    page.send = (name, value) => send(name, value, name === "k" ? value.k : undefined);
    page.take(left.k ? { ...data, recipe: { ...data.recipe, k: left.k } } : data);
    if (left.k && left.k !== data.recipe.k) page.telling.now();
  },
  stop: (page) => page.stop(),
});
