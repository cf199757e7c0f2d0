// Starts the picture engine and the model of the first blend while Streamlit is still loading: the live picture waits for both.
import { loadGraph, sharedGraph } from "./engine/runner.js";
import { fetchArrays } from "./engine/safetensors.js";
import { modelFolder } from "./engine/urls.js";

const later = () => {}; // whoever needs a file that does not come says so, on the page
const named = document.querySelector('meta[name="medley-first"]')?.getAttribute("content");

if (named) {
  /** @type {{model: string, graphs: string[]}} */
  const { model, graphs } = JSON.parse(named);
  loadGraph(`${modelFolder(model)}decoder.onnx`).catch(later);
  fetchArrays(`${modelFolder(model)}stats.safetensors`).catch(later);
  for (const graph of graphs) sharedGraph(graph).catch(later);
} else sharedGraph("plain_average").catch(later);
if (location.pathname.endsWith("/")) import("./blend.js").catch(later);
