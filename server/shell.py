"""The HTML that every page starts from: Streamlit's own, with our title and our start-up script in it."""

import hashlib
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

STREAMLIT_SHELL = Path(streamlit.__file__).parent / "static" / "index.html"
FRAME_STYLE = Path(__file__).resolve().parents[1] / "web" / "ui" / "frame.css"
DESCRIPTION = "Blend any number of classes in the latent space of an image VAE, and watch the picture move."
START = """<meta name="description" content="{description}" />
    <style>{style}</style>
    <script src="./web/base.js"></script>
    <script type="module" src="./web/start.js"></script>
    <script"""


def shell() -> str:
    """Streamlit's index.html with our head.

    Raises:
        ValueError: this version of Streamlit has another index.html, so nothing would be inserted.
    """
    html = STREAMLIT_SHELL.read_text(encoding="utf-8")
    if "<title>Streamlit</title>" not in html or "<script" not in html:
        raise ValueError(
            f"{STREAMLIT_SHELL} is not as expected: install the Streamlit that requirements-serve.txt pins."
        )
    html = html.replace("<title>Streamlit</title>", "<title>Medley</title>")
    return html.replace(
        "<script", START.format(description=DESCRIPTION, style=FRAME_STYLE.read_text(encoding="utf-8")), 1
    )


def routes(pages: Path, base: str) -> list[BaseRoute]:
    """The shell at the address of each page; Streamlit answers all other addresses itself.

    Args:
        pages: the folder of pages; one file is one page, at its own name.
        base: the path that the app lies below, "" or like "/medley".
    """
    html = shell()
    headers = {"ETag": f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"', "Cache-Control": "no-cache"}

    async def answer(request: Request) -> Response:
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(html, headers=headers, media_type="text/html")

    names = sorted(path.stem for path in pages.glob("*.py") if path.stem not in ("__init__", "frame"))
    return [Route(f"{base}/{name}", answer) for name in ["", *names]]
