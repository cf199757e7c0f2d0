"""The HTML that every page starts from: Streamlit's own, with our title, our start-up script and what it will need."""

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path

import anyio
import anyio.to_thread
import streamlit
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from latent_core.artifacts import models_root
from latent_core.blends import named
from latent_core.graphs.graph import SHARED
from latent_core.language import ENGLISH, Language, decimals, known, languages, mark, script, speaking, t
from pages.parts.blend.first_picture import LOADING, FirstPicture, first_picture
from server import sizes
from server.speech import language_of

STREAMLIT_SHELL = Path(streamlit.__file__).parent / "static" / "index.html"
WEB = Path(__file__).resolve().parents[1] / "web"
FIRST_STYLE = WEB / "blend" / "first.css"
FRAME_STYLE = WEB / "ui" / "frame.css"
RUNTIME = ("web/vendor/ort-wasm-simd-threaded.mjs", "web/vendor/ort-wasm-simd-threaded.wasm")
"""What onnxruntime-web fetches by itself."""
DESCRIPTION = mark("Blend any number of classes in the latent space of an image VAE, and watch the picture move.")
START = """<meta name="description" content="{description}" />
    <meta name="medley-languages" content="{languages}" />
    {words}<style>{style}</style>
    <script src="./web/base.js"></script>
    <script type="module" src="./web/arriving.js"></script>
    <script type="module" src="./web/start.js"></script>
    <script"""
WORDS = """<script src="./locales/{code}.js"></script>
    """
"""Runs before all modules: their sentences are in the visitor's language from the first."""
PRELOAD = """<link rel="modulepreload" href="./web/{module}" />
  """
FIRST = """<meta name="medley-first" content="{facts}" />
  """
WAIT = """<div id="medley-first"><template shadowrootmode="open"><style>{style}</style>\
<p class="first-loading first-alone" aria-hidden="true">{words}</p></template></div>"""
LATER = """<link rel="modulepreload" crossorigin href="./static/js/{name}" />
  """
CHUNKS = ("BidiComponent", "Html", "Selectbox")
"""What Streamlit fetches only when a page's first elements are there, which is one wait more."""
CHUNK_IMPORT = re.compile(r'(?:from|import)"\./([^"]+\.js)"')
IMPORT = re.compile(
    r"""^(?:import|export)\s(?:[\w*,\s]|\{[^{}]*\})*["'](\.{1,2}/[^"']+\.m?js)["']""",
    re.MULTILINE,
)
"""A static import of a file of ours; a dynamic one waits until it is asked for."""
HOME = "blend"
PATIENCE = 0.15
"""s that the first HTML waits for its picture; Streamlit's own start is what is to be covered."""
WARMING = 5.0
"""s that the server's start waits for its own first picture."""


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


def later_chunks(html: str) -> list[str]:
    """Streamlit's scripts of the elements that every page of ours begins with, less those that its HTML names."""
    folder = STREAMLIT_SHELL.parent / "static" / "js"
    waiting = [path.name for chunk in CHUNKS for path in folder.glob(f"{chunk}.*.js")]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in found and f"/{name}" not in html:
            found[name] = None
            waiting += CHUNK_IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return sorted(found)


def shell(preload: Iterable[str] = (), language: Language | None = None) -> str:
    """Streamlit's index.html with our head.

    Args:
        preload: modules below web/ that the browser fetches before a script asks for them.
        language: in which the page is; English without one.

    Raises:
        ValueError: this version of Streamlit has another index.html, so nothing would be inserted.
    """
    html = STREAMLIT_SHELL.read_text(encoding="utf-8")
    expected = ('<html lang="en">', "<title>Streamlit</title>", "<script", "</body>")
    if not all(part in html for part in expected):
        raise ValueError(
            f"{STREAMLIT_SHELL} is not as expected: install the Streamlit that requirements-serve.txt pins."
        )
    html = html.replace("<title>Streamlit</title>", "<title>Medley</title>")
    style = FRAME_STYLE.read_text(encoding="utf-8")
    language = language or languages()[ENGLISH]
    html = html.replace('<html lang="en">', f'<html lang="{language.code}" dir="{language.direction}">', 1)
    start = START.format(
        description=escape(known(DESCRIPTION)),
        languages=escape(json.dumps({one.code: one.name for one in languages().values()})),
        words="" if language.code == ENGLISH else WORDS.format(code=language.code),
        style=style,
    )
    html = html.replace("<script", start, 1)
    links = "".join(PRELOAD.format(module=module) for module in preload)
    links += "".join(LATER.format(name=name) for name in later_chunks(html))
    return html.replace("</head>", f"{links}</head>", 1)


