// The picture of a mixer that has no server to save it: as a PNG with its recipe inside.

import { t } from "../engine/language.js";
import { h } from "../ui/dom.js";
import { saveFile } from "../ui/downloads.js";
import { sheetFile } from "../ui/png.js";
import { KEY } from "../ui/saved_file.js";
import { toast } from "../ui/toast.js";
import { Studio } from "./studio.js";

const SIDE = 672; // pixels of a saved picture, about

/**
 * @param {import("./controller.js").Controller} controller
 * @param {string} [group] the groups of the blend, in the spelling of links
 */
export function saveButton(controller, group = "") {
  const studio = new Studio();
  const save = async () => {
    const { mix, props } = controller;
    const recipe = mix.recipe();
    if (!Object.keys(recipe.w).length) return toast(t("Choose at least one class."));
    const { shape } = props.dataset;
    try {
      const picture = await studio.picture(props, recipe);
      const facts = { [KEY]: JSON.stringify({ ...recipe, ...(group && { group }) }) };
      saveFile(await sheetFile(picture, shape, 1, Math.max(1, Math.round(SIDE / Math.max(shape[1], shape[2]))), facts), `medley-${Object.keys(recipe.w).slice(0, 4).join("-")}.png`);
    } catch (error) {
      toast(error.message);
    }
  };
  return h("button", { type: "button", class: "strong", onclick: save }, t("Save the picture"));
}
