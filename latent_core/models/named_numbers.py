"""Names for single numbers of a latent, where all that differs between the pictures of a dataset is known."""

from typing import NamedTuple

import numpy as np

from latent_core import datasets, registry
from latent_core.models.model import Model

ENOUGH = 0.5
"""Share of a number's variance that one factor explains, from which on it is called after that."""


class NamedNumber(NamedTuple):
    """Dimension `number`, from 0, follows the factor of that name, which explains `share` of its variance."""

    number: int
    factor: str
    share: float


def named_numbers(model: Model) -> list[NamedNumber]:
    """The dimensions that follow one factor; none where nobody knows the factors of exactly these pictures."""
    slug = model.dataset.slug
    if slug not in registry.names(datasets.ROOM):
        return []
    factors = _factors(slug, model.dataset.rows)
    if factors is None:
        return []
    shares = explained(model.latents, factors)
    names = datasets.find(slug).FACTORS
    best = shares.argmax(1)
    return [
        NamedNumber(i, names[factor], float(shares[i, factor]))
        for i, factor in enumerate(best.tolist())
        if shares[i, factor] >= ENOUGH
    ]


def explained(latents: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Share of each dimension's variance that each factor explains (the correlation ratio), 0..1.

    Args:
        latents: (n, latent).
        factors: (n, factors) whole numbers from 0.

    Returns:
        (latent, factors); 0 for a dimension that does not vary.
    """
    z = latents.astype(np.float64) - latents.mean(0, dtype=np.float64)
    between = []
    for factor in factors.T:
        sums = np.stack([np.bincount(factor, weights=column) for column in z.T])
        between.append((np.square(sums) / np.maximum(np.bincount(factor), 1)).sum(1) / len(z))
    variance = np.square(z).mean(0)
    shares: np.ndarray = np.array(between).T / np.where(variance > 0, variance, 1)[:, None]
    return shares


def _factors(slug: str, rows: dict[str, np.ndarray]) -> np.ndarray | None:
    """(rows, factors) of the pictures that ship; None where they are unknown, or these are other pictures."""
    train, test = datasets.factors(slug, "train"), datasets.factors(slug, "test")
    if train is None or test is None:
        return None
    index, in_test = rows["index"].astype(int), rows["split"].astype(bool)
    if (index < 0).any() or (index >= np.where(in_test, len(test), len(train))).any():
        return None
    return np.where(in_test[:, None], test[index % len(test)], train[index % len(train)])
