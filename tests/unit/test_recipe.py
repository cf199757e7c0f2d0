"""Recipes: every door reads the same record, and nothing that a stranger writes gets further than `parse`."""

import json
import math
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from latent_core.blends import methods
from latent_core.models.dataset import EncodedDataset
from latent_core.models.model import Model
from latent_core.recipes.limits import shown
from latent_core.recipes.recipe import MOST_CLASSES, Recipe, left_out, parse, shortest, with_model
from latent_core.recipes.theta import Theta, to_text
from latent_core.recipes.untrusted import MOST_TEXT, finite, plain, record


class Small:
    """A catalogue of two datasets."""

    def datasets(self):
        """Their slugs."""
        return ["letters", "mnist"]

    def models(self, dataset):
        """The same two everywhere."""
        return ["elbo-10", "mmd-20"]

    def classes(self, dataset):
        """Digits, or sixty letters with awkward names."""
        return [str(digit) for digit in range(10)] if dataset == "mnist" else [f"T-shirt & top {i}" for i in range(60)]

    def start(self, dataset):
        """Default model, first classes."""
        return "mmd-20", ["3", "8", "0"] if dataset == "mnist" else ["T-shirt & top 2", "T-shirt & top 1"]

    def method(self, dataset):
        """The letters have one of their own, of those that not every model has."""
        return "centre_of_mass" if dataset == "letters" else ""

    def components(self, dataset):
        """Components."""
        return 50

    def grid(self, dataset, model):
        """Classes and latent dimensions."""
        return len(self.classes(dataset)), int(model.split("-")[1])

    def latent_kind(self, dataset, model):
        """Of the letters one model has codes."""
        return "codes" if (dataset, model) == ("letters", "elbo-10") else "gaussian"

    def unpaintable(self, dataset):
        """Letters are not painted."""
        return "Letters share no layout." if dataset == "letters" else ""


LIBRARY = Small()
LEFT_OUT = "are not in this dataset and were left out."


def test_nothing_given_is_the_first_blend() -> None:
    recipe, said = parse({}, LIBRARY)
    assert said == []
    assert recipe == Recipe("mnist", "mmd-20", (("0", 50.0), ("3", 50.0), ("8", 50.0)), Theta(), 1, 1, k=50)
    with pytest.raises(AttributeError):
        recipe.seed = 2  # type: ignore[misc]


def test_a_default_model_that_cannot_be_opened_gives_way_to_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIBRARY, "start", lambda dataset: ("gone-5", ["3"]))
    assert parse({}, LIBRARY)[0].model == "elbo-10"


@pytest.mark.parametrize("method", [*(one.name for one in methods()), "collage"])
def test_a_link_holds_the_depth_only_where_it_says_something(method: str) -> None:
    recipe = Recipe("mnist", "elbo-10", (("3", 1.0),), method=method)
    assert ("depth" in recipe.to_query()) == (method == "averaging_depth")
    assert replace(recipe, depth=2).to_query()["depth"] == "2"


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe("mnist", "elbo-10", (("3", 33.33), ("8", 100.0)), Theta(0.4), 2, 7, "averaging_depth", 2, 20),
        Recipe("mnist", "mmd-20", (("0", 5.0),), Theta(1.0), 10, 2**32 - 1, "spherical", 4, 1),
        Recipe("letters", "mmd-20", (("T-shirt & top 1", 12.5), ("T-shirt & top 59", 0.01)), k=50),
        Recipe("mnist", "elbo-10", (("3", 50.0),), Theta.from_cells(0.5, np.arange(100).reshape(10, 10) / 100)),
    ],
)
def test_json_and_link_hold_all_of_it(recipe: Recipe) -> None:
    assert parse(json.loads(json.dumps(recipe.to_json())), LIBRARY) == (recipe, [])
    link = dict(parse_qsl(urlencode(recipe.to_query())))
    assert parse(link, LIBRARY) == (recipe, [])


def test_a_blank_in_a_name_is_encoded_once() -> None:
    recipe = Recipe("letters", "mmd-20", (("T-shirt & top 1", 12.5),), k=50)
    assert recipe.to_query()["w"] == "T-shirt & top 1:12.5"
    assert parse({**recipe.to_query(), "w": "T-shirt%20%26%20top%201:12.5"}, LIBRARY) == (recipe, [])  # as of old