def with_picture(html: str, first: FirstPicture, brotli: bool = True) -> str:
    """The shell with a visitor's own blend in it, what start.js is to fetch for it, and how large everything is."""
    method = named(first.recipe.method)
    graphs = [f"blend_{method.name}", *([f"finish_{method.name}"] if method.finish else [])]
    model = f"models/{first.recipe.slug}"
    files = [f"{model}/decoder.onnx", f"{model}/stats.safetensors", *(f"graphs/{name}.onnx" for name in graphs)]
    coming = _coming(html, [*RUNTIME, *files], brotli)
    size = {"received": decimals(0, 1), "total": decimals(sum(coming.values()) / 1e6, 1)}
    words = t("Loading page, picture engine and model: {received} of {total} MB", **size)
    facts = {"model": first.recipe.slug, "graphs": graphs, "sizes": coming}
    return _with(html, facts, first.html.replace(LOADING, words))


def with_words(html: str, brotli: bool = True) -> str:
    """The shell of a page without a first picture, with how much of it there is to load."""
    coming = _coming(html, RUNTIME, brotli)
    size = {"received": decimals(0, 1), "total": decimals(sum(coming.values()) / 1e6, 1)}
    words = t("Loading page and picture engine: {received} of {total} MB", **size)
    return _with(html, {"sizes": coming}, WAIT.format(style=FIRST_STYLE.read_text(encoding="utf-8"), words=words))


def _coming(html: str, more: Iterable[str], brotli: bool) -> dict[str, int]:
    """Bytes of each file that the page asks for, and of more."""
    roots = {"static": STREAMLIT_SHELL.parent / "static", "web": WEB, "models": models_root(), "graphs": SHARED}
    return sizes.sent([*sizes.linked(html), *more], roots, brotli)


def _with(html: str, facts: Mapping[str, object], body: str) -> str:
    """The shell with facts in its head and more in its body."""
    named = FIRST.format(facts=escape(json.dumps(facts)))
    return html.replace("</head>", f"{named}</head>", 1).replace("</body>", f"{body}\n  </body>", 1)


def paths(root: Path, base: str) -> dict[str, str]:
    """Every page's address, and its name, "" for the home page.

    Args:
        root: the repository's folder: a file in pages/ is a page, at its own name; its entry in web/ has that name too.
        base: the path that the app lies below, "" or like "/medley".
    """
    names = sorted(path.stem for path in (root / "pages").glob("*.py") if path.stem not in ("__init__", "frame"))
    return {f"{base}/{name}": name for name in ["", *names]}


def routes(root: Path, base: str) -> list[BaseRoute]:
    """The shell at the address of each page; arguments as in `paths`."""
    return [Route(path, _page(root / "web", name)) for path, name in paths(root, base).items()]


def _page(web: Path, name: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a page, "" for the home page, which shows the blend that its address asks for at once."""
    entries = [entry for entry in ("start.js", f"{name or HOME}.js") if (web / entry).is_file()]
    preload = modules(web, entries)

    @cache
    def plain(code: str) -> str:
        with speaking(code):
            return shell(preload, languages()[code])

    @cache
    def waiting(code: str, brotli: bool) -> str:
        with speaking(code):
            return with_words(plain(code), brotli)

    plain(ENGLISH)  # an unexpected Streamlit is found at the start

    async def answer(request: Request) -> Response:
        code = language_of(request.scope)
        brotli = request.url.scheme == "https" or request.url.hostname in ("localhost", "127.0.0.1")
        with speaking(code):
            found = None if name else await first(dict(request.query_params))
            if found:
                html = await anyio.to_thread.run_sync(with_picture, plain(code), found, brotli)
            else:
                html = await anyio.to_thread.run_sync(waiting, code, brotli) if name else plain(code)
        headers = {
            "ETag": f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"',
            "Cache-Control": "no-cache",
            "Vary": "Accept-Language",
        }
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(html, headers=headers, media_type="text/html")

    return answer


def words(path: str = "/locales") -> Route:
    """What each language says in the browser, as a script at `path`/CODE.js."""

    async def answer(request: Request) -> Response:
        code = str(request.path_params["code"])
        if code not in languages():
            raise HTTPException(404)
        said = script(code)
        headers = {"ETag": f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(said, headers=headers, media_type="text/javascript")

    return Route(f"{path}/{{code}}.js", answer)


async def warm() -> None:
    """Has ready what most visitors ask for first: the first picture, and the sizes of what comes with it."""
    found = await first({}, WARMING)
    if found:
        entries = ["start.js", f"{HOME}.js"]
        await anyio.to_thread.run_sync(with_picture, shell(modules(WEB, entries)), found)


async def first(query: dict[str, str], patience: float = PATIENCE) -> FirstPicture | None:
    """The picture of a link, unless that takes longer than `patience` s; then it is there for the next who asks."""
    with anyio.move_on_after(patience):
        try:
            return await anyio.to_thread.run_sync(first_picture, query, abandon_on_cancel=True)
        except Exception:  # whatever is wrong with a model, the page itself says it
            return None
    return None
