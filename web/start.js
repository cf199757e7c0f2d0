// Starts the picture engine while Streamlit is still loading, so that the first picture need not wait for it.
import { loadGraph } from "./runner.js";

loadGraph(new URL("./graphs/plain_average.onnx", import.meta.url).href).catch(() => {}); // the page that needs it says so
// The home page's own modules come meanwhile too; at the other addresses nothing needs them.
if (location.pathname.endsWith("/")) import("./mixer.js").catch(() => {});
