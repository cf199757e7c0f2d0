"""How varied and how right generated pictures are: the two measures of the paper, and a second, independent opinion."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.graphs.graph import Graph
from latent_core.metrics import lower_bound, same_class_cosine
from latent_core.models.generator import Generator, decode

CHUNK = 250
"""Pictures that a classifier sees at once."""
OnStep = Callable[[int, int], None]


@dataclass(frozen=True)
class Scores:
    """How varied and how right generated pictures are.

    cosine: mean over classes of the mean cosine of pairs of one class, 0..1, lower is more varied. own: share of
    pictures that the classifier trained on the model's reconstructions takes for the wanted class, own_bound its lower
    95 % bound, own_worst the worst class; None without that classifier. judge: the same by the classifier trained on
    real pictures. kept: share of candidates that passed the filter. draws: pictures a class. The arrays are by class.
    """

    draws: int
    cosine: float
    own: float | None
    own_bound: float | None
    own_worst: float | None
    judge: float
    judge_bound: float
    judge_worst: float
    kept: float
    cosine_by: np.ndarray
    own_by: np.ndarray | None
    judge_by: np.ndarray
    kept_by: np.ndarray


def measure(
    generator: Generator, theta: float | np.ndarray, draws: int, seed: int = 1, n: int = 1, tau: float | None = None,
    seeds: int = 1, on_step: OnStep = lambda step, steps: None,
) -> Scores:  # fmt: skip
    """Scores of a setting on the noise of seed, seed + 1, ...; means over the seeds, bounds over all pictures.

    Args:
        theta, n, tau: as `Generator.sample`.
        draws: a class and seed, at least 2.
        on_step: told (step, steps) after each seed.

    Raises:
        ValueError: as `Generator.sample`; or fewer than 2 draws.
    """
    if draws < 2 or seeds < 1:
        raise ValueError(f"a cosine needs at least 2 draws of each class; {draws} of {seeds} seeds were asked for")
    rows: list[tuple[Any, ...]] = []
    for i in range(seeds):
        z, kept = generator.sample(theta, draws, seed + i, n, tau)
        rows.append((kept, *look(generator, decode(generator.model, z))))
        on_step(i + 1, seeds)
    kept, cosine, judge = (np.mean([row[i] for row in rows], axis=0) for i in (0, 1, 3))
    own = None if generator.kit.own is None else np.mean([row[2] for row in rows], axis=0)
    total = draws * seeds * len(cosine)
    return Scores(
        draws=draws * seeds,
        cosine=float(cosine.mean()),
        own=None if own is None else float(own.mean()),
        own_bound=None if own is None else lower_bound(float(own.mean()), total),
        own_worst=None if own is None else float(own.min()),
        judge=float(judge.mean()),
        judge_bound=lower_bound(float(judge.mean()), total),
        judge_worst=float(judge.min()),
        kept=float(kept.mean()),
        cosine_by=cosine,
        own_by=own,
        judge_by=judge,
        kept_by=kept,
    )


def look(generator: Generator, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """Cosine, own accuracy (None without that classifier) and judge accuracy by class, of (draws, classes, pixels)."""
    own = generator.kit.own
    seen = None if own is None else accuracy(own, pictures, generator.model.card.shape)
    judged = accuracy(generator.model.dataset.classifier, pictures, generator.model.card.shape)
    return same_class_cosine(pictures), seen, judged


def accuracy(classifier: Graph, pictures: np.ndarray, shape: list[int]) -> np.ndarray:
    """Share of pictures (draws, classes, pixels) that a classifier takes for their class, (classes,), 0..1."""
    draws, classes, _ = pictures.shape
    return (said(classifier, pictures.reshape(-1, *shape)).reshape(draws, classes) == np.arange(classes)).mean(0)


def said(classifier: Graph, pictures: np.ndarray) -> np.ndarray:
    """The most probable class (n,) of pictures (n, channels, height, width)."""
    starts = range(0, len(pictures), CHUNK)
    parts = [classifier(pictures=pictures[i : i + CHUNK])["probabilities"].argmax(1) for i in starts]
    return np.concatenate(parts)
