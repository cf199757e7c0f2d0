// A blend as a page of its own, opened by double click: the mixer, with every file that it would fetch inside the page.

import { Controller } from "./blend/controller.js";
import { saveButton } from "./blend/saving.js";
import { hold } from "./engine/held.js";
import { t } from "./engine/language.js";
import { h, say } from "./ui/dom.js";
import { surface } from "./ui/surface.js";

/** @type {{props: import("./engine/props.js").BlendProps, group: string, files: Record<string, string>}} */
const held = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("medley")).textContent ?? "");

/** A packed file of the page. @param {string} name its path below the app */
const packed = (name) => (Object.hasOwn(held.files, name) ? Uint8Array.from(atob(held.files[name]), (letter) => letter.charCodeAt(0)) : undefined);

/** The page's heading and its tab say what is shown. @param {string} names */
function named(names) {
  const title = t("Blend of {names}", { names });
  say(/** @type {HTMLElement} */ (document.querySelector(".alone-head h1")), title);
  document.title = `${title} · Medley`;
}

async function begin() {
  const mixer = /** @type {HTMLElement} */ (document.getElementById("mixer"));
  await hold(packed);
  surface(mixer, held.props.dataset);
  const controller = new Controller(mixer, held.props, { alone: true, named });
  document.getElementById("keep")?.replaceChildren(h("div", { class: "medley" }, saveButton(controller, held.group)));
}

begin().catch(() => {
  const mixer = document.getElementById("mixer");
  if (mixer) mixer.textContent = t("This browser cannot open the mixer: it needs one of 2023 or later.");
});
