// The Generate page's live part.

import { GeneratePage } from "./generate/page.js";
import { same } from "./ui/history.js";
import { mounting } from "./ui/mounting.js";

export default mounting({
  page: "generate",
  known: (data) => ({ settled: { recipe: data.recipe, way: data.way } }),
  open: (place) => new GeneratePage(place, () => {}),
  take: (page, { data, left: { settled: left }, send }) => {
    page.send = (recipe, way) => send("settled", { recipe, ask: way }, { recipe, way: { family: way.family, tau: way.tau, mode: way.mode } });
    const fits = left?.recipe.data === data.recipe.data && left.recipe.model === data.recipe.model;
    page.take(fits ? { ...data, ...left, start: null } : data);
    if (left && !same(left, { recipe: data.recipe, way: data.way })) page.resume(left);
  },
  stop: (page) => page.stop(),
});
