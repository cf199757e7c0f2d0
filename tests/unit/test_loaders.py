"""The app's caches: what visitors share is opened once, also by those who come at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st

from latent_core.recent import Recent
from latent_core.recipes.recipe import Recipe
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


def test_slower_blends_are_remembered_the_latest_ones_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "_finished", Recent(2))
    recipes = [Recipe("mnist", "mmd-20", (("3", 50.0),), seed=seed) for seed in range(3)]
    for recipe in recipes[:2]:
        loaders.remember("collage", recipe, "", recipe)  # type: ignore[arg-type]
    assert loaders.finished("collage", recipes[0], "") is recipes[0]
    loaders.remember("collage", recipes[2], "", recipes[2])  # type: ignore[arg-type]
    assert loaders.finished("collage", recipes[1], "") is None
    assert loaders.finished("collage", recipes[0], "") is recipes[0]
    assert loaders.finished("collage", recipes[0], "mnist:1.eJw") is None
