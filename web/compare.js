// The Compare page's live part.

import { ComparePage } from "./compare/page.js";
import { same } from "./ui/history.js";
import { mounting } from "./ui/mounting.js";

/** @typedef {import("./engine/props.js").CompareProps} CompareProps */

/** What the page tells the server. @param {import("./ui/mounting.js").Send} send */
const telling = (send) => (/** @type {string} */ name, /** @type {any} */ value) => send(name, value, name === "settled" ? value.recipe : undefined);

export default mounting({
  page: "compare",
  known: (/** @type {CompareProps} */ data) => ({ settled: data.recipe }),
  open: (place, { data, left: { settled: left }, send }) => {
    const fits = left?.data === data.recipe.data && left.model === data.recipe.model;
    return new ComparePage(place, fits ? { ...data, recipe: left } : data, telling(send));
  },
  take: (page, { data, left: { settled: left }, send, first }) => {
    page.send = telling(send);
    if (!first) page.take(data);
    else if (left && !same(left, data.recipe)) page.send("settled", { recipe: left });
  },
  stop: (page) => page.stop(),
});
