"""The Compare page's data and the command `compare`: how models stand, what is marked, and that nobody is believed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from latent_core import Model, artifacts, open_model
from latent_core.__main__ import main
from latent_core.artifacts import Half, ModelCard
from latent_core.artifacts.card import Metric
from latent_core.models import comparing
from latent_core.models.groups import Group
from latent_core.models.halves import BOTH, asked_for, shown_alone
from latent_core.models.library import Library
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from pages.parts import loaders, state
from pages.parts.compare import link
from pages.parts.compare import view as compareview
from pages.parts.compare.link import Order
from pages.parts.props import plain
from tests import shipped
from tests.harness.serving import ROOT
from tests.web.node import Node

RECIPE = Recipe("fashion", "mmd-16", (("Bag", 30.0), ("Sandal", 60.0), ("Coat", 50.0)), Theta(0.3), 2, 7, k=40)


EVERYTHING = replace(
    RECIPE, w=tuple((name, 50.0) for name in shipped.library().classes("fashion")), method="averaging_depth", depth=2
)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    process = Node()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    library = shipped.library()
    return {slug: open_model(slug) for slug in (card.slug for card in comparing.cards("fashion", library))}


@pytest.fixture
def bare_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "aside", lambda: ({}, 1))


def view(recipe: Recipe) -> SimpleNamespace:
    return SimpleNamespace(recipe=recipe, nonce=1)


def card(name: str, *metrics: Metric) -> ModelCard:
    made = shipped.library().model_cards["mnist/elbo-10"]
    return msgspec.structs.replace(made, slug=f"mnist/{name}", title=name, metrics=list(metrics))


@pytest.mark.usefixtures("bare_link")
@pytest.mark.parametrize(
    ("recipe", "names"),
    [(RECIPE, ["elbo-16", "mmd-16", "label-guided-16", "linear-50"]), (EVERYTHING, ["elbo-16", "linear-50"])],
    ids=["three", "all, with leave-one-out"],
)
def test_browser_and_python_read_every_model_alike(
    node: Node, models: dict[str, Model], recipe: Recipe, names: list[str]
) -> None:
    slugs = [f"fashion/{name}" for name in names]
    library = replace(shipped.library(), model_cards={slug: shipped.library().model_cards[slug] for slug in slugs})
    recipe = replace(recipe, model=names[0])
    told = compareview.compare_props(view(recipe), library, [], 0)
    found = node.ask("contest", props=plain(told))
    standings = comparing.standings(recipe, library, models.__getitem__)
    assert sorted(one.slug for one in standings) == sorted(slugs)
    for one in standings:
        figures, (weakest, bits) = found[one.slug.split("/")[1]], one.least
        assert one.reading and (figures["count"], figures["of"]) == (one.reading.k, one.reading.n)
        assert figures["weakest"] == weakest
        np.testing.assert_allclose([figures["least"], figures["sharpness"]], [bits, one.reading.sharpness], atol=2e-3)
    ranks = [(-one.reading.k, -one.least[1]) for one in standings if one.reading]
    assert ranks == sorted(ranks), "the best comes first"


@pytest.mark.usefixtures("bare_link")
def test_a_model_that_cannot_blend_so_has_a_sentence_and_the_rest_go_on(node: Node, models: dict[str, Model]) -> None:
    library, recipe = shipped.library(), replace(RECIPE, method="averaging_depth", depth=1)
    cards = dict(library.model_cards)
    cards["fashion/elbo-16"] = msgspec.structs.replace(cards["fashion/elbo-16"], averages_at=[0, 4])
    library = replace(library, model_cards=cards, broken={"fashion/odd-2": "fashion/odd-2 lacks decoder.onnx."})
    standings = {one.slug: one for one in comparing.standings(recipe, library, models.__getitem__)}
    assert list(standings)[-2:] == ["fashion/elbo-16", "fashion/odd-2"], "without a reading, last"
    told = node.ask("contest", props=plain(compareview.compare_props(view(recipe), library, [], 0)))
    for name, words in (("elbo-16", "cannot average at the first layer. Choose another"), ("odd-2", "lacks decoder")):
        assert words in told[name]["why"] and told[name]["why"] == standings[f"fashion/{name}"].why
    assert told["mmd-16"]["of"] == 3
    assert comparing.table(standings.values())[-1] == ["fashion/odd-2", *[""] * 5, "fashion/odd-2 lacks decoder.onnx."]


def test_only_differences_beyond_the_error_are_marked() -> None:
    def shares(*values: float, n: int = 10_000) -> list[ModelCard]:
        return [card(f"m{i}", Metric("k-NN (10)", value, "share", n)) for i, value in enumerate(values)]

    def marked(cards: list[ModelCard]) -> list[bool]:
        return [bool(one and one.best) for one in comparing.figures(cards)[0].cells]

    assert marked(shares(0.97, 0.9695, 0.95)) == [True, True, False], "the second cannot be told from the best"
    assert marked(shares(0.97, 0.9695)) == [False, False], "neither can be told from the other"
    assert marked(shares(0.97, 0.9, n=20)) == [False, False]
    turned = [*shares(0.97, 0.95), card("x", Metric("k-NN (10)", 0.5, "share", 10_000, better="lower"))]
    assert marked(turned) == [True, False, False], "a model whose goal is the other way does not turn the column"
    error = [card(f"m{i}", Metric("squared error", value, "per pixel", 10_000)) for i, value in enumerate((0.1, 0.9))]
    assert marked(error) == [False, False], "no card says how much it varies"
    other = Metric("k-NN (10)", 0.99, "share", 50)
    split = comparing.figures([*shares(0.9, 0.8), card("x", other)])
    assert [one.n for one in split] == [10_000, 50] and split[1].cells == [None, None, split[1].cells[2]]
    assert split[0].cells[0] == comparing.Cell(0.9, pytest.approx(0.003), True)


@pytest.mark.usefixtures("bare_link")
def test_the_browser_is_told_little_and_all_of_it_is_json(models: dict[str, Model]) -> None:
    recipe = replace(RECIPE, w=(("Bag", 50.0), ("Group 1", 25.0)))
    group = Group("fashion", 1, (5, 77, 1003))
    told = compareview.compare_props(view(recipe), shipped.library(), [group], 5)
    assert len(json.dumps(plain(told), allow_nan=False)) < 60_000
    assert set(told.groups[0].moments) == {one.model.slug for one in told.entries}, "a group is one of each model"
    assert told.pair and told.pair.left == recipe.slug != told.pair.right
    assert [len(rows) for rows in told.pair.latents] == [8, 8] and told.pair.names == ["Bag"] * 8
    z = models[recipe.slug].latents
    assert np.abs(z - told.pair.latents[0][0]).max(1).min() < 0.02, "of a shipped row"


@pytest.mark.usefixtures("bare_link")
def test_a_dataset_with_one_model_says_that_there_is_none_to_put_beside_it() -> None:
    library = shipped.library()
    one = Library({"mnist": library.dataset_cards["mnist"]}, {"mnist/mmd-20": library.model_cards["mnist/mmd-20"]})
    told = compareview.compare_props(view(Recipe("mnist", "mmd-20", (("3", 50.0),))), one, [], 0)
    assert told.pair is None and "has one model that can be opened" in told.unpaired
    assert not any(cell and cell.best for figure in told.figures for cell in figure.cells)


NAMES = ["a-1", "b-2", "c-3"]


@pytest.mark.parametrize(
    ("query", "order", "words"),
    [
        ({}, Order("present", "b-2"), ""),
        ({"sort": "error", "beside": "c-3"}, Order("error", "c-3"), ""),
        ({"sort": "<b>x</b>"}, Order("present", "b-2"), "There is no order “bxb” here; present is shown."),
        ({"beside": "../x"}, Order("present", "b-2"), "There is no model “..x” here; b-2 is shown."),
        ({"beside": "a-1"}, Order("present", "b-2"), ""),
    ],
)
def test_a_link_says_how_models_stand_or_a_sentence_says_why_not(
    query: dict[str, str], order: Order, words: str
) -> None:
    found, said = link.from_query(query, NAMES, "a-1")
    assert found == order and [str(one) for one in said] == ([words] if words else [])
    assert link.from_query(found.to_query(), NAMES, "a-1") == (found, [])


@pytest.mark.parametrize(
    ("asked", "draw"), [(None, 0), ({"draw": 7}, 7), ({"draw": True}, 0), ({"draw": -1}, 0), ("x", 0)]
)
def test_what_the_browser_asks_for_is_checked(asked: object, draw: int) -> None:
    assert compareview._draw(asked) == draw


@pytest.mark.parametrize("asked", [None, "item", {}, {"shown": ["item"]}, {"shown": "both"}, {"shown": ""}])
def test_halves_are_shown_both_unless_one_of_them_is_asked_for(asked: object) -> None:
    halves = [Half("digit", "mnist"), Half("item", "fashion")]
    pictures = np.ones((2, 1, 3, 5), np.float32)
    assert asked_for(asked, halves) == BOTH and np.array_equal(shown_alone(pictures, halves, BOTH), pictures)
    item = shown_alone(pictures, halves, asked_for({"shown": "item"}, halves))
    assert item[..., :2].max() == 0 and item[..., 2:].min() == 1 and pictures.min() == 1
    assert asked_for({"shown": "item"}, []) == BOTH, "of whole pictures there are no halves"


def test_the_page_opens_and_says_what_of_a_link_it_cannot_take() -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    at.query_params.update({"data": "fashion", "sort": "colour"})
    at.switch_page("compare.py").run()
    assert not at.exception and not at.error
    assert [one.value for one in at.warning] == ["There is no order “colour” here; present is shown\\."]


@pytest.mark.usefixtures("bare_link")
def test_a_model_whose_places_are_fitted_says_so_above_every_page_and_in_the_comparison(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = shipped.library()
    cards = dict(shown.model_cards)
    cards["fashion/elbo-16"] = artifacts.changed(cards["fashion/elbo-16"], places="fitted")
    library = Library(shown.dataset_cards, cards)
    told = compareview.compare_props(view(RECIPE), library, [], 0)
    notes = {entry.name: entry.note for entry in told.entries}
    assert notes.pop("elbo-16") == artifacts.FITTED_PLACES and not any(notes.values())
    monkeypatch.setattr(loaders, "library", lambda: library)
    at = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    at.query_params.update({"data": "fashion", "model": "elbo-16"})
    at.switch_page("map.py").run()
    assert not at.exception and artifacts.FITTED_PLACES in [one.value for one in at.caption]


@pytest.mark.usefixtures("opened_once")
def test_the_command_prints_a_table_and_writes_the_same_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = "?" + "&".join(f"{key}={value}" for key, value in RECIPE.to_query().items())
    out = tmp_path / "models.json"
    assert main(["compare", "--recipe", recipe, "--out", str(out)]) == 0
    head, *printed, written = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "model" and "sharpness" in head and written == f"{out} written"
    told = json.loads(out.read_text())["models"]
    assert [line.split()[0] for line in printed] == [one["model"] for one in told] and len(told) == 4
    for line, one in zip(printed, told, strict=True):
        said = f"{one['reading']['k']} of {one['reading']['n']}", f"{one['least']['bits']:+.2f}"
        assert all(words in line for words in said)


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--recipe", "nowhere.png"], "is no recipe"),
        (["--recipe", "?data=fashion&model=mmd-16"], "leaves out w, theta"),
        (["--recipe", json.dumps({**RECIPE.to_json(), "method": "transport"})], "one of the slower ways to blend"),
        (["--recipe", json.dumps(RECIPE.to_json()), "--out", "x.txt"], "--out must end in .csv or .json"),
        ([], "recipe"),
    ],
)
def test_the_command_refuses_with_a_sentence(given: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *given]) == 2
    assert words in capsys.readouterr().err
