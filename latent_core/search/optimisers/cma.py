"""CMA-ES over one row of thetas: a cloud of settings that moves to where the better ones are."""

import warnings
from collections.abc import Callable

import numpy as np

ORDER = 10
TITLE = "CMA-ES"
MEANING = "CMA-ES: keeps a cloud of settings, and moves it towards the best of them."
BUDGET = 380
NEEDS = ""

LEAST, MOST = 0.01, 0.3
"""Limits of the spread that one round hands to the next."""


def improve(
    value: Callable[[np.ndarray], float], start: np.ndarray, step: np.ndarray, seed: int, budget: int
) -> tuple[np.ndarray, np.ndarray, int]:
    """The centre of the cloud after some tries, its spread, and how many tries there were.

    Separable CMA-ES (Ros and Hansen, 2008; the package cma) inside 0..1. The centre is what it recommends: the best
    single try owes more to the noise it was tried on.

    Args:
        value: of theta (latent,), lower is better.
        start, step: (latent,) centre and spread to begin with.
        seed: of the tries.
        budget: tries, rounded up to whole generations.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it cannot plot
        import cma

    size = 4 + int(3 * np.log(len(start)))
    options = {"popsize": size, "seed": seed % 2**31 + 1, "bounds": [0, 1], "CMA_diagonal": True, "verbose": -9}
    strategy = cma.CMAEvolutionStrategy(start.clip(0.01, 0.99), 1.0, options | {"CMA_stds": step.tolist()})
    tries = 0
    while tries < budget:
        asked = strategy.ask()
        strategy.tell(asked, [value(np.asarray(one)) for one in asked])
        tries += len(asked)
    found = np.asarray(strategy.result.xfavorite).clip(0, 1)
    return found, np.asarray(strategy.result.stds).clip(LEAST, MOST), tries
