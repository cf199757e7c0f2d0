"""A blend as one HTML file, and as a widget: everything inside, nothing from outside, and one script of all modules."""

import base64
import gzip
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from latent_core import notebook, widget
from latent_core.artifacts import BrokenFolder
from latent_core.commands import making
from latent_core.commands.export_html import export_html
from latent_core.language import speaking
from pages.parts import loaders, modules
from pages.parts.blend import own_page
from tests import shipped
from tests.harness.serving import ROOT

RECIPE = {"data": "omniglot", "model": "mmd-16", "w": {"Latin b": 60, "Latin x": 20}, "theta": 0.2, "n": 1, "seed": 3}
WHOLE = {**RECIPE, "method": "decoded_mean", "depth": 4, "k": 50, "pattern": "", "where": ""}


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped models, looked at once for all tests."""
    monkeypatch.setattr(loaders, "library", shipped.library)
    monkeypatch.setattr(making, "open_library", shipped.library)


def said_in(code: str, recipe: str) -> str:
    """What a notebook is told about a recipe, without a process of its own."""
    with speaking(code):
        return own_page.main(recipe)


def test_the_page_holds_all_files_and_asks_for_none(tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    said = own_page.main(json.dumps(WHOLE), out)
    text = out.read_text()
    assert f"{len(text) / 1e6:.1f} MB" in said
    about = own_page.about_bytes("omniglot/mmd-16", "omniglot/linear-50")
    assert abs(about - len(text)) < 0.2 * len(text)
    found = re.search(r'<script type="application/json" id="medley">(.*?)</script>', text, re.DOTALL)
    assert found
    held = json.loads(found[1])
    assert held["props"]["recipe"] == WHOLE
    for name in ("models/omniglot/mmd-16/decoder.onnx", "models/omniglot/judge.onnx"):
        assert gzip.decompress(base64.b64decode(held["files"][name])) == (ROOT / name).read_bytes()
    assert {"graphs/blend_consensus.onnx", "graphs/plain_average.onnx", own_page.RUNTIME} <= held["files"].keys()
    assert text.count("</script>") == 2 and "default-src 'none'" in text
    assert not re.search(r'(?:src|href)="(?!data:)', text)
    assert "Lake" in text  # whose drawings these are


def test_modules_become_one_script_or_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "WEB", tmp_path)
    (tmp_path / "ui").mkdir()
    (tmp_path / "a.js").write_text('import { x as y, z } from "./ui/b.js";\nexport const more = y + z;\n')
    (tmp_path / "ui" / "b.js").write_text(
        '/** import("./c.js") */\nexport const x = 1;\nexport function z() {}\nconst f = () => import.meta.url;\n'
        'const later = async () => (await import("./c.js")).c;\n'
    )
    (tmp_path / "ui" / "c.js").write_text('import "../a2.js";\nexport class c {}\n')
    (tmp_path / "a2.js").write_text("var q=1,r=2;export{q as Q,r};\n//# sourceMappingURL=a2.map\n")
    script = modules.script("a.js")
    assert 'const { x: y, z } = need("ui/b.js");' in script and "return { x: x, z: z };" in script
    assert 'async () => (need("ui/c.js")).c' in script and 'need("a2.js");' in script
    assert "return { Q: q, r: r };" in script and 'f = () => "https://medley.invalid/web/ui/b.js"' in script
    assert "export" not in script and "import {" not in script
    strange = ['import d from "./ui/b.js";', "export default 1;", 'export { x } from "./ui/b.js";', "export let n = 1;"]
    for line in strange:
        (tmp_path / "a.js").write_text(line)
        with pytest.raises(ValueError, match=re.escape("web/a.js cannot be put into one script: " + line[:12])):
            modules.script("a.js")


def test_what_cannot_become_a_page_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no language 'xx'"):
        list(export_html("{}", tmp_path / "a.html", lang="xx"))
    with pytest.raises(ValueError, match=r"--out must end in \.html"):
        list(export_html("{}", tmp_path / "a.png"))
    with pytest.raises(ValueError, match="slower ways"):
        own_page.main(json.dumps({**WHOLE, "method": "collage"}), tmp_path / "a.html")
    with pytest.raises(ValueError, match="no model"):
        own_page.main(json.dumps({**WHOLE, "model": "gone"}), tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []


def test_a_widget_keeps_its_recipe_in_step_with_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "ask_house", lambda module, code, recipe: said_in(code, recipe))
    w = widget("omniglot/mmd-16", {"Latin b": 60, "Latin x": 20}, theta=0.2, seed=3)
    assert w.blend() == w.model.blend({"Latin b": 60, "Latin x": 20}, theta=0.2, seed=3)
    told = w.get_state()
    assert told["recipe"] == told["_props"]["recipe"] == WHOLE
    assert told["_esm"].endswith('export default need("widget.js");\n') and ".term" in told["_style"]
    for name in ("models/omniglot/mmd-16/decoder.onnx", "models/omniglot/judge.onnx"):
        assert gzip.decompress(told["_files"][name]) == (ROOT / name).read_bytes()
    seen = []
    w.observe(lambda change: seen.append(change.new), "recipe")
    w.set_state({"recipe": {**WHOLE, "w": {"Latin b": 100}, "theta": 0}})  # as a control that is let go
    assert seen == [w.recipe] and w.blend() == w.model.blend({"Latin b": 100}, seed=3)
    w.recipe = w.model.blend({"Latin x": 1}).recipe
    assert w.get_state()["recipe"]["w"] == {"Latin x": 1}


def test_a_widget_refuses_as_a_blend_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "ask_house", lambda module, code, recipe: said_in(code, recipe))
    with pytest.raises(BrokenFolder, match="omniglot/gone cannot be used"):
        widget("omniglot/gone", {"Latin b": 1})
    for bad, said in [({"unicorn": 1}, "has no class 'unicorn'"), ({"Latin b": float("nan")}, "must be a number")]:
        with pytest.raises(ValueError, match=said):
            widget("omniglot/mmd-16", bad)
    with pytest.raises(ValueError, match="there is no language 'xx'; there are \\['en', 'de'"):
        widget("omniglot/mmd-16", {"Latin b": 1}, language="xx")
    w = widget("omniglot/mmd-16", {"Latin b": 1})
    kept = w.recipe
    for change, said in [
        ({"model": "elbo-16"}, "this widget shows omniglot/mmd-16"),
        ({"w": (("unicorn", 1.0),)}, "has no class 'unicorn'"),
        ({"method": "collage"}, "has no 'collage'"),
    ]:
        with pytest.raises(ValueError, match=said):
            w.recipe = replace(kept, **change)
        assert w.recipe == kept and w.blend().recipe == kept
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "latent_core.notebook")
    with pytest.raises(ImportError, match="python -m pip install anywidget"):
        widget("omniglot/mmd-16", {"Latin b": 1})


def test_a_page_of_its_own_speaks_the_visitors_language(tmp_path: Path) -> None:
    with speaking("de"):
        own_page.main(json.dumps(WHOLE), tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text()
    assert '<html lang="de" dir="ltr">' in text and "<h1>Mischung aus " in text
    assert text.index("globalThis.medleyLanguage = ") < text.index('<script type="module">')
    assert text.count("</script>") == 3
    told = json.loads(said_in("de", json.dumps(WHOLE)))["script"]
    assert told.startswith("globalThis.medleyLanguage = ") and told.endswith("delete globalThis.medleyLanguage;\n")
