"""The first HTML names what a page's first visit needs, as the modules themselves import it."""

import re
from pathlib import Path

import pytest

from server import shell

WEB = Path(__file__).resolve().parents[2] / "web"


@pytest.mark.parametrize("page", ["blend", "map", "eigen", "generate"])
def test_the_modules_of_a_page_are_all_there_and_each_once(page: str) -> None:
    found = shell.modules(WEB, [f"{page}.js"])
    assert found[0] == f"{page}.js" and len(found) == len(set(found)) > 10
    assert {Path(name).suffix for name in found} == {".js", ".mjs"}, "scripts, no types"
    assert "engine/runner.js" in found and "vendor/ort.wasm.bundle.min.mjs" in found
    others = {"blend", "map", "eigen", "generate"} - {page}
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


def test_the_head_names_modules_and_the_first_model() -> None:
    html = shell.shell(["blend.js"], "mnist/mmd-20")
    head = html.partition("</head>")[0]
    assert re.search('<link rel="modulepreload" href="./web/blend.js" />', head)
    assert '<meta name="medley-first-model" content="mnist/mmd-20" />' in head
    assert "medley-first-model" not in shell.shell()
