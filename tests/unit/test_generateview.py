"""The Generate page's data: links and browsers are not believed, and what a search has found fits the link."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from latent_core import artifacts, open_model
from latent_core.generators import Kit, every, families
from latent_core.models.generator import Generator
from latent_core.recipes.recipe import Recipe, parse
from latent_core.recipes.theta import Theta
from pages.parts import figures, state
from pages.parts.generate import link as generate_link
from pages.parts.generate import search_found as searchfound
from pages.parts.generate import view as generateview
from pages.parts.generate.link import Way
from pages.parts.props import plain
from tests import shipped
from tests.harness.serving import ROOT

GRID = (10, 20)
ALL = {"diagonal": "", "full_covariance": "", "mixture": "It has no files."}
ROW = Theta.from_cells(1.0, np.tile(np.linspace(0, 1, 20), (10, 1)))
CELL = Theta.from_cells(1.0, np.eye(*GRID))


@pytest.mark.parametrize(
    ("way", "theta"),
    [
        (Way(), Theta()),
        (Way("full_covariance", 0.95, "medium2"), Theta()),
        (Way("diagonal", None, "medium1"), ROW),
        (Way("diagonal", 0.5, "medium2"), CELL),
    ],
)
def test_a_link_brings_back_what_it_was_made_of(way: Way, theta: Theta) -> None:
    assert generate_link.from_query(way.to_query(), ALL, True, theta, GRID) == (way, [])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"family": "<b>x</b>"}, "There is no family of generators"),
        ({"family": "mixture"}, "It has no files."),
        ({"tau": "nan"}, "tau must be a number"),
        ({"tau": "1"}, "tau must be a number"),
        ({"tau": "1e999"}, "tau must be a number"),
        ({"tau": "-0.1"}, "tau must be a number"),
        ({"mode": "../.."}, "There is no mode"),
    ],
)
def test_each_hostile_value_is_one_sentence(query: dict[str, str], words: str) -> None:
    way, said = generate_link.from_query(query, ALL, True, Theta(), GRID)
    assert way == Way() and len(said) == 1 and words in said[0] and "<" not in said[0]


def test_a_filter_needs_a_scorer() -> None:
    way, said = generate_link.from_query({"tau": "0.9"}, ALL, False, Theta(), GRID)
    assert way.tau is None and "no scorer.onnx" in said[0]


@pytest.mark.parametrize(("theta", "least"), [(Theta(), "simple"), (ROW, "medium1"), (CELL, "medium2")])
def test_a_mode_can_hold_the_pattern(theta: Theta, least: str) -> None:
    assert generate_link.from_query({"mode": "simple"}, ALL, True, theta, GRID)[0].mode == least
    assert generate_link.from_query({"mode": "medium2"}, ALL, True, theta, GRID)[0].mode == "medium2"


def test_forty_faces_are_shown_as_chosen() -> None:
    names = [f"Person {i}" for i in range(40)]
    assert generate_link.shown(names[:20], ["Person 3"], 20) == list(range(20))
    assert generate_link.shown(names, ["Person 3", "Person 9"], 20) == [3, 9]
    assert generate_link.shown(names, ["Group 1"], 20) == [0, 1, 2]


def _field() -> None:
    import streamlit

    from latent_core.recipes.limits import SEED, Limit
    from pages.parts.number_field import number_field

    seed = number_field(streamlit.container(), "Search seed", SEED, 1, "seed")
    share = number_field(streamlit.container(), "Target accuracy", Limit(0.5, 0.999), 0.995, "share")
    streamlit.text(repr((seed, share)))


@pytest.mark.parametrize(
    ("key", "typed", "stands", "taken", "said"),
    [
        ("share", "0,97", "0.97", (1, 0.97), ""),
        ("share", "٠٫٦", "0.6", (1, 0.6), ""),
        ("share", "97", "0.995", (1, 0.995), "“97” is not a number from 0.5 to 0.999; it stays 0.995."),
        ("seed", "1e3", "1000", (1000, 0.995), ""),
        ("seed", "1,000", "1", (1, 0.995), "“1,000” may be 1.000 or 1000: write the one that is meant; it stays 1."),
        ("seed", "1_000", "1", (1, 0.995), "“1_000” is not a whole number from 0 to 4294967295; it stays 1."),
        ("seed", " ", "1", (1, 0.995), ""),
    ],
)
def test_fields_of_the_server_take_what_links_take(key: str, typed: str, stands: str, taken: tuple, said: str) -> None:
    page = AppTest.from_function(_field).run()
    assert [field.value for field in page.text_input] == ["1", "0.995"]
    page.text_input(key=key).set_value(typed).run()
    assert (page.text_input(key=key).value, page.text[0].value) == (stands, repr(taken))
    assert [one.value for one in page.caption] == [said][: bool(said)]
    page.text_input(key=key).set_value("0.75" if key == "share" else "4").run()
    assert not page.caption


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A session with nothing beside the recipe."""
    held = {state.VISIT: state.Visit(parse({}, shipped.library())[0], {}, ())}
    fake = SimpleNamespace(session_state=held, query_params=SimpleNamespace(to_dict=dict))
    monkeypatch.setattr(state, "st", fake)
    return fake


