"""The app's caches: what visitors share is opened once, also by those who come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import streamlit as st

from latent_core.models.library import stamp
from latent_core.recent import Recent
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from pages.parts import loaders


def test_models_of_a_dataset_share_it_and_are_opened_once_by_many(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    for name in ("Model", "EncodedDataset"):
        make = getattr(loaders, name)
        monkeypatch.setattr(loaders, name, lambda slug, *more, make=make: opened.append(slug) or make(slug, *more))
    monkeypatch.setattr(loaders, "_models", Recent(24))
    monkeypatch.setattr(loaders, "_datasets", Recent(8))
    with ThreadPoolExecutor(8) as visitors:
        models = list(visitors.map(loaders.model, ["mnist/mmd-20", "mnist/elbo-20"] * 8))
    assert len({id(model) for model in models}) == 2
    assert all(model.dataset is loaders.dataset("mnist") for model in models)
    assert sorted(opened) == ["mnist", "mnist/elbo-20", "mnist/mmd-20"]


def test_a_visitor_who_clears_caches_costs_others_nothing() -> None:
    """`clear_cache` may be sent by any browser; what takes seconds is not in what it clears."""
    before = loaders.library(), loaders.model("mnist/mmd-20"), loaders.dataset("mnist")
    st.cache_resource.clear()
    st.cache_data.clear()
    after = loaders.library(), loaders.model("mnist/mmd-20"), loaders.dataset("mnist")
    assert all(one is other for one, other in zip(before, after, strict=True))


def test_what_could_not_be_made_is_tried_again() -> None:
    kept: Recent[float] = Recent(2)
    with pytest.raises(ValueError):
        kept.get_or_make("a", lambda: float("no"))
    assert kept.get("a") is None and kept.get_or_make("a", lambda: 1.0) == 1


def test_slower_blends_are_remembered_as_long_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was not asked for longest makes room; of large ones there is room for fewer."""

    def made(size: int) -> Finished:
        return Finished(np.zeros((1, size, size), np.float32), np.zeros(20, np.float32), recipes[0])

    monkeypatch.setattr(loaders, "_finished", Recent(100_000, loaders._finished.weigh))
    recipes = [Recipe("mnist", "mmd-20", (("3", 50.0),), seed=seed) for seed in range(20)]
    for recipe in recipes[:12]:
        loaders.remember("collage", recipe, "", made(28))
    assert all(loaders.finished("collage", recipe, "") for recipe in recipes[:12])
    assert loaders.finished("collage", recipes[0], "mnist:1.eJw") is None
    loaders.finished("collage", recipes[0], "")
    loaders.remember("collage", recipes[12], "", made(128))
    assert loaders.finished("collage", recipes[0], "") and loaders.finished("collage", recipes[12], "")
    assert [bool(loaders.finished("collage", recipe, "")) for recipe in recipes[1:12]] == [False] * 8 + [True] * 3
    loaders.remember("collage", recipes[12], "", made(28))
    assert loaders._finished._weight == 5 * (28 * 28 * 4 + loaders.BESIDES)


def test_what_a_thousand_visitors_have_made_is_remembered() -> None:
    """As many as may be in Medley at once, each with a usual slower blend, or a search's finding of 10 classes."""
    blend = Finished(
        np.zeros((1, 64, 64), np.float32), np.zeros(32, np.float32), Recipe("mnist", "mmd-20", (("3", 50.0),))
    )
    finding = {"theta": [[0.123456789] * 20] * 10, "scores": {"cosine": 0.7, "own": 0.995}}
    assert 1000 * loaders._finished.weigh(blend) <= loaders.MOST_BYTES
    assert 1000 * loaders._found.weigh(finding) <= loaders.MOST_BYTES


def test_one_look_at_the_files_serves_all_parts_until_a_file_of_one_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "model-2").mkdir(parents=True)
        (tmp_path / name / "model-2" / "card.json").write_text("{}")
    looks: list[Path] = []
    monkeypatch.setattr(loaders, "stamp", lambda root: looks.append(root) or stamp(root))
    monkeypatch.setenv("MEDLEY_MODELS", str(tmp_path))
    monkeypatch.setattr(loaders, "FRESH", 60.0)
    before = [loaders.stamp_of(name) for name in ("", "one", "two")]
    assert before == [loaders.stamp_of(name) for name in ("", "one", "two")] and len(looks) == 1
    (tmp_path / "two" / "model-2" / "card.json").write_text("{ }")
    monkeypatch.setattr(loaders, "FRESH", -1.0)
    after = [loaders.stamp_of(name) for name in ("", "one", "two")]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, False]
    monkeypatch.setattr(loaders, "FRESH", 60.0)
    monkeypatch.setenv("MEDLEY_MODELS", str(tmp_path / "two"))
    assert loaders.stamp_of("one") != before[1], "another folder of models is looked at at once"
