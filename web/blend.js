// The Blend page's live part.

import { Controller } from "./blend/controller.js";
import { blendable } from "./engine/names.js";
import { same } from "./ui/history.js";
import { mounting } from "./ui/mounting.js";

/** @typedef {import("./engine/props.js").BlendProps} BlendProps */

export default mounting({
  page: "blend",
  known: (/** @type {BlendProps} */ data) => ({ settled: data.recipe }),
  open: (place, { data, left: { settled: left } }) => new Controller(place, { ...data, recipe: left && fits(left, data) ? left : data.recipe }),
  take: (controller, { data, left: { settled: left }, send, first }) => {
    if (!first) controller.update(data);
    controller.session.send = (recipe, ask) => send("settled", { recipe, ...(ask && { ask }) }, recipe);
    controller.session.open = (text, file) => send("opened", { text, file });
    if (left && !same(left, data.recipe)) controller.session.send(left);
  },
  stop: (controller) => controller.dispose(),
});

/** Whether a recipe is one of the model and the classes that are shown. */
function fits(recipe, data) {
  const names = blendable(data);
  return recipe.data === data.recipe.data && recipe.model === data.recipe.model && Object.keys(recipe.w).every((name) => names.includes(name));
}
