"""Recipes: every door reads the same record, and nothing that a stranger writes gets further than `parse`."""

import json
import math
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest

from latent_core.recipes.recipe import MOST_CLASSES, Recipe, parse, with_model
from latent_core.recipes.theta import Theta, to_text


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

    def components(self, dataset):
        """Components."""
        return 50

    def grid(self, dataset, model):
        """Classes and latent dimensions."""
        return len(self.classes(dataset)), int(model.split("-")[1])


LIBRARY = Small()


def test_nothing_given_is_the_first_blend() -> None:
    recipe, said = parse({}, LIBRARY)
    assert said == []
    assert recipe == Recipe("mnist", "mmd-20", (("0", 50.0), ("3", 50.0), ("8", 50.0)), k=50)


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


def test_shares_sum_to_one_and_zeros_share_equally() -> None:
    recipe, _ = parse({"w": "1:1,2:2,3:3"}, LIBRARY)
    assert math.isclose(sum(recipe.shares().values()), 1) and recipe.shares()["3"] == 0.5
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
