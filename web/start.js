// Starts the picture engine and the first visit's model while Streamlit is still loading: the first picture waits for both.
import { loadGraph } from "./engine/runner.js";
import { fetchArrays } from "./engine/safetensors.js";
import { graphUrl, modelFolder } from "./engine/urls.js";

const later = () => {}; // whoever needs a file that does not come says so, on the page
const asked = new URLSearchParams(location.search);
const first = document.querySelector('meta[name="medley-first-model"]')?.getAttribute("content");

if (first && !asked.has("data") && !asked.has("model")) {
  loadGraph(`${modelFolder(first)}decoder.onnx`).catch(later);
  fetchArrays(`${modelFolder(first)}stats.safetensors`).catch(later);
} else loadGraph(graphUrl("plain_average")).catch(later);
if (location.pathname.endsWith("/")) import("./blend.js").catch(later);
