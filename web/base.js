// Tells Streamlit where its server is. Without it, a link to a page is first tried as if the server lay below that page.
window.__streamlit = { BACKEND_BASE_URL: new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src).href };

// In a frame of another page Streamlit would take that page's address for the app's, and tell it to visitors as their link.
if (window.parent !== window) Object.defineProperty(window, "parent", { value: window });
