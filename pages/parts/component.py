"""How a component of ours gets into a page: a stub that imports the real module from /web."""

from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"

# Streamlit turns this text into a blob: module, in which relative addresses do not work. Where the app lies only the
# browser knows, as a proxy may have taken a path away: web/base.js has found it out.
_STUB = """
const loading = import(new URL("web/%(module)s", window.__streamlit.BACKEND_BASE_URL).href);
export default function (component) {
  let leave = null;
  let left = false;
  loading.then(
    (found) => { if (!left) leave = found.default(component); },
    () => { component.parentElement.querySelector("%(place)s").textContent = "%(sentence)s"; },
  ).finally(() => component.parentElement.host?.setAttribute("data-mounted", "")); // web/ui/frame.css
  return () => { left = true; if (leave) leave(); };
}
"""


def styles(*names: str) -> str:
    """A component's style sheets, files below web/ in their order, and after them what more contrast asks for."""
    return "\n".join((WEB / name).read_text(encoding="utf-8") for name in (*names, "ui/contrast.css"))


def stub(module: str, place: str, sentence: str) -> str:
    """The inline script of a component.

    Args:
        module: file below web/ whose default export is the component.
        place: selector of the element that shows `sentence` when the module cannot be loaded.
    """
    return _STUB % {"module": module, "place": place, "sentence": sentence}
