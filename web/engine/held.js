// A page that holds every file that it would fetch: it works without a server and without a network.

import * as ort from "../vendor/ort.wasm.bundle.min.mjs";
import { holdFiles } from "./files.js";

const root = new URL("../../", import.meta.url).href;
const RUNTIME = "web/vendor/ort-wasm-simd-threaded.wasm";

/**
 * Has everything that is asked for from here on come from the page.
 * @param {(name: string) => Uint8Array<ArrayBuffer>|undefined} packed a file packed by gzip, by its path below the app
 * @returns {Promise<void>} done when the picture engine can start
 */
export async function hold(packed) {
  const unpacked = async (/** @type {string} */ name) => {
    const bytes = packed(name);
    if (!bytes) return undefined;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  holdFiles((url) => unpacked(decodeURI(url.slice(root.length))));
  ort.env.wasm.wasmPaths = undefined; // it would be fetched from there
  ort.env.wasm.wasmBinary = await unpacked(RUNTIME);
}
