// Lets the engine run in Node: what a browser would fetch from the server comes from the repository.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as ort from "../../web/vendor/ort.wasm.bundle.min.mjs";

const root = new URL("../../", import.meta.url).href;

/** Answers as the server would: /models and /graphs are folders of the repository, what is not there is a 404. */
globalThis.fetch = async (url) => {
  const path = String(url).replace(`${root}graphs/`, `${root}latent_core/graphs/shared/`);
  try {
    return new Response(await readFile(fileURLToPath(path)));
  } catch {
    return new Response("", { status: 404 });
  }
};

// The wasm is shipped packed only.
ort.env.wasm.wasmBinary = gunzipSync(await readFile(new URL("web/vendor/ort-wasm-simd-threaded.wasm.gz", root)));
