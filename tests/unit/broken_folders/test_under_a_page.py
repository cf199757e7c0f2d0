"""A folder that breaks under a page is a sentence there, and others go on."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from latent_core.artifacts import BrokenFolder, layout
from latent_core.models.model import Model
from pages.parts import loaders
from pages.parts.blend import first_picture as first
from tests.harness.serving import ROOT
from tests.unit import folders
from tests.unit.broken_folders.harm import other_decoder


@pytest.mark.parametrize("page", ["blend", "map"])
def test_a_folder_that_breaks_under_a_page_is_a_sentence_there(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str) -> Model:
        raise BrokenFolder(f"{slug} cannot be used: decoder.onnx was altered.")

    monkeypatch.setattr(loaders, "model", broken)
    shown = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60).run()
    if page != "blend":
        shown = shown.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not shown.exception and any("decoder.onnx was altered" in error.value for error in shown.error)


@pytest.mark.parametrize("page", ["map", "generate"])
def test_a_page_says_that_its_model_rebuilds_other_pictures_and_others_go_on(
    root: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, other_decoder())
    monkeypatch.setattr(first, "_rested", 0.0)  # from no drawing of another test
    assert "data:image/png" in first.first_picture({}).html
    shown = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    shown = shown.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert [error.value.split(":")[0] for error in shown.error] == ["tiny/elbo-2 does not rebuild the pictures of Tiny"]
    assert not shown.exception
    with pytest.raises(BrokenFolder, match="does not rebuild"):  # nor is there a picture in the next first HTML
        first.first_picture({})
    shown.selectbox(key="pick_model").select("linear-2").run()
    assert not shown.error and not shown.exception
