// A blend as a page of its own, opened by double click: the mixer, with every file that it would fetch inside the page.

import { Controller } from "./blend/controller.js";
import { Studio } from "./blend/studio.js";
import { h } from "./ui/dom.js";
import { saveFile } from "./ui/downloads.js";
import { sheetFile } from "./ui/png.js";
import { KEY } from "./ui/saved_file.js";
import { surface } from "./ui/surface.js";
import { toast } from "./ui/toast.js";
import * as ort from "./vendor/ort.wasm.bundle.min.mjs";

const root = new URL("../", import.meta.url).href;
const SIDE = 672; // pixels of a saved picture, about

/** @type {{props: import("./engine/props.js").BlendProps, group: string, files: Record<string, string>}} */
const held = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("medley")).textContent ?? "");

/** A file of the page. @param {string} name its path below the app */
async function unpacked(name) {
  const packed = Uint8Array.from(atob(held.files[name]), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Answers as the server would. @param {any} url @returns {Promise<Response>} */
globalThis.fetch = async (url) => {
  const name = decodeURI(String(url).slice(root.length));
  return Object.hasOwn(held.files, name) ? new Response(await unpacked(name)) : new Response("", { status: 404 });
};

async function begin() {
  const mixer = /** @type {HTMLElement} */ (document.getElementById("mixer"));
  ort.env.wasm.wasmPaths = undefined; // nothing is fetched: the engine is here
  ort.env.wasm.wasmBinary = await unpacked("web/vendor/ort-wasm-simd-threaded.wasm");
  const { props, group } = held;
  surface(mixer, props.dataset);
  const controller = new Controller(mixer, props, true);
  const studio = new Studio();
  const save = async () => {
    const recipe = controller.mix.recipe();
    if (!Object.keys(recipe.w).length) return toast("Choose at least one class.");
    const { shape } = props.dataset;
    try {
      const picture = await studio.picture(props, recipe);
      const facts = { [KEY]: JSON.stringify({ ...recipe, ...(group && { group }) }) };
      saveFile(await sheetFile(picture, shape, 1, Math.max(1, Math.round(SIDE / Math.max(shape[1], shape[2]))), facts), `medley-${Object.keys(recipe.w).slice(0, 4).join("-")}.png`);
    } catch (error) {
      toast(error.message);
    }
  };
  document.getElementById("keep")?.replaceChildren(h("div", { class: "medley" }, h("button", { type: "button", class: "strong", onclick: save }, "Save the picture")));
}

begin().catch(() => {
  const mixer = document.getElementById("mixer");
  if (mixer) mixer.textContent = "This browser cannot open the mixer: it needs one of 2023 or later.";
});
