// Stands in for what a browser may refuse, watches the connection, keeps the history's entries, speaks and leads the keyboard
// where Streamlit does not, then starts the picture engine and the model of the first blend while Streamlit is still loading:
// the live picture waits for both.
import { loadGraph, onRuntime, sharedGraph } from "./engine/runner.js";
import { fetchArrays } from "./engine/safetensors.js";
import { decoderUrl, statsUrl } from "./engine/urls.js";
import { arrival, first, pathOf } from "./ui/arrival.js";
import { provideAnnouncer } from "./ui/announcer.js";
import { provideClipboard } from "./ui/clipboard.js";
import { watchConnection } from "./ui/connection.js";
import { watchDownloads } from "./ui/downloads.js";
import { afterRun, joinEntries } from "./ui/entries.js";
import { watchJobs } from "./ui/jobs.js";
import { closeMenu } from "./ui/menu.js";
import { offerLanguages } from "./ui/other_languages.js";
import { watchPopovers } from "./ui/popover.js";
import { dropShortcuts } from "./ui/shortcuts.js";
import { watchSpoken } from "./ui/spoken.js";
import { markEnglish } from "./ui/left_in_english.js";
import { translateStreamlit } from "./ui/streamlit_words.js";
import { toast } from "./ui/toast.js";

provideClipboard(toast);
watchDownloads(toast);
watchConnection();
provideAnnouncer();
watchSpoken();
watchJobs();
watchPopovers();
closeMenu();
offerLanguages();
translateStreamlit();
markEnglish();
dropShortcuts();
joinEntries(window, afterRun);

const later = () => {}; // whoever needs a file that does not come says so, on the page
const note = (/** @type {string} */ url, /** @type {number} */ received, /** @type {number} */ total) => arrival.note(pathOf(url), total ? received / total : 0);

if (arrival.total) onRuntime(note);
if (first.model) {
  const decoder = decoderUrl(first.model);
  loadGraph(decoder, (received, total) => note(decoder, received, total)).catch(later);
  fetchArrays(statsUrl(first.model)).catch(later);
  for (const graph of first.graphs) sharedGraph(graph).catch(later);
} else sharedGraph("plain_average").catch(later);
if (location.pathname.endsWith("/")) import("./blend.js").catch(later);
