"""Rounds of a search for many thetas: optimise by one classifier, look with the other, correct, and again.

A latent classifier that never changes is exploited wherever there are many thetas: a search then finds its mistakes. So
after every round the reconstruction classifier looks at the setting that was found, and the errors that the other
expects of each class are scaled to what it saw. What an error costs is set anew as well: to what it costs along the ray
through the present setting, which at the best setting is the constraint's multiplier.
"""

from collections.abc import Callable

import numpy as np

from latent_core.search._catalogue import OPTIMISERS
from latent_core.search._crew import Crew, Task
from latent_core.search._kind import Groups
from latent_core.search._objective import Requirement
from latent_core.search._order import Order
from latent_core.search._state import State
from latent_core.search._trials import Audit, Trials, seed_of
from latent_core.search._world import World

AUDITED = 1500
"""Draws of each class that the reconstruction classifier is asked about after a round."""
PRIOR = 5.0
"""Errors that a class's ratio counts as if seen at the common ratio: few errors say little."""
COMMON = (500, 60)
"""Draws and decoded pictures of each class where the whole setting is tried."""
SHARES = (0.97, 1.03)
"""Scales between which the price of an error is measured."""
LEAST, MOST = 0.5, 60.0
"""Limits of that price, in cosine."""
FIRST_STEP = 0.12
"""How far an optimiser looks around at the start, in theta; the paper's grid has steps of 0.1."""
AT_LIMIT, HEADROOM = 0.97, 1.15
"""A theta so large would be larger still if it could, so that turning all down a little leaves it at 1."""
Tell = Callable[[State], None]


def spread(theta: np.ndarray, groups: Groups, classes: int) -> np.ndarray:
    """(classes, latent) of rows (groups, latent)."""
    full = np.empty((classes, theta.shape[1]))
    for row, group in zip(theta, groups, strict=True):
        full[list(group)] = row
    return full


def turned(theta: np.ndarray, share: float) -> np.ndarray:
    """Theta times a share, inside 0..1."""
    return (np.where(theta >= AT_LIMIT, HEADROOM, theta) * share).clip(0, 1)


def run(world: World, crew: Crew, groups: Groups, order: Order, state: State, tell: Tell, rounds: int) -> None:
    """Brings the state to its last round; goes on where it was.

    Args:
        groups: classes that share a row of theta; together all classes, each once.
        tell: told the state after every round, to keep it.
    """
    everyone = tuple(range(len(world.classes)))
    aim = Requirement(order.accuracy, order.worst).target(len(everyone), AUDITED * len(everyone))
    budget = (order.budget or OPTIMISERS[order.steered].budget) // rounds
    while state.round < rounds:
        common = Trials(world, seed_of(order.seed, 100 + state.round), *COMMON)
        if not state.theta:
            state.ratio = [1.0] * len(everyone)
            state.theta = np.ones((len(groups), world.latent)).tolist()
            state.step = np.full((len(groups), world.latent), FIRST_STEP).tolist()
            to_surface(common, groups, order, state, aim)
            look(world, groups, order, state, 199)
            to_surface(common, groups, order, state, aim)
        state.weight = price(common, groups, order, state)
        tasks = [
            Task(
                rows=group, start=np.array(state.theta[i]), step=np.array(state.step[i]),
                ratio=np.array(state.ratio)[list(group)], weight=state.weight, worst=order.worst,
                optimiser=order.steered, noise=seed_of(order.seed, 300 + state.round),
                seed=seed_of(order.seed, 400 + state.round * 97 + i), budget=budget,
            )
            for i, group in enumerate(groups)
        ]  # fmt: skip
        for i, (row, step, tries, cpu) in enumerate(crew(tasks)):
            state.theta[i], state.step[i] = row.tolist(), step.tolist()
            state.evaluations, state.cpu_seconds = state.evaluations + tries, state.cpu_seconds + cpu
        to_surface(common, groups, order, state, aim)
        look(world, groups, order, state, 200 + state.round)
        to_surface(common, groups, order, state, aim)
        state.round += 1
        tell(state)


def to_surface(trials: Trials, groups: Groups, order: Order, state: State, aim: float) -> None:
    """Scales theta to where the expected error is what is asked for; with a weight of Eq. 4 it stays."""
    if order.weight is not None and state.round:
        return
    rows = range(len(trials.world.classes))
    theta, ratio = np.array(state.theta), np.array(state.ratio)
    low, high = 0.0, 2.0
    for _ in range(12):
        middle = (low + high) / 2
        error = trials.error(spread(turned(theta, middle), groups, len(rows)), rows) * ratio
        low, high = (middle, high) if error.mean() <= aim else (low, middle)
    state.theta = turned(theta, low).tolist()
    state.evaluations += 12


def price(trials: Trials, groups: Groups, order: Order, state: State) -> float:
    """Cosine that an error less costs along the ray through theta: -d cosine / d error; Eq. 4's weight where given."""
    if order.weight is not None:
        return order.weight
    rows = range(len(trials.world.classes))
    theta, ratio = np.array(state.theta), np.array(state.ratio)
    seen = [trials(spread(turned(theta, share), groups, len(rows)), rows) for share in SHARES]
    state.evaluations += len(SHARES)
    gained = float(seen[0][0].mean() - seen[1][0].mean())
    paid = float(((seen[1][1] - seen[0][1]) * ratio).mean())
    return float(np.clip(gained / max(paid, 1e-6), LEAST, MOST))


def look(world: World, groups: Groups, order: Order, state: State, use: int) -> None:
    """Has the reconstruction classifier look at theta: notes cosine and accuracy, scales expected errors by class."""
    theta = spread(np.array(state.theta), groups, len(world.classes))
    seen = Audit(world, seed_of(order.seed, use), AUDITED)(theta)
    cosine, _ = Trials(world, seed_of(order.seed, use), *COMMON)(theta, range(len(theta)))
    both = max(seen.error.sum(), 0.5 / AUDITED) / max(seen.expected.sum(), 1e-9)
    state.ratio = ((seen.error * AUDITED + PRIOR * both) / (seen.expected * AUDITED + PRIOR)).clip(0.05, 20).tolist()
    state.best.append((float(cosine.mean()), float(1 - seen.error.mean())))
    state.evaluations += 1
