"""How a component of ours gets into a page: a stub that imports the real module from /web."""

import json
from pathlib import Path
from typing import Any

from latent_core.language import everywhere

WEB = Path(__file__).resolve().parents[2] / "web"

# Streamlit turns this text into a blob: module, in which relative addresses do not work. Where the app lies only the
# browser knows, as a proxy may have taken a path away: web/base.js has found it out.
_STUB = """
const loading = import(new URL("web/%(module)s", window.__streamlit.BACKEND_BASE_URL).href);
export default function (component) {
  let leave = null;
  let left = false;
  const said = (sentence) => (%(said)s)[sentence]?.[globalThis.medleyLanguage?.code] ?? sentence;
  const line = component.parentElement.querySelector("[role=status]");
  if (line && said(line.textContent) !== line.textContent) line.textContent = said(line.textContent);
  loading.then(
    (found) => { if (!left) leave = found.default({ ...component, data: component.data[0] }); },
    () => { component.parentElement.querySelector("%(place)s").textContent = said("%(lost)s"); },
  ).finally(() => component.parentElement.host?.setAttribute("data-mounted", "")); // web/ui/frame.css
  return () => { left = true; if (leave) leave(); };
}
"""


def styles(*names: str) -> str:
    """A component's style sheets, files below web/ in their order, and after them what more contrast asks for."""
    return "\n".join((WEB / name).read_text(encoding="utf-8") for name in (*names, "ui/contrast.css"))


def stub(module: str, place: str, lost: str, loading: str = "") -> str:
    """The inline script of a component.

    Args:
        module: file below web/ whose default export is the component.
        place: selector of the element that shows `lost` when the module cannot be loaded.
        lost, loading: marked sentences; `loading` stands in the component's status line at first, "" where it has none.
    """
    said = json.dumps({sentence: everywhere(sentence) for sentence in (lost, loading) if sentence}, ensure_ascii=False)
    return _STUB % {"module": module, "place": place, "lost": lost, "said": said}


def data(told: dict[str, Any]) -> list[dict[str, Any]]:
    """What a component is told, as its `data`; the stub takes it out of the list.

    Of every value of a mapping Streamlit asks whether it is a data frame, which takes a rerun's millisecond.
    """
    return [told]
