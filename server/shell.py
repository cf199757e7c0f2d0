"""The HTML that every page starts from: Streamlit's own, with our title, our start-up script and what it will need."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from latent_core.artifacts import BrokenFolder, open_dataset

STREAMLIT_SHELL = Path(streamlit.__file__).parent / "static" / "index.html"
FRAME_STYLE = Path(__file__).resolve().parents[1] / "web" / "ui" / "frame.css"
DESCRIPTION = "Blend any number of classes in the latent space of an image VAE, and watch the picture move."
START = """<meta name="description" content="{description}" />
    <style>{style}</style>
    <script src="./web/base.js"></script>
    <script type="module" src="./web/start.js"></script>
    <script"""
PRELOAD = """<link rel="modulepreload" href="./web/{module}" />
  """
FIRST_MODEL = """<meta name="medley-first-model" content="{slug}" />
  """
IMPORT = re.compile(
    r"""^(?:import|export)\s(?:[\w*,\s]|\{[^{}]*\})*["'](\.{1,2}/[^"']+\.m?js)["']""",
    re.MULTILINE,
)
"""A static import of a file of ours; a dynamic one waits until it is asked for."""
HOME = "blend"
FIRST = "mnist"
"""The dataset that a bare address opens."""


def modules(web: Path, entries: Iterable[str]) -> list[str]:
    """The modules that a browser needs for these entries, as paths below `web`: the entries and all that they import.

    They come level by level, as a browser would find them, one round trip after the other.
    """
    found = dict.fromkeys((web / entry).resolve() for entry in entries)
    level = list(found)
    while level:
        imported = [path.parent / name for path in level for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
        level = [path for path in dict.fromkeys(one.resolve() for one in imported) if path not in found]
        found |= dict.fromkeys(level)
    return [path.relative_to(web.resolve()).as_posix() for path in found]


def first_model() -> str:
    """The slug of the model that a bare address opens, "" where there is none."""
    try:
        return f"{FIRST}/{open_dataset(FIRST).default_model}"
    except BrokenFolder:
        return ""


def shell(preload: Iterable[str] = (), first: str = "") -> str:
    """Streamlit's index.html with our head.

    Args:
        preload: modules below web/ that the browser fetches before a script asks for them.
        first: the model that start.js opens before a component asks for it.

    Raises:
        ValueError: this version of Streamlit has another index.html, so nothing would be inserted.
    """
    html = STREAMLIT_SHELL.read_text(encoding="utf-8")
    if "<title>Streamlit</title>" not in html or "<script" not in html:
        raise ValueError(
            f"{STREAMLIT_SHELL} is not as expected: install the Streamlit that requirements-serve.txt pins."
        )
    html = html.replace("<title>Streamlit</title>", "<title>Medley</title>")
    style = FRAME_STYLE.read_text(encoding="utf-8")
    html = html.replace("<script", START.format(description=DESCRIPTION, style=style), 1)
    links = "".join(PRELOAD.format(module=module) for module in preload)
    return html.replace("</head>", f"{FIRST_MODEL.format(slug=first) if first else ''}{links}</head>", 1)


def routes(root: Path, base: str) -> list[BaseRoute]:
    """The shell at the address of each page; Streamlit answers all other addresses itself.

    Args:
        root: the repository's folder: a file in pages/ is a page, at its own name; its entry in web/ has that name too.
        base: the path that the app lies below, "" or like "/medley".
    """
    names = sorted(path.stem for path in (root / "pages").glob("*.py") if path.stem not in ("__init__", "frame"))
    return [Route(f"{base}/{name}", _page(root / "web", name)) for name in ["", *names]]


def _page(web: Path, name: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a page, "" for the home page."""
    entries = [entry for entry in ("start.js", f"{name or HOME}.js") if (web / entry).is_file()]
    html = shell(modules(web, entries), "" if name else first_model())
    headers = {"ETag": f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"', "Cache-Control": "no-cache"}

    async def answer(request: Request) -> Response:
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(html, headers=headers, media_type="text/html")

    return answer
