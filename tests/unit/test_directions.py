"""The Directions page's part of the link: what it says is taken whole, or a sentence says what is not."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from latent_core import datasets
from latent_core.models.class_share import blurred, class_share
from latent_core.models.named_numbers import named_numbers
from pages.parts.directions.link import Change, DirectionsView, Morph, Sheet, Space, first_view, from_query, from_values
from pages.parts.directions.link import parse_steps as steps_of

SPACE = Space(("0", "1", "two, 2", "Group 1", ":all"), ("1", "two, 2"), latent=10, rows=100, blocks=2)
FIRST = first_view(SPACE)


def sent(view: DirectionsView) -> dict[str, object]:
    """What the browser sends of a view."""
    told = {key: value for key, value in view.__dict__.items() if key != "steps"}
    for key in ("change", "morph", "corners"):
        told[key] = dict(told[key].__dict__)
    return {**told, "dir": view.texts()["dir"]}


@pytest.mark.parametrize(
    "view",
    [
        FIRST,
        replace(FIRST, tool="numbers", start=":row12", steps=(("pc1", 0.5), ("dim3", -1.0)), grid="pc3", size=0.25),
        replace(FIRST, change=Change(":all", "two%2C 2", -0.5), steps=(("dim10", 5.0),), further=True),
        replace(FIRST, morph=Morph(":here", ":row7", "data", 0.25), start="%3Aall"),
        replace(FIRST, corners=Sheet(("0", "%3Aall", "Group 1", ":row0"), 0.125, 1.0), parts=("0", ":row99")),
        replace(FIRST, change=Change("%3Aall", ":all", 1.0), start=":point"),
    ],
)
def test_a_view_survives_the_link_and_the_browser(view: DirectionsView) -> None:
    assert from_query(view.to_query(SPACE), SPACE) == (view, [])
    assert from_values(sent(view), SPACE) == (view, [])


def test_a_first_visit_adds_nothing_to_the_link_and_a_step_says_only_itself() -> None:
    assert FIRST.to_query(SPACE) == {}
    walked = replace(FIRST, steps=(("pc1", 0.5), ("dim3", -1.0)))
    assert walked.to_query(SPACE) == {"dir": "pc1:0.5,dim3:-1"}
    assert FIRST.change == Change("1", "two%2C 2") and FIRST.corners.things == ("1", "two%2C 2", "0", "Group 1")


def test_where_typical_pictures_are_blurs_a_first_visit_shows_single_ones() -> None:
    space = replace(SPACE, instead={"0": 5, "1": 7, "two, 2": 9})
    first = first_view(space)
    assert first.start == ":row7" and first.corners.things == (":row7", ":row9", ":row5", "Group 1")
    assert first.to_query(space) == {} and from_query({}, space) == (first, [])
    assert "picture 7 is shown" in from_query({"start": "nobody"}, space)[1][0]
    blend = replace(first, start=":blend")
    assert from_query(blend.to_query(space), space) == (blend, []) and blend.to_query(space) == {"start": ":blend"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"dir": "up:1"}, "There is no direction “up”: they are called pc1 to pc10 and dim1 to dim10."),
        ({"dir": "dim11:1"}, "dim11 is beyond this model: it has 10 of them, dim1 to dim10."),
        ({"dir": "dim1:4"}, "The step along dim1 must be a number from -3 to 3. With Go further it may."),
        ({"dir": "dim1:9"}, "The step along dim1 must be a number from -3 to 3. The other"),
        ({"dir": "dim1:9", "further": "1"}, "must be a number from -6 to 6"),
        ({"dir": ",".join(f"x{i}" for i in range(20))}, "17 more could not be taken"),
        ({"dir": ",".join(["dim1:1"] * 300)}, "There are more than 256 steps"),
        ({"start": ":row100"}, "There is no picture 100: they are numbered from 0 to 99."),
        ({"start": ":here"}, "There is no class or group “here” here"),
        ({"change": "0,1:1.5"}, "The change must be a number from 0 to 1; 0 is used. With Go further it may be 1.5."),
        ({"change": "0,9:0.5"}, "There is no class or group “9” here; two, 2 is shown."),
        ({"morph": "0,1,sideways:0.5"}, "There is no way of a morph “sideways” here"),
        ({"morph": "0,1,data:nan"}, "The place on the morph must be a number from 0 to 1"),
        ({"corners": "0,1:2"}, "The place between the corners must be a number from 0 to 1"),
        ({"grid": "near:3"}, "A step of the grid is 0.25, 0.5, 1, 2 wide; 1 is used."),
        ({"grid": "far"}, "There is no grid of steps “far” here"),
        ({"tool": "<script>"}, "There is no tool “script” here; steps is shown."),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_stays(query: dict[str, str], sentence: str) -> None:
    rest = {"start": ":row3", "tool": "morph"}
    view, said = from_query({**rest, **query}, SPACE)
    assert len(said) == 1 and sentence in said[0]
    assert view.tool == ("steps" if "tool" in query else "morph")
    assert view.start == (":blend" if "start" in query else ":row3")


def test_parts_of_a_model_without_any_are_refused_with_a_sentence() -> None:
    view, said = from_query({"parts": "0,1"}, replace(SPACE, blocks=0))
    assert view.parts == () and "no parts with names" in said[0]


def test_the_good_steps_of_a_list_are_taken() -> None:
    steps, said = steps_of("pc1:0,5, dim2:1 ,dim2:2,dim3:0,zzz:1", 10, further=False)
    assert steps == (("dim2", 2.0),) and len(said) == 1, "the last of two with one name, none of 0"
    assert "no principal axes are computed, so there is no pc1" in steps_of("pc1:1,dim9:1", 129, further=False)[1][0]
    assert steps_of(None, 10, further=False) == ((), []) and steps_of(5, 10, further=False)[0] == ()


@pytest.mark.parametrize("junk", [None, 5, "x", [], {"things": 5}, {"things": [None] * 9}, {"begin": [], "amount": {}}])
def test_whatever_a_browser_sends_a_view_comes_of_it(junk: object) -> None:
    keys = ("tool", "start", "dir", "grid", "size", "change", "morph", "corners", "parts", "further")
    view, _ = from_values(dict.fromkeys(keys, junk), SPACE)
    assert from_query(view.to_query(SPACE), SPACE)[0] == view


def test_a_number_is_called_after_what_it_follows_where_that_is_known() -> None:
    known = datasets.factors("sprites", "train")
    assert known is not None
    index = np.arange(0, 6000, 3)
    size, shape = known[index, 1], known[index, 0]
    noise = np.random.default_rng(1).normal(size=len(index))
    latents = np.stack([2.0 * size, noise, 5.0 * (shape == 2) + 0.1 * noise, noise + 0.1 * size], axis=1)
    rows = {"index": index, "split": np.zeros(len(index), int)}

    def names(slug: str, rows: dict[str, Any]) -> list[tuple[int, str]]:
        model: Any = SimpleNamespace(dataset=SimpleNamespace(slug=slug, rows=rows), latents=latents)
        return [(one.number, one.factor) for one in named_numbers(model)]

    assert names("sprites", rows) == [(0, "size"), (2, "shape")]
    assert names("mnist", rows) == names("mine", rows) == [], "nobody knows what differs there"
    assert names("sprites", {**rows, "index": index + 5000}) == [], "other pictures under this name"


def test_classes_that_have_little_in_common_are_said_to_be_blurs() -> None:
    def model(apart: float, *blocks: str) -> Any:
        stats = {"mean": np.array([[0, 0], [0, apart]]), "std": np.ones((2, 2)), "count": np.array([30, 10])}
        latent = SimpleNamespace(blocks=[SimpleNamespace(name=name) for name in blocks])
        shared = SimpleNamespace(card=SimpleNamespace(classes=["Heart", "Moon"]))
        return SimpleNamespace(own_stats=stats, dataset=shared, card=SimpleNamespace(latent=latent))

    # between the centroids 3/16 apart^2, inside the classes 1 + 1
    assert class_share(model(4)) == pytest.approx(3 / 5) and blurred(model(4)) == ""
    assert blurred(model(0.5)).startswith("The class is 2 % of what differs") and "typical Heart" in blurred(model(0.5))
    assert "less than 1 %" in blurred(model(0.1, "style"))
    assert blurred(model(0.1, "style", "class")) == "", "the class is told beside them"
    still = {name: 0.0 * value for name, value in model(1).own_stats.items()} | {"count": np.array([1, 1])}
    assert class_share(SimpleNamespace(own_stats=still)) == 0  # type: ignore[arg-type]
