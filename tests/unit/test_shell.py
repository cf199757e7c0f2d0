"""The first HTML names what a page's first visit needs, as the modules themselves import it."""

import base64
import io
import json
import re
import time
from html import unescape
from pathlib import Path

import anyio
import numpy as np
import pytest
from PIL import Image

from latent_core.graphs.graph import SHARED
from latent_core.models.files import pixels
from latent_core.models.model import Model
from latent_core.recipes.recipe import parse
from pages.parts.blend import first_picture as first
from server import shell
from tests import shipped

WEB = Path(__file__).resolve().parents[2] / "web"


@pytest.mark.parametrize("page", ["blend", "map", "eigen", "generate", "compare", "directions", "quiz"])
def test_the_modules_of_a_page_are_all_there_and_each_once(page: str) -> None:
    found = shell.modules(WEB, [f"{page}.js"])
    assert found[0] == f"{page}.js" and len(found) == len(set(found)) > 10
    assert {Path(name).suffix for name in found} == {".js", ".mjs"}, "scripts, no types"
    assert "engine/runner.js" in found and "vendor/ort.wasm.bundle.min.mjs" in found
    others = {"blend", "map", "eigen", "generate", "compare", "directions", "quiz"} - {page}
    assert not {path.split("/")[0] for path in found} & others, "a page needs no other page's modules"


def test_imports_are_found_however_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "page.js").write_text(
        'import {\n  one,\n  two,\n} from "./one.js";\nimport "./ui/two.js";\nexport { three } from "./ui/three.js";\n'
        '/** @typedef {import("./types.js").T} T */\nconst later = () => import("./later.js");\n'
    )
    (tmp_path / "one.js").write_text('import { three } from "./ui/three.js";\n')
    (tmp_path / "ui" / "two.js").write_text('import { page } from "../page.js";\n')
    (tmp_path / "ui" / "three.js").write_text("")
    assert shell.modules(tmp_path, ["page.js"]) == ["page.js", "one.js", "ui/two.js", "ui/three.js"]


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """No drawing of another test is rested from, and none of these is afterwards."""
    monkeypatch.setattr(first, "_rested", 0.0)


def shown(query: dict[str, str]) -> np.ndarray | None:
    """The pixels of the picture in the first HTML of a link; None where there is none."""
    found = first.first_picture(query)
    if found is None or not found.html:
        return None
    coded = re.search(r'src="data:image/png;base64,([^"]+)"', found.html)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(coded[1]))))


def test_the_head_names_modules_and_what_the_first_picture_needs() -> None:
    found = first.first_picture({"data": "fashion", "model": "mmd-16", "method": "consensus"})
    html = shell.with_picture(shell.shell(["blend.js"]), found)
    head = html.partition("</head>")[0]
    assert re.search('<link rel="modulepreload" href="./web/blend.js" />', head)
    facts = json.loads(unescape(re.search('<meta name="medley-first" content="([^"]+)" />', head)[1]))
    assert facts["model"] == "fashion/mmd-16" and "blend_consensus" in facts["graphs"]
    assert all((SHARED / f"{name}.onnx").is_file() for name in facts["graphs"])
    assert "medley-first" not in shell.shell().partition("</head>")[2]


def test_every_page_says_from_the_first_html_on_how_much_comes() -> None:
    html = shell.with_words(shell.shell(shell.modules(WEB, ["start.js", "map.js"])))
    facts = json.loads(unescape(re.search('<meta name="medley-first" content="([^"]+)" />', html)[1]))
    assert "model" not in facts and {"web/map.js", *shell.RUNTIME} <= facts["sizes"].keys()
    assert f"picture engine: 0.0 of {sum(facts['sizes'].values()) / 1e6:.1f} MB</p>" in html.partition("</head>")[2]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"data": "mnist", "model": "mmd-20", "w": "1:20,3:80,8:50", "theta": "0.4", "n": "3", "seed": "7"},
        {"data": "olivetti", "model": "elbo-32"},
        {"data": "mnist", "model": "linear-50", "k": "5", "method": "centre_of_mass", "unknown": "left alone"},
    ],
)
def test_the_first_html_shows_the_links_own_blend(query: dict[str, str]) -> None:
    recipe, _ = parse(query, shipped.library())
    picture = shown(query)
    assert picture is not None and np.array_equal(picture, pixels(Model(recipe.slug).make(recipe).picture))


@pytest.mark.parametrize(
    "query",
    [
        {"w": "no such class:50"},
        {"theta": "9"},
        {"group": "mnist:1.eJxjAAAAAQAB", "w": "3:50"},
        {"embed": "true"},
        {"w": "3:50", "pattern": "A" * 5000},
    ],
)
def test_no_picture_where_it_would_be_another_or_elsewhere(query: dict[str, str]) -> None:
    assert shown(query) is None


def test_strangers_links_leave_the_server_time_for_others() -> None:
    """After a drawing the server rests three times as long; pages then come without a picture."""
    drawn = [bool(first.first_picture({"seed": str(seed), "theta": "0.5"}).html) for seed in range(5000, 5400)]
    assert drawn[0] and sum(drawn) < 200
    first._rested = time.monotonic() + 60
    last = 5000 + max(np.flatnonzero(drawn))
    assert first.first_picture({"seed": str(last), "theta": "0.5"}).html, "what is kept costs nothing"


def test_a_picture_that_cannot_be_made_costs_the_page_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "first_picture", lambda query: 1 / 0)
    assert anyio.run(shell.first, {}) is None
    monkeypatch.setattr(shell, "first_picture", lambda query: time.sleep(0.5))
    assert anyio.run(shell.first, {}) is None
