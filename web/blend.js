// The Blend page's live part: Streamlit mounts it once, and from then on it moves without the server.

import { Controller } from "./blend/controller.js";
import { blendable } from "./engine/names.js";
import { same } from "./ui/history.js";
import { ends, listens, tell } from "./ui/in_flight.js";
import { surface } from "./ui/surface.js";
import { Unheard } from "./ui/unheard.js";

const unheard = new Unheard("blend");
/** @type {WeakMap<ShadowRoot|HTMLElement, Controller>} */
const controllers = new WeakMap();

/**
 * Components v2 entry point; called again whenever `data` or the theme changes, with the same `parentElement`.
 * @param {{data: import("./engine/props.js").BlendProps, parentElement: ShadowRoot|HTMLElement,
 *   setStateValue: (name: string, value: any) => void}} component
 * @returns {() => void} takes the component away; Streamlit calls it once, when the page is left
 */
export default function mount({ data, parentElement, setStateValue }) {
  listens(parentElement);
  surface(parentElement.querySelector(".medley"), data.dataset);
  unheard.told(data.nonce, { settled: data.recipe });
  let controller = controllers.get(parentElement);
  const left = controller ? undefined : unheard.take().settled;
  if (controller) controller.update(data);
  else {
    const recipe = left && fits(left, data) ? left : data.recipe;
    controller = new Controller(parentElement.querySelector(".medley"), { ...data, recipe });
    controllers.set(parentElement, controller);
  }
  // With a time, because the server hears only of values that differ from the last one, and undo may repeat that.
  controller.session.send = (recipe, ask) => {
    tell(parentElement, () => {
      unheard.say("settled", recipe);
      setStateValue("settled", { recipe, at: Date.now(), link: location.search, ...(ask && { ask }) });
    });
  };
  controller.session.open = (text, file) => tell(parentElement, () => setStateValue("opened", { text, file, at: Date.now(), link: location.search }));
  if (left && !same(left, data.recipe)) controller.session.send(left);
  return () => {
    unheard.forget();
    ends(parentElement);
    controller.dispose();
    controllers.delete(parentElement);
  };
}

/** Whether a recipe is one of the model and the classes that are shown. */
function fits(recipe, data) {
  const names = blendable(data);
  return recipe.data === data.recipe.data && recipe.model === data.recipe.model && Object.keys(recipe.w).every((name) => names.includes(name));
}
