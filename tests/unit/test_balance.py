"""Even out raises the worst chosen class, never lowers it, and asks the judge only whether it agrees."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from latent_core.blends import methods
from latent_core.models.even_out import FLOOR, even_out
from latent_core.models.measure import NoJudge
from tests import shipped
from tests.unit import toys

JUDGED = [slug for slug in shipped.models() if slug.split("/")[0] in shipped.judged()]


def bits(toy: toys.Toy, judge, recipe) -> np.ndarray:
    rows = [toy.classes.index(name) for name, share in recipe.shares().items() if share > 0 and name in toy.classes]
    return judge.bits(toy.make(recipe).picture[None])[0, rows]


def worst(toy: toys.Toy, judge, recipe) -> float:
    return float(bits(toy, judge, recipe).min())


def seen(toy: toys.Toy, judge, recipe) -> int:
    return int((bits(toy, judge, recipe) > 0).sum())


def test_quiet_classes_get_more_until_all_show_alike() -> None:
    toy = toys.Toy([2.0, 1.0, 0.5], threshold=0.1)
    found = even_out(toy, toy.recipe({"a": 50, "b": 50, "c": 50}))
    shares = np.array(list(found.recipe.shares().values()))
    best = 1 / toy.strength / (1 / toy.strength).sum()
    assert found.changed and np.abs(shares - best).max() < 0.02
    assert found.after > found.before and found.after == pytest.approx(worst(toy, toy.dataset.judge, found.recipe))
    assert f"{found.before:.1f} to {found.after:.1f} bits" in found.sentence()


@given(
    strength=some.lists(some.floats(0, 3), min_size=2, max_size=6),
    amounts=some.lists(some.floats(0, 100), min_size=6, max_size=6),
    other=some.lists(some.floats(-1, 1), min_size=6, max_size=6),
)
@settings(max_examples=40)
def test_neither_guide_nor_judge_ever_sees_the_worst_class_lose(strength, amounts, other) -> None:
    toy = toys.Toy(strength)
    toy.dataset.judge = toys.judge(len(strength), np.array(other[: len(strength)]))
    recipe = toy.recipe({name: round(amount, 2) for name, amount in zip(toy.classes, amounts, strict=False)})
    found = even_out(toy, recipe)
    for judge in (toy.dataset.guide, toy.dataset.judge):
        assert worst(toy, judge, found.recipe) >= worst(toy, judge, recipe) - 1e-6
        assert seen(toy, judge, found.recipe) >= seen(toy, judge, recipe)
    assert found.changed or found.recipe == recipe
    assert found.after >= found.before
    if found.changed:
        given_ = [amount for _, amount in found.recipe.w if amount]
        assert max(given_) == 100 and min(given_) >= FLOOR and all(round(a, 2) == a for a in given_)
        out = {name for name, share in recipe.shares().items() if share == 0}
        assert {name for name, amount in found.recipe.w if amount == 0} == out


def test_the_judge_may_veto_and_then_nothing_changes() -> None:
    toy = toys.Toy([2.0, 1.0, 0.5])
    recipe = toy.recipe({"a": 50, "b": 50, "c": 50})
    toy.dataset.judge = toys.judge(3, np.array([0.9, 0.1, -0.5]))  # for it, a is the worst already
    found = even_out(toy, recipe)
    assert not found.changed and found.recipe is recipe and found.before == found.after
    assert "nothing was changed" in found.sentence()


def test_the_judge_never_proposes() -> None:
    toy = toys.Toy([2.0, 1.0, 0.5])
    recipe, asked = toy.recipe({"a": 50, "b": 50, "c": 50}), []
    own = toy.dataset.judge

    class Counting:
        classes = own.classes

        def bits(self, pictures: np.ndarray) -> np.ndarray:
            asked.append(len(pictures))
            return own.bits(pictures)

    expected = even_out(toy, recipe)
    toy.dataset.judge = Counting()
    assert even_out(toy, recipe) == expected and expected.changed and sum(asked) == 2


def test_after_a_veto_half_the_way_is_tried() -> None:
    toy = toys.Toy([2.0, 1.0, 0.5], threshold=0.1)
    recipe = toy.recipe({"a": 50, "b": 50, "c": 50})
    whole = even_out(toy, recipe)
    toy.dataset.judge = toys.judge(3, np.array([0.2, 0, 0]))  # for it, all the way a gets worse than c was
    half = even_out(toy, recipe)
    assert half.changed and half.recipe != whole.recipe and half.after > half.before
    given_, all_, middle = (np.log(list(one.shares().values())) for one in (recipe, whole.recipe, half.recipe))
    np.testing.assert_allclose(np.diff(middle), np.diff((given_ + all_) / 2), atol=1e-3)


def test_the_order_of_the_classes_hardly_matters() -> None:
    first = toys.Toy([2.0, 1.0, 0.5, 1.5], threshold=0.1)
    second = toys.Toy([0.5, 1.5, 1.0, 2.0], threshold=0.1)
    one = even_out(first, first.recipe(dict.fromkeys("abcd", 50.0)))
    other = even_out(second, second.recipe(dict.fromkeys("abcd", 50.0)))
    assert one.after == pytest.approx(other.after, abs=0.1)


def test_one_class_or_none_has_nothing_to_be_evened_out() -> None:
    toy = toys.Toy([2.0, 1.0], groups=("Group 1",))
    for amounts in ({"a": 50}, {"a": 50, "b": 0}, {"Group 1": 50}, {"a": 50, "Group 1": 50}):
        recipe = toy.recipe(amounts)
        assert even_out(toy, recipe).recipe is recipe


def test_a_group_keeps_its_amount_beside_the_average_class() -> None:
    toy = toys.Toy([3.0, 1.0], groups=("Group 1",))
    found = even_out(toy, toy.recipe({"a": 50, "b": 50, "Group 1": 50}))
    amounts = dict(found.recipe.w)
    assert found.changed
    assert amounts["Group 1"] == pytest.approx(np.sqrt(amounts["a"] * amounts["b"]), rel=0.01)


def test_without_a_judge_there_is_a_sentence() -> None:
    toy = toys.Toy([1.0, 1.0])
    toy.dataset.guide, toy.dataset.unjudged = None, "Toys has no judge yet."
    with pytest.raises(NoJudge, match="no judge yet"):
        even_out(toy, toy.recipe({"a": 1, "b": 1}))


@pytest.mark.parametrize("method", [one.name for one in methods()])
def test_every_method_of_a_shipped_model_can_be_evened_out(method: str) -> None:
    for slug in JUDGED[:1] + JUDGED[-1:]:
        model = shipped.model(slug)
        recipe = model.blend(dict.fromkeys(model.card.classes, 50.0), theta=0.3, seed=4, method=method).recipe
        begun = time.process_time()
        found = even_out(model, recipe)
        assert time.process_time() - begun < 3, "a click, not a wait"
        assert found.after >= found.before
        assert replace(found.recipe, w=recipe.w) == recipe, "only amounts change"
    assert even_out(model, recipe) == found, "the same click gives the same amounts"
