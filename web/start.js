// Starts the picture engine and the home page's mixer while Streamlit is still loading: the first picture waits for both.
import { loadGraph } from "./engine/runner.js";
import { graphUrl } from "./engine/urls.js";

loadGraph(graphUrl("plain_average")).catch(() => {}); // the page that needs it says so
if (location.pathname.endsWith("/")) import("./blend.js").catch(() => {});