@st.composite
def recipes(draw: st.DrawFn, data: str = "mnist", model: str = "elbo-10") -> Recipe:
    """Any recipe that is accepted, its classes in the dataset's order."""
    names, (classes, latent) = LIBRARY.classes(data), LIBRARY.grid(data, model)
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=MOST_CLASSES, unique=True))
    amounts = st.floats(0, 100) | st.integers(0, 100) | st.integers(0, 10_000).map(lambda cents: cents / 100)
    w = tuple((name, draw(amounts)) for name in names if name in chosen)
    cells = arrays(np.float64, (classes, latent), elements=st.floats(0, 1), fill=st.sampled_from([0.0, 1.0]))
    theta = Theta(draw(st.floats(0, 1)), draw(st.just("") | cells.map(to_text)))
    n, seed, depth, k = (draw(st.integers(*limits)) for limits in ((1, 10), (0, 2**32 - 1), (0, 4), (1, 50)))
    return Recipe(data, model, w, theta, n, seed, draw(st.sampled_from([one.name for one in methods()])), depth, k)


def of_link(recipe: Recipe) -> Recipe:
    found, said = parse(dict(parse_qsl(urlencode(recipe.to_query()))), LIBRARY)
    assert not said or all(amount == 0 for _, amount in recipe.w)
    return found


@given(recipes() | recipes("letters", "mmd-20"))
@settings(max_examples=300)
def test_every_recipe_comes_back_from_its_link_and_its_json(recipe: Recipe) -> None:
    written = json.loads(json.dumps(recipe.to_json(), allow_nan=False))
    assert of_link(recipe) == recipe and parse(written, LIBRARY)[0] == recipe and Recipe.from_json(written) == recipe


@pytest.fixture(scope="module")
def shipped() -> list[Model]:
    dataset = EncodedDataset("mnist")
    return [Model(f"mnist/{name}", dataset) for name in ("elbo-10", "linear-50")]


@given(recipe=recipes())
@settings(max_examples=25)
def test_a_recipe_its_link_and_its_json_make_the_same_picture(shipped: list[Model], recipe: Recipe) -> None:
    for model in shipped:
        made = model.make(recipe).picture
        for again in (of_link(recipe), Recipe.from_json(recipe.to_json())):
            np.testing.assert_array_equal(model.make(again).picture, made)


