"""Coordinate descent over one row of thetas on the paper's grid: one dimension at a time, a tenth up or down."""

from collections.abc import Callable

import numpy as np

ORDER = 20
TITLE = "Coordinate descent on the paper's grid"
MEANING = "Coordinate descent on the paper's grid: one theta at a time, a tenth up or down."
BUDGET = 300
NEEDS = ""

STEP = 0.1
"""The paper's grid: 0, .1, ... 1."""


def improve(
    value: Callable[[np.ndarray], float], start: np.ndarray, step: np.ndarray, seed: int, budget: int
) -> tuple[np.ndarray, np.ndarray, int]:
    """The best setting after going through the dimensions until none helps or the budget is used, and the tries.

    Args:
        value: of theta (latent,), lower is better.
        start: (latent,), any place: the grid is laid through it.
        step: is handed on as it is.
        seed: of the order in which dimensions are tried.
        budget: tries at most.
    """
    rng = np.random.default_rng(seed)
    found, best, tries, idle = start.copy(), value(start), 1, 0
    order = rng.permutation(len(start))
    while idle < len(start) and tries + 2 <= budget:
        dimension, order = order[0], np.roll(order, -1)
        idle += 1
        for sign in (1, -1):
            tried = found.copy()
            tried[dimension] = np.clip(found[dimension] + sign * STEP, 0, 1)
            worth = value(tried)
            tries += 1
            if worth < best:
                found, best, idle = tried, worth, 0
                break
    return found, step, tries
