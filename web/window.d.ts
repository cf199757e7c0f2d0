// What web/ puts on the window.

interface Window {
  /** For tests only: what the page has drawn and computed. Nothing in production reads it. */
  medley?: { frames?: any[]; pictures?: Record<string, any>; generate?: Record<string, any>; preview?: any; map?: any };
  /** Where Streamlit's own scripts find their server (base.js). */
  __streamlit?: { BACKEND_BASE_URL: string };
}
