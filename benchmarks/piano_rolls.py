"""What can be heard of a model of piano rolls: its part of `benchmarks.zoo`."""

from collections.abc import Callable
from itertools import combinations, pairwise

import numpy as np

from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe

LEAST = 0.15
"""Brightness from which on a note is heard, as in web/engine/roll.js."""
PLACES = 9
"""On the way between two melodies, both ends included."""
AMOUNTS = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""Of the pitch vector, which leads from low melodies to high ones."""
BLENDS = 60
Decode = Callable[[np.ndarray], np.ndarray]
"""Latents (n, latent) to rolls (n, 1, rows, steps)."""


def medoids(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(classes, latent): of each class the latent that is nearest to the mean of all of them."""
    classes = [z[y == number] for number in range(y.max() + 1)]
    return np.stack([one[np.square(one - one.mean(0)).sum(1).argmin()] for one in classes])


def notes(rolls: np.ndarray) -> np.ndarray:
    """(n, steps) row from the bottom of the loudest note of rolls (n, 1, rows, steps), -1 where nothing is heard."""
    top = rolls[:, 0].argmax(1)
    return np.where(rolls[:, 0].max(1) >= LEAST, rolls.shape[2] - 1 - top, -1)


def played(rolls: np.ndarray) -> np.ndarray:
    """(n, 1, rows, steps): the rolls with the loudest note of each step alone, as white as real ones."""
    row, found = notes(rolls), np.zeros_like(rolls)
    melody, step = np.nonzero(row >= 0)
    found[melody, 0, rolls.shape[2] - 1 - row[melody, step], step] = 1
    return found


def pitch(rolls: np.ndarray) -> np.ndarray:
    """(n,) mean row of the notes that are heard; 0 where none is."""
    rows = notes(rolls)
    heard = rows >= 0
    return np.where(heard, rows, 0).sum(1) / heard.sum(1).clip(min=1)


def least_rise(decode: Decode, z: np.ndarray, rolls: np.ndarray) -> float:
    """Rows by which melodies rise, on average, with half of the pitch vector: the least of four steps.

    Args:
        z, rolls: encoded melodies, and what they sound like.
    """
    high = pitch(rolls)
    low, up = np.quantile(high, [0.25, 0.75])
    vector = z[high >= up].mean(0) - z[high <= low].mean(0)
    means = [float(pitch(decode(z + amount * vector)).mean()) for amount in AMOUNTS]
    return min(after - before for before, after in pairwise(means))


def audible(decode: Decode, ends: np.ndarray) -> float:
    """Share of steps on all ways between two of some latents (n, latent) that change a note at least."""
    share = np.linspace(0, 1, PLACES, dtype=np.float32)[:, None]
    changed = []
    for one, other in combinations(ends, 2):
        heard = notes(decode((1 - share) * one + share * other))
        changed += [bool((before != after).any()) for before, after in pairwise(heard)]
    return float(np.mean(changed))


def least_heard(slug: str) -> float:
    """The least share of steps with a note in random blends of 2 to all classes, by three methods of blending."""
    model, rng, (data, name) = Model(slug), np.random.default_rng(0), slug.split("/")
    names, least = model.card.classes, 1.0
    for number in range(BLENDS):
        chosen = rng.permutation(names)[: rng.integers(2, len(names) + 1)]
        amounts = tuple((str(name), float(rng.integers(1, 101))) for name in chosen)
        method = ("decoded_mean", "centre_of_mass", "k_means")[number % 3]
        picture = model.make(Recipe(data, name, amounts, method=method)).picture
        least = min(least, float((notes(picture[None]) >= 0).mean()))
    return least
