"""Searches in a world with known answers: what they find, that they repeat, go on, and refuse in a sentence."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from latent_core.metrics import lower_bound, same_class_cosine
from latent_core.search._order import Order
from latent_core.search._searching import search
from latent_core.search._state import resumed
from latent_core.search._trials import CHECKED, Audit, Trials, noise_of
from latent_core.search.optimisers import _descent
from tests.unit.search_toys import CLASSES, LATENT, Corners

RUNS = [("simple", ""), *((form, steered) for form in ("medium1", "medium2") for steered in ("cma", "grid"))]


def order(kind: str = "medium1", **values: Any) -> Order:
    return Order("toy/toy", kind, **{"accuracy": 0.99, "worst": 0.97, **values})


def found(given: Order, world: Callable[[], Any] = Corners, **more: Any) -> dict[str, Any]:
    return search(given, open_world=world, **more)


@pytest.mark.parametrize(("kind", "steered"), RUNS)
def test_a_search_repeats_itself_and_meets_its_target_on_fresh_noise(kind: str, steered: str) -> None:
    one, two = (found(order(kind, optimiser=steered)) for _ in range(2))
    assert one["theta"] == two["theta"] and one["scores"] == two["scores"] and one["points"] == two["points"]
    assert lower_bound(one["scores"]["own"], 9000) >= 0.989 and min(one["scores"]["own_by"]) >= 0.96
    theta = np.array(one["theta"])
    assert theta.shape == (CLASSES, LATENT) and theta.min() >= 0 and theta.max() <= 1
    steps = 1000 if kind == "simple" else 100
    assert np.allclose(theta * steps, np.rint(theta * steps), atol=1e-9)
    if kind != "medium2":
        assert (theta == theta[0]).all()
    if kind == "simple":
        assert np.unique(theta).size == 1


@pytest.mark.parametrize("steered", ["cma", "grid", "gradient"])
def test_more_thetas_buy_variety_where_the_mathematics_says_so(steered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dimensions 3 and 4 never lead astray: they belong at 1. So does another class's, in Medium2, as far as it may."""
    monkeypatch.setattr(_descent, "FITTED", 300)  # the toy's scorer is soon learned
    start = found(order("simple"))["scores"]["cosine"]
    one = found(order("medium1", optimiser=steered, budget=200))
    assert one["scores"]["cosine"] < start - 0.005
    assert np.array(one["theta"])[0, 3:].min() > 0.9 > np.array(one["theta"])[0, :3].mean()
    two = found(order("medium2", optimiser=steered, budget=200))
    assert two["scores"]["cosine"] < one["scores"]["cosine"]


def test_another_seed_is_another_search_that_finds_as_much() -> None:
    one, two = found(order("medium1")), found(order("medium1", seed=2))
    assert one["theta"] != two["theta"]
    assert one["scores"]["cosine"] == pytest.approx(two["scores"]["cosine"], abs=0.01)


def test_several_processes_find_the_same() -> None:
    one, two = found(order("medium2", budget=60)), found(order("medium2", budget=60, workers=2))
    assert one["theta"] == two["theta"] and one["scores"] == two["scores"]


def test_a_scorer_that_sees_too_few_errors_is_corrected_by_the_own_classifier() -> None:
    blind = partial(Corners, (0.02, 1, 1))
    for kind in ("medium1", "medium2"):
        scores = found(order(kind), blind)["scores"]
        assert lower_bound(scores["own"], 9000) >= 0.99 and min(scores["own_by"]) >= 0.96


@cache
def uninterrupted(kind: str) -> dict[str, Any]:
    """What a search finds that nothing ends."""
    return found(order(kind))


class Stopped(Exception):
    """What ends a search in a test."""


