"""Where who is: paint is one small text, the same at every door, and what it says of a field holds in that field."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from latent_core.__main__ import main
from latent_core.models.files import png
from latent_core.models.groups import Group
from latent_core.models.measure import alternatives
from latent_core.models.reopening import reopened
from latent_core.recipes.recipe import MOST_PAINT, Recipe, left_out, parse, shortest, with_model
from latent_core.recipes.where import MOST, SIDE, TIMES, Where
from tests import shipped
from tests.unit.test_recipe import LIBRARY

pytestmark = pytest.mark.usefixtures("opened_once")
W = {"3": 50.0, "8": 25.0, "0": 25.0}
TOP = np.repeat([[MOST], [0]], SIDE // 2, axis=0) * np.ones((1, SIDE), int)
"""Painted above, bare below."""
LEVELS = st.lists(st.integers(0, MOST), min_size=SIDE * SIDE, max_size=SIDE * SIDE)


@given(st.dictionaries(st.sampled_from(["3", "a,b", "100%", "x:y", "é ü"]), LEVELS))
def test_levels_and_text_are_one_paint(levels: dict[str, list[int]]) -> None:
    paint = Where.from_levels({name: np.reshape(one, (SIDE, SIDE)) for name, one in levels.items()})
    assert Where.from_text(paint.text) == paint and bool(paint) == any(map(any, levels.values()))
    names = [*levels, "never painted"]
    np.testing.assert_array_equal(paint.levels(names), [*levels.values(), [0] * SIDE**2])
    assert len(Where.from_levels({"3": TOP}).text) == len("3:") + 22


def test_one_paint_has_one_spelling_and_a_mask_of_nothing_is_no_paint() -> None:
    bare = "A" * 22
    assert Where.from_text(f"3:{bare},8:{bare[:-1]}B") == Where() == Where.from_text("")  # bits that no field has
    assert Where.from_levels({"3": 0 * TOP}).text == ""


@pytest.mark.parametrize(
    "text",
    ["3", "3:", ":", "3:AAA", f"3:{'A' * 23}", f"3:{'A' * 21}=", f"3:{'é' * 22}", f"3:{'_' * 22},3:{'_' * 22}", ","],
)
def test_a_text_that_is_no_paint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"where|painted once"):
        Where.from_text(text)
    recipe, said = parse({"w": "3:50", "where": text}, LIBRARY)
    assert not recipe.where and [one.refusal for one in said] == ["where is no paint, such as Medley writes it."]


def test_paint_that_means_nothing_here_is_left_out_with_a_sentence() -> None:
    paint = Where.from_levels({"3": TOP, "5": TOP})
    recipe, said = parse({"w": "3:50,8:50", "where": paint.text}, LIBRARY)
    assert recipe.where == paint.only(["3"]) and said == ["5 is painted and not chosen, so that paint was left out."]
    name = "T-shirt & top 1"
    recipe, said = parse({"data": "letters", "w": f"{name}:50", "where": f"{name}:{'_' * 22}"}, LIBRARY)
    assert not recipe.where and said == ["Letters share no layout. The paint was left out."]
    for hostile in ("3:" + "_" * MOST_PAINT, ["3"], 7, {"3": "_"}):
        assert parse({"where": hostile}, LIBRARY)[1] == [
            "“where” in the link says nothing that can be read, so no class is painted."
        ]


def test_a_recipe_holds_paint_in_link_and_json_and_old_ones_have_none() -> None:
    paint = Where.from_levels({"8": TOP, "3": TOP[::-1]})
    recipe = Recipe("mnist", "elbo-10", (("3", 50.0), ("8", 50.0)), where=paint)
    assert recipe.where.names == ("3", "8"), "in the dataset's order"
    assert parse(dict(parse_qsl(urlencode(recipe.to_query()))), LIBRARY) == (recipe, [])
    assert parse(json.loads(json.dumps(recipe.to_json())), LIBRARY) == (recipe, [])
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert shortest(recipe.to_query(), LIBRARY)["where"] == recipe.where.text
    bare = replace(recipe, where=Where())
    assert "where" not in bare.to_query()
    old = {key: value for key, value in bare.to_json().items() if key != "where"}
    assert Recipe.from_json(old) == bare and left_out(old, link=False, linear=False) == []
    assert replace(recipe, w=(("8", 50.0),)).where == paint.only(["8"]), "paint goes with its class"
    assert with_model(recipe, "mnist/mmd-20", LIBRARY).where == recipe.where
    assert not with_model(recipe, "letters/mmd-20", LIBRARY).where
    with pytest.raises(ValueError, match="must be a Where"):
        replace(recipe, where="3")  # type: ignore[arg-type]


@pytest.mark.parametrize("method", ["decoded_mean", "centre_of_mass", "consensus", "averaging_depth"])
def test_every_field_is_a_blend_of_its_own_and_they_fade(method: str) -> None:
    model, names = shipped.model("mnist/mmd-20"), ["0", "3", "8"]
    rng = np.random.default_rng(1)
    drawn = rng.integers(0, 2, (3, SIDE, SIDE)) * rng.integers(0, 2, (3, 1, SIDE)) * MOST
    levels = dict(zip(names, drawn, strict=True))
    made = model.blend(W, theta=0.3, method=method, depth=2, where=levels)
    expected, total = np.zeros(made.picture.shape), np.zeros(made.picture.shape[1:])
    place = ((np.arange(28) + 0.5) * SIDE / 28 - 0.5).clip(0, SIDE - 1)
    blends: dict[tuple[int, ...], np.ndarray] = {}
    for row, column in np.ndindex(SIDE, SIDE):
        here = tuple(int(levels[name][row, column]) for name in names)
        if here not in blends:
            local = {name: W[name] * TIMES**level for name, level in zip(names, here, strict=True)}
            most = max(local.values())
            local = {name: 100 * amount / most for name, amount in local.items()}
            blends[here] = model.blend(local, theta=0.3, method=method, depth=2).picture
        near = np.outer(*((1 - abs(place - at)).clip(0) for at in (row, column)))
        expected += near * blends[here]
        total += near
    np.testing.assert_allclose(total, 1, atol=1e-12)
    np.testing.assert_allclose(made.picture, expected, atol=2e-5)
    np.testing.assert_allclose(made.latent, model.blend(W, theta=0.3, method=method, depth=2).latent)


def test_without_paint_nothing_is_otherwise_and_the_usual_answers_know_none() -> None:
    model = shipped.model("mnist/mmd-20")
    bare = model.blend(W)
    assert model.blend(W, where={"3": 0 * TOP}) == bare
    alone = model.blend({"3": 1}, where={"3": TOP})
    np.testing.assert_array_equal(alone.picture, model.blend({"3": 1}).picture)  # one class alone shows everywhere
    everywhere = model.blend(W, where=dict.fromkeys(W, TOP * 0 + 2))
    np.testing.assert_allclose(everywhere.picture, bare.picture, atol=1e-6)
    painted = model.blend(W, where={"3": TOP}).recipe
    assert alternatives(model, painted, remove_one=False) == alternatives(model, bare.recipe, remove_one=False)


def test_python_refuses_paint_that_means_nothing() -> None:
    model = shipped.model("mnist/mmd-20")
    with pytest.raises(ValueError, match="5 is painted and not chosen"):
        model.blend(W, where={"5": TOP})
    with pytest.raises(ValueError, match=r"\(8, 8\) whole levels from 0 to 3"):
        model.blend(W, where={"3": TOP + 1})
    with pytest.raises(ValueError, match="must be a Where"):
        model.blend(W, where=7)  # type: ignore[arg-type]
    melodies = shipped.model("melodies/linear-50")
    with pytest.raises(ValueError, match="In melodies no place"):
        melodies.blend(dict.fromkeys(melodies.card.classes[:2], 1), where={melodies.card.classes[0]: TOP})


def test_command_saved_picture_and_python_are_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paint = Where.from_levels({"3": TOP})
    made = shipped.model("mnist/mmd-20").blend({"3": 50, "8": 50}, where=paint)
    once, again = tmp_path / "once.png", tmp_path / "again.png"
    main(["blend", "mnist/mmd-20", "--w", "3:50,8:50", "--where", paint.text, "--out", str(once)])
    main(["blend", "--recipe", str(once), "--out", str(again)])
    assert once.read_bytes() == again.read_bytes() == png(made, 8)
    assert main(["blend", "mnist/mmd-20", "--w", "3:50,8:50", "--where", "nothing"]) == 2
    assert "where is no paint" in capsys.readouterr().err


def test_paint_of_a_group_goes_with_it_when_it_gets_another_name() -> None:
    model, own = shipped.model("mnist/mmd-20"), Group("mnist", 1, (3, 5, 1000))
    theirs = replace(own, rows=(4, 6, 2000))
    saved = model.with_groups([theirs]).blend({"3": 50, theirs.name: 50}, where={theirs.name: TOP})
    recipe, _, said = reopened(json.dumps(saved.record()), shipped.library(), [own], {("mnist", 1)})
    assert recipe.where.names == ("Group 2",) and said == ""
    np.testing.assert_array_equal(recipe.where.levels(["Group 2"])[0], TOP.ravel())