@pytest.mark.parametrize("slug", ["mnist/mmd-20", "mnist/linear-50", "omniglot/mmd-16", "olivetti/elbo-32"])
def test_the_browser_is_told_little_and_all_of_it_is_json(told: SimpleNamespace, slug: str) -> None:
    library = shipped.library()
    data, model = slug.split("/")
    recipe, _ = parse({"data": data, "model": model}, library)
    props = generateview.generate_props(state.View(recipe, 1, (), bare=True), library, open_model(slug))
    assert len(json.dumps(plain(props), allow_nan=False)) < 12_000
    assert props.start is not None and 0 < props.start <= 1
    assert plain(props.way) == {"family": "diagonal", "tau": None, "mode": "simple"}
    assert next(one.family.name for one in props.families if not one.why_not) == "diagonal"
    assert (props.paper is None) == (data != "mnist")
    assert generateview.generate_props(state.View(recipe, 1, ()), library, open_model(slug)).start is None


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"family": "mixture", "tau": 0.9, "mode": "medium1"}, {"family": "mixture", "tau": "0.9", "mode": "medium1"}),
        ({"family": "diagonal", "tau": None, "mode": "simple"}, {}),
        ({"family": ["x"] * 999, "tau": "nan", "mode": {}}, {"family": str(["x"] * 999)[:40]}),
        ("text", {}),
        (None, {}),
    ],
)
def test_what_the_browser_sends_is_kept_as_a_link_would_be(told: SimpleNamespace, sent: object, kept: dict) -> None:
    generateview._take(sent)
    assert told.session_state[state.VISIT].aside == kept


RESULT = {
    "slug": "mnist/mmd-20", "family": "medium1", "kind": "medium1", "form": "medium1", "accuracy": 0.995, "seed": 1,
    "tau": None, "scores": {"cosine": 0.8, "own": 0.996}, "theta": np.tile(np.arange(20) / 25, (10, 1)).tolist(),
}  # fmt: skip


def test_a_searched_theta_becomes_the_recipes_pattern() -> None:
    recipe = Recipe("mnist", "mmd-20", (("3", 50.0),), Theta(0.2), 3)
    found, way = searchfound.setting(RESULT, recipe)
    assert (found.theta.scale, found.n, way) == (1.0, 1, Way("diagonal", None, "medium1"))
    np.testing.assert_allclose(found.theta.cells(GRID), RESULT["theta"], atol=1e-9)
    one = {**RESULT, "family": "mixture-filter", "form": "simple", "tau": 0.95, "theta": np.full(GRID, 0.62).tolist()}
    found, way = searchfound.setting(one, recipe)
    assert (found.theta, way) == (Theta(0.62), Way("mixture", 0.95, "simple"))
    assert searchfound.entry(one)["name"] == "Medium1, 99.5 %, seed 1"
    assert json.dumps(searchfound.entry(RESULT), allow_nan=False)


def test_the_curve_of_a_search_holds_its_steps_and_never_a_flat_axis() -> None:
    figure = figures.search_curve([0.9, 0.85, 0.8])
    assert list(figure.data[0].x) == [1, 2, 3] and list(figure.data[0].y) == [0.9, 0.85, 0.8]
    for steps in ([0.9], [0.9, 0.9]):
        low, high = figures.search_curve(steps).layout.yaxis.range
        assert low < 0.9 < high and high - low > 0.02


@pytest.mark.parametrize("slug", shipped.sorts())
def test_the_page_opens_for_every_sort_of_model(slug: str) -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    data, model = slug.split("/")
    at.query_params.update({"data": data, "model": model, "tau": "x"})
    at.switch_page("generate.py").run()
    assert not at.exception and not at.error
    assert any("Search" in one.value for one in at.subheader)


@pytest.mark.parametrize(("std", "words"), [(0.0, "single drawing"), (np.nan, "not numbers")])
def test_statistics_that_cannot_be_drawn_from_are_a_sentence(std: float, words: str) -> None:
    model = open_model("mnist/elbo-10")
    model.__dict__["stats"] = {**model.stats, "std": np.full_like(model.stats["std"], std)}
    assert words in generateview.why_not(model)


def test_code_by_code_is_offered_where_there_are_codes_and_where_none_are_a_link_gets_a_sentence() -> None:
    codes, plain_model = (open_model(slug) for slug in ("mnist/vq-98", "mnist/mmd-20"))
    refused = {one.name: Kit(plain_model.card, plain_model.folder).why_not(one.name) for one in every()}
    way, said = generate_link.from_query({"family": "code_by_code"}, refused, True, Theta(), GRID)
    assert way == Way() and said == [f"Code by code is for models of codes, and {plain_model.card.title} is none."]
    assert {one.name for one in families("codes")} - {one.name for one in families("gaussian")} == {"code_by_code"}
    z = Generator(codes, "code_by_code").latents(0.5, 2)
    assert z.shape == (2, 10, 98) and np.unique(z.reshape(-1, 2), axis=0).shape[0] <= 512
    assert "covariances are kept of latents of up to 40 dimensions" in Kit(codes.card, codes.folder).why_not("mixture")
    told = generateview.sampled_from(codes.card)
    assert told.startswith("Sampled from fitted class Gaussians, or code by code:")
    assert (
        Kit(artifacts.changed(codes.card, files={}), codes.folder)
        .why_not("code_by_code")
        .endswith("make it with python -m latent_core prior mnist/vq-98.")
    )
