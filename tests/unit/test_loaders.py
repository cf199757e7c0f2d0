"""The app's caches: what visitors share is opened once, also by those who come at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from latent_core.recipes.recipe import Recipe
from pages.parts import loaders


def test_models_of_a_dataset_share_it_and_are_opened_once_by_many(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    for name in ("Model", "EncodedDataset"):
        make = getattr(loaders, name)
        monkeypatch.setattr(loaders, name, lambda slug, *more, make=make: opened.append(slug) or make(slug, *more))
    loaders._model.clear()
    loaders._dataset.clear()
    with ThreadPoolExecutor(8) as visitors:
        models = list(visitors.map(loaders.model, ["mnist/mmd-20", "mnist/elbo-20"] * 8))
    assert len({id(model) for model in models}) == 2
    assert all(model.dataset is loaders.dataset("mnist") for model in models)
    assert sorted(opened) == ["mnist", "mnist/elbo-20", "mnist/mmd-20"]


def test_slower_blends_are_remembered_the_latest_ones_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "MOST_FINISHED", 2)
    recipes = [Recipe("mnist", "mmd-20", (("3", 50.0),), seed=seed) for seed in range(3)]
    for recipe in recipes[:2]:
        loaders.remember("collage", recipe, "", recipe)  # type: ignore[arg-type]
    assert loaders.finished("collage", recipes[0], "") is recipes[0]
    loaders.remember("collage", recipes[2], "", recipes[2])  # type: ignore[arg-type]
    assert loaders.finished("collage", recipes[1], "") is None
    assert loaders.finished("collage", recipes[0], "") is recipes[0]
    assert loaders.finished("collage", recipes[0], "mnist:1.eJw") is None