@given(w=st.dictionaries(st.sampled_from("0123456789"), st.floats(0, 100), min_size=1), theta=st.floats(0, 1))
@settings(max_examples=25)
def test_the_link_of_a_blend_shows_that_blend(shipped: list[Model], w: dict[str, float], theta: float) -> None:
    blend = shipped[0].blend(w, theta, 2, 7, "spherical")
    np.testing.assert_array_equal(shipped[0].make(of_link(blend.recipe)).picture, blend.picture)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"w": ()}, "the number of classes must be a whole number from 1 to 40; it was 0"),
        ({"w": tuple((f"c{i}", 1.0) for i in range(41))}, "the number of classes .* it was 41"),
        ({"w": (("3", 1.0), ("3", 2.0))}, "once only"),
        ({"w": (("3", -0.01),)}, "the amount of 3 must be a number from 0 to 100; it was -0.01"),
        ({"w": (("3", 100.01),)}, "the amount of 3"),
        ({"w": (("3", None),)}, "the amount of 3"),
        ({"theta": 0.4}, "theta must be a Theta"),
        ({"n": 0}, "n must be a whole number from 1 to 10; it was 0"),
        ({"n": True}, "n must be"),
        ({"n": 11}, "n must be"),
        ({"seed": -1}, "seed must be a whole number from 0 to 4294967295"),
        ({"seed": 2**32}, "seed must be"),
        ({"seed": "1"}, "seed must be a whole number from 0 to 4294967295; it was the text '1'"),
        ({"seed": 10**5000}, "seed must be .* it was a int too large to show"),
        ({"n": -(10**400)}, "n must be"),
        ({"w": (("3", [[]]),)}, "the amount of 3 must be"),
        ({"seed": 0.5}, "seed must be"),
        ({"depth": 2.5}, "depth must be a whole number from 0 to 4"),
        ({"depth": 5}, "depth must be"),
        ({"depth": -1}, "depth must be"),
        ({"k": -1}, "k must be a whole number from 0 to 4096"),
        ({"k": math.inf}, "k must be"),
        ({"method": "slerp"}, "there is no blending method 'slerp'; there are .*'decoded_mean'"),
    ],
)
def test_what_no_link_can_hold_no_recipe_holds(values: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Recipe(**{"data": "mnist", "model": "elbo-10", "w": (("3", 1.0),), **values})  # type: ignore[arg-type]


def test_a_recipe_holds_what_its_link_would_round() -> None:
    recipe = Recipe("mnist", "elbo-10", (("3", 100 / 3), ("8", 33.33)), Theta(2 / 3), np.int64(2), 7.0)  # type: ignore[arg-type]
    assert recipe.w == (("3", 33.3333), ("8", 33.33)) and recipe.theta.scale == 0.666667
    assert (recipe.n, type(recipe.n), recipe.seed, type(recipe.seed)) == (2, int, 7, int)


def test_shares_sum_to_one_and_zeros_share_equally() -> None:
    recipe, _ = parse({"w": "1:1,2:2,3:3"}, LIBRARY)
    assert math.isclose(sum(recipe.shares().values()), 1) and recipe.shares()["3"] == 0.5
    little, _ = parse({"w": "1:0.3,2:0.1"}, LIBRARY)
    assert little.shares() == pytest.approx({"1": 0.75, "2": 0.25})
    empty, said = parse({"w": {"1": 0, "2": 0}}, LIBRARY)
    assert empty.shares() == {"1": 0.5, "2": 0.5} and "share equally" in said[0]


@pytest.mark.parametrize(
    "values",
    [
        {"theta": "nan"},
        {"theta": 1e308},
        {"theta": -0.1},
        {"n": 1.5},
        {"n": "99"},
        {"seed": -1},
        {"seed": "1e999"},
        {"depth": 5},
        {"k": 0},
        {"k": 1.5},
        {"k": 51},
        {"method": "<b>"},
        {"data": "../.."},
        {"model": ["x"]},
        {"w": "3:inf"},
        {"w": {"<script>": 1}},
        {"w": "3:101"},
        {"theta": True},
        {"theta": {"a": 1}},
        {"seed": "9" * 5000},
        {"pattern": "AAAA"},
        {"pattern": "ZGRk" * 2000},
        {"pattern": ["ZGRk"]},
        {"pattern": "<b>" * 60},
        {"pattern": to_text(np.zeros((10, 10)))},
        {"pattern": "_" * 267},
    ],
)
def test_what_cannot_be_taken_falls_back_with_a_sentence(values) -> None:
    recipe, said = parse(values, LIBRARY)
    assert said and all("<" not in sentence and len(sentence) < 200 for sentence in said)
    first, _ = parse({}, LIBRARY)
    assert recipe == first


def test_amounts_that_are_no_amounts_are_counted_and_one_that_is_not_said_is_50() -> None:
    recipe, said = parse({"w": "1:x,3,5:101,8:25,9:-1"}, LIBRARY)
    assert recipe.w == (("3", 50.0), ("8", 25.0))
    assert said == ["3 amounts were not numbers from 0 to 100 and were left out."]


def test_of_what_a_stranger_writes_little_is_read() -> None:
    many = [f"c{i}" for i in range(10 * MOST_CLASSES)]
    for names, seen in ((["3", *many], "3"), ([*many[1:], "3"], "3"), ([*many, "3"], "")):
        for form in (",".join(f"{name}:1" for name in names), dict.fromkeys(names, 1)):
            recipe, said = parse({"w": form}, LIBRARY)
            assert [name for name, _ in recipe.w] == (list(seen) or ["0", "3", "8"])
            assert said[0] == f"{10 * MOST_CLASSES - len(seen)} of the classes asked for " + LEFT_OUT
    assert len(parse({"w": "x" * 19_998 + ",3"}, LIBRARY)[0].w) == 1
    assert len(parse({"w": "x" * 19_999 + ",3"}, LIBRARY)[0].w) == 3
    assert shown([0] * 99) == "[" + "0, " * 16 + "0"
    assert finite("0." + "3" * 38) == pytest.approx(1 / 3) and finite("0." + "3" * 39) is None
    assert plain("a" * 99) == "a" * 30 and plain("<" * 199 + "ab") == "a"


def test_too_many_classes_are_cut() -> None:
    recipe, _ = parse({"data": "letters", "w": ",".join(f"T-shirt & top {i}:1" for i in range(60))}, LIBRARY)
    assert len(recipe.w) == MOST_CLASSES
    flood, said = parse({"w": ",".join(f"c{i}:1" for i in range(10_000))}, LIBRARY)
    assert said and len(flood.w) == 3


def test_another_model_keeps_the_blend_and_another_dataset_its_own_classes() -> None:
    recipe, _ = parse({"w": "1:20,9:80", "theta": 0.3}, LIBRARY)
    assert with_model(recipe, "mnist/elbo-10", LIBRARY).w == recipe.w
    other = with_model(recipe, "letters/elbo-10", LIBRARY)
    assert [name for name, _ in other.w] == ["T-shirt & top 1", "T-shirt & top 2"] and other.theta.scale == 0.3


def test_a_pattern_stays_with_its_model() -> None:
    painted = to_text(np.eye(10, 20))
    recipe, said = parse({"pattern": painted}, LIBRARY)
    assert recipe.theta.pattern == painted and said == []
    assert with_model(recipe, "mnist/mmd-20", LIBRARY).theta.pattern == painted
    assert with_model(recipe, "mnist/elbo-10", LIBRARY).theta.pattern == ""
    assert parse({"pattern": to_text(np.ones((10, 20)))}, LIBRARY)[0].theta.pattern == ""


def test_the_smallest_pattern_is_a_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIBRARY, "grid", lambda dataset, model: (1, 1))
    recipe, said = parse({"pattern": to_text(np.zeros((1, 1)))}, LIBRARY)
    assert recipe.theta.cells((1, 1)).tolist() == [[0]] and said == []


