"""A whole search: rounds where there is something to optimise, calibration, and scores on fresh noise."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from latent_core import registry
from latent_core.search import _rounds
from latent_core.search._calibration import VALIDATED, Scales, cheapest, largest_met
from latent_core.search._catalogue import KINDS
from latent_core.search._crew import Opener, crew
from latent_core.search._kind import Form, Groups
from latent_core.search._objective import SCORED, Requirement
from latent_core.search._order import Order
from latent_core.search._state import FORMAT, State, resumed, save
from latent_core.search._trials import seed_of
from latent_core.search._world import ModelWorld, World
from latent_core.search.optimisers import ROOM as OPTIMISER_ROOM

SEEDS = 3
"""Seeds of fresh noise that a result is scored on."""
USE_FRESH = 4000
AFTER = 12
"""Steps of calibration and scoring, for the progress."""
OnStep = Callable[[int, int, tuple[float, float] | None], None]
"""Told (step, steps, the newest (cosine, accuracy) or None)."""


def search(
    order: Order,
    on_step: OnStep = lambda step, steps, best: None,
    state_path: Path | None = None,
    open_world: Opener | None = None,
) -> dict[str, Any]:
    """The setting with the least cosine that still meets the order's accuracy, as plain JSON.

    Args:
        state_path: file that keeps how far it is; a search of the same order goes on from there.
        open_world: opens something else than the order's model; importable, so that other processes find it.

    Raises:
        ValueError: it cannot be searched, or no setting is good enough; the message says why.
        BrokenFolder: the model cannot be opened.
    """
    kind = KINDS[order.kind]
    form = kind.form
    open_world = open_world or partial(ModelWorld, order.model, kind.family)
    state = resumed(state_path, order.identity())
    clock = _Clock(state)
    world = open_world()
    steps = form.rounds + AFTER

    def tell(state: State) -> None:
        clock.note()
        save(state_path, state)
        newest = state.best[-1] if state.best else None
        on_step(min(state.round + len(state.looked), steps - 1), steps, newest)

    groups = form.groups(len(world.classes))
    if state.round < form.rounds:
        _run_rounds(order, groups, open_world, world, state, tell, form.rounds)
    rows = np.array(state.theta) if state.theta else np.ones((len(groups), world.latent))
    pattern = _rounds.spread(rows, groups, len(world.classes))
    tau = order.tau if kind.filtered else None
    scales = Scales(world, pattern, form.steps, order, tau, state, tell)
    scale = _scale(scales, order, form)
    theta = scales.theta(scale)
    clock.note()
    searched = {"seconds": round(state.seconds, 2), "cpu_seconds": round(state.cpu_seconds, 2)}
    began = time.process_time()
    scores = world.scores(theta, SCORED // SEEDS, seed_of(order.seed, USE_FRESH), SEEDS, tau)
    scored = round(time.process_time() - began, 2)
    on_step(steps, steps, (scores["cosine"], scores["own"]))
    return {
        "format": FORMAT, "slug": order.model, "family": kind.family, "form": form.name, "kind": order.kind,
        "optimiser": order.steered, "accuracy": None if order.weight is not None else order.accuracy,
        "worst": order.worst, "weight": order.weight, "seed": order.seed, "theta": theta.tolist(), "tau": tau,
        "scores": scores, "evaluations": state.evaluations, **searched, "scored_seconds": scored,
        "command": order.command(),
        "points": [*state.best, (scores["cosine"], scores["own"])],
    }  # fmt: skip


def _run_rounds(
    order: Order, groups: Groups, open_world: Opener, world: World, state: State, tell: _rounds.Tell, count: int
) -> None:  # fmt: skip
    """All rounds that are left, by an optimiser of all rows at once or by one of single rows in several processes."""
    optimiser = registry.get(OPTIMISER_ROOM, order.steered)
    if hasattr(optimiser, "crew"):
        _rounds.run(world, optimiser.crew(world), groups, order, state, tell, count)
        return
    with crew(open_world, world, min(order.workers, len(groups))) as at_work:
        _rounds.run(world, at_work, groups, order, state, tell, count)


def _scale(scales: Scales, order: Order, form: Form) -> int:
    """The scale in thousandths that the order asks for."""
    if order.weight is not None:
        return cheapest(scales, order.weight, form.start)
    requirement = Requirement(order.accuracy, order.worst)
    requirement.target(len(scales.pattern), VALIDATED * len(scales.pattern))  # or says why there is none
    return largest_met(scales, requirement, form.start, form.width)


class _Clock:
    """Adds what this process uses to the state's seconds."""

    def __init__(self, state: State) -> None:
        self.state, self.wall, self.cpu = state, time.monotonic(), time.process_time()

    def note(self) -> None:
        wall, cpu = time.monotonic(), time.process_time()
        self.state.seconds += wall - self.wall
        self.state.cpu_seconds += cpu - self.cpu
        self.wall, self.cpu = wall, cpu
