// What web/ puts on the window.

interface Window {
  /** For tests only: what the page has drawn and computed. Nothing in production reads it. */
  medley?: import("./ui/for_tests.js").Hook;
  /** Where Streamlit's own scripts find their server (base.js). */
  __streamlit?: { BACKEND_BASE_URL: string };
}