def deep(levels: int) -> list[object]:
    """A list in a list in a list ..."""
    found: list[object] = []
    for _ in range(levels):
        found = [found]
    return found


HALF = "\ud800"
"""Half of a character, which JSON can spell and UTF-8 cannot."""
ODD = [10**5000, -(10**400), deep(100_000), HALF, HALF * 300, {HALF: 1}, {"a": deep(5000)}, 1e308, b"\xff", None]


@pytest.mark.parametrize("key", ["data", "model", "w", "theta", "n", "seed", "method", "depth", "k", "pattern"])
def test_a_value_of_any_size_or_depth_gets_sentences_that_can_be_shown(key: str) -> None:
    for odd in ODD:
        recipe, said = parse({key: odd}, LIBRARY)
        assert recipe.to_json() and all(len(one.encode()) < 200 for one in said)


WHOLE = Recipe("mnist", "mmd-20", (("3", 50.0),)).to_json()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 100_000, "nested too deep"),
        (f'{{"w": {"[" * 100_000}', "nested too deep"),
        ('{"seed": ' + "9" * 5000 + "}", "thousands of digits"),
        ('{"theta": NaN}', "NaN, which is no number"),
        ('{"n": 1, "theta": 0.1, "theta": 0.9}', "'theta' twice"),
        ("[]", "not a record"),
        ("{", "not JSON"),
        (b"\xff\xfe{", "not"),
        (" " * 2**21, "longer"),
    ],
)
def test_json_that_nobody_can_have_meant_is_refused_with_a_sentence(text: str | bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        record(text)


def test_json_may_be_as_long_as_it_says() -> None:
    assert record("{}" + " " * (MOST_TEXT - 2)) == {}


@pytest.mark.parametrize("name", [name for name in WHOLE if name != "where"])  # files of before have no paint
def test_a_file_without_one_of_its_fields_is_not_completed(name: str) -> None:
    assert not left_out(WHOLE, link=False, linear=False)
    assert left_out({**WHOLE, name: None}, link=False, linear=False) == [name]
    assert left_out({key: value for key, value in WHOLE.items() if key != name}, link=False, linear=False) == [name]


def test_a_link_may_leave_out_what_does_not_count() -> None:
    link = Recipe("mnist", "mmd-20", (("3", 50.0),)).to_query()
    del link["k"]
    assert not left_out(link, link=True, linear=False)
    assert left_out(link, link=True, linear=True) == ["k"]
    assert not left_out({**link, "method": "collage"}, link=True, linear=False)
    assert left_out({**link, "method": "averaging_depth"}, link=True, linear=False) == ["depth"]
    assert left_out({**link, "w": ""}, link=True, linear=False) == ["w"]


def test_a_method_for_codes_is_kept_where_there_are_codes_and_else_a_sentence_says_what_is_shown() -> None:
    link = {"data": "letters", "model": "elbo-10", "method": "code_vote", "k": "50"}
    recipe, said = parse(link, LIBRARY)
    assert (recipe.method, said) == ("code_vote", [])
    other, said = parse({**link, "model": "mmd-20"}, LIBRARY)
    assert other.method == "decoded_mean"
    assert said == ["“Code vote” is for models of codes, so this one shows “Average after decoding”."]
    assert "code_vote" in said[0].refusal
    assert with_model(recipe, "letters/mmd-20", LIBRARY).method == "decoded_mean"
    assert with_model(replace(recipe, method="spherical"), "letters/mmd-20", LIBRARY).method == "spherical"


def test_the_shortest_link_says_nothing_that_goes_without_saying_and_is_the_same_recipe() -> None:
    plain = Recipe("mnist", "elbo-10", (("3", 50.0), ("8", 50.0)))
    first, _ = parse({**plain.to_query(), "k": ""}, LIBRARY)
    assert list(shortest({**first.to_query(), "group": "mnist:1.x"}, LIBRARY)) == ["data", "model", "w", "group"]
    for recipe in (
        first,
        replace(first, seed=7),
        replace(first, theta=Theta(0.4), n=3),
        replace(first, method="k_means"),
    ):
        short_link = shortest(recipe.to_query(), LIBRARY)
        assert parse(short_link, LIBRARY) == (recipe, []) and len(short_link) < len(recipe.to_query())