@pytest.mark.parametrize("kind", ["simple", "medium1", "medium2"])
@pytest.mark.parametrize("after", [1, 3, 7])
def test_an_ended_search_goes_on_and_finds_the_same(kind: str, after: int, tmp_path: Path) -> None:
    state, given, told = tmp_path / "state.json", order(kind), []

    def stop(step: int, steps: int, best: Any) -> None:
        told.append(step)
        if len(told) == after:
            raise Stopped

    with pytest.raises(Stopped):
        found(given, on_step=stop, state_path=state)
    kept = resumed(state, given.identity())
    assert kept.round + len(kept.looked) == after
    seen: list[int] = []
    rest = found(given, state_path=state, on_step=lambda step, steps, best: seen.append(step))
    timeless = {"seconds": 0, "cpu_seconds": 0, "scored_seconds": 0}
    assert {**uninterrupted(kind), **timeless} == {**rest, **timeless}
    assert seen[0] == after + 1 or kind == "simple"
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"], "no half-written files are left"


def test_a_state_of_another_order_or_a_broken_one_is_not_used(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    found(order("simple"), state_path=state)
    assert resumed(state, order("simple").identity()).looked
    assert not resumed(state, order("simple", seed=2).identity()).looked
    state.write_bytes(state.read_bytes()[:-9])
    assert not resumed(state, order("simple").identity()).looked
    assert found(order("simple"), state_path=state)["theta"] == found(order("simple"))["theta"]


def test_the_weight_of_equation_4_decides_how_far_a_search_goes() -> None:
    accuracies = [found(order("simple", weight=weight))["scores"]["own"] for weight in (1.0, 2.0, 5.0)]
    assert accuracies[0] < accuracies[1] < accuracies[2]
    assert found(order("medium1", weight=1.0))["accuracy"] is None


def test_what_cannot_be_reached_or_is_no_number_is_a_sentence() -> None:
    class Lost(Corners):
        def classify(self, pictures: np.ndarray) -> np.ndarray:
            return np.eye(CLASSES)[np.zeros(len(pictures), int)]  # it takes everything for class a

    for kind in ("simple", "medium1"):
        with pytest.raises(ValueError, match=r"No setting reaches .* 0.0000 for b"):
            found(order(kind), Lost)
        with pytest.raises(ValueError, match="latents that are not numbers"):
            found(order(kind), partial(Corners, broken="latents"))
        with pytest.raises(ValueError, match="not numbers"):
            found(order(kind), partial(Corners, broken="pictures"))
    with pytest.raises(ValueError, match="cannot show an accuracy"):
        found(order("medium1", accuracy=0.99999))


def test_an_audit_is_right_without_looking_at_everything() -> None:
    world, theta = Corners(), np.full((CLASSES, LATENT), 0.9)
    seen = Audit(world, 7, 4000)(theta)
    pictures = world.pictures(world.latents(theta, noise_of(world, 7, 4000), range(CLASSES)))
    whole = (world.classify(pictures.reshape(-1, LATENT)).argmax(1).reshape(-1, CLASSES) != range(CLASSES)).mean(axis=0)
    assert seen.error == pytest.approx(whole, abs=0.004) and seen.expected == pytest.approx(whole, abs=0.01)
    assert seen.seen == 12_000 and 12_000 / CHECKED < seen.looked < 4000
    assert Audit(world, 7, 4000)(theta, tau=0.99).accepted.max() < 1


def test_a_trial_is_what_it_is_for_each_class_alone() -> None:
    world, theta = Corners(), np.random.default_rng(1).random((CLASSES, LATENT))
    trials = Trials(world, 3, 200, 50)
    cosine, error = trials(theta, range(CLASSES))
    for row in range(CLASSES):
        alone = trials(theta[row : row + 1], (row,))
        assert alone[0] == pytest.approx(cosine[row], abs=1e-9) and alone[1] == pytest.approx(error[row], abs=1e-9)
    pictures = world.pictures(world.latents(theta, trials.noise[:50], range(CLASSES)))
    assert cosine == pytest.approx(same_class_cosine(pictures))
