"""How varied and how right generated pictures are: the two measures of the paper, and a second, independent opinion."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from latent_core.graphs.graph import Graph
from latent_core.metrics import lower_bound, same_class_cosine
from latent_core.models.generator import Generator, decode

CHUNK = 250
"""Pictures that a classifier sees at once."""
OnStep = Callable[[int, int], None]


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """How varied and how right generated pictures are.

    cosine: mean over classes of the mean cosine of pairs of one class, 0..1, lower is more varied. reconstruction:
    share of pictures that the reconstruction classifier takes for the wanted class, reconstruction_bound its lower 95 %
    bound, reconstruction_worst the worst class; None without that classifier. classifier: the same by the classifier
    trained on real pictures. accepted: share of candidates that passed the filter. draws: pictures per class. The
    arrays are by class. As JSON (`to_json`) the keys are those of result files, which are older than these names.
    """

    draws: int
    cosine: float
    reconstruction: float | None = msgspec.field(name="own")
    reconstruction_bound: float | None = msgspec.field(name="own_bound")
    reconstruction_worst: float | None = msgspec.field(name="own_worst")
    classifier: float = msgspec.field(name="judge")
    classifier_bound: float = msgspec.field(name="judge_bound")
    classifier_worst: float = msgspec.field(name="judge_worst")
    accepted: float = msgspec.field(name="kept")
    cosine_by: np.ndarray
    reconstruction_by: np.ndarray | None = msgspec.field(name="own_by")
    classifier_by: np.ndarray = msgspec.field(name="judge_by")
    accepted_by: np.ndarray = msgspec.field(name="kept_by")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, arrays as lists."""
        plain: dict[str, Any] = msgspec.to_builtins(self, enc_hook=np.ndarray.tolist)
        return plain


def measure(
    generator: Generator, theta: float | np.ndarray, draws: int, seed: int = 1, n: int = 1, tau: float | None = None,
    seeds: int = 1, on_step: OnStep = lambda step, steps: None,
) -> Scores:  # fmt: skip
    """Scores of a setting on the noise of seed, seed + 1, ...; means over the seeds, bounds over all pictures.

    Args:
        theta, n, tau: as `Generator.sample`.
        draws: per class and seed, at least 2.
        on_step: told (step, steps) after each seed.

    Raises:
        ValueError: as `Generator.sample`; or fewer than 2 draws.
    """
    if draws < 2 or seeds < 1:
        raise ValueError(f"a cosine needs at least 2 draws of each class; {draws} of {seeds} seeds were asked for")
    rows: list[tuple[Any, ...]] = []  # by seed: accepted, cosine, reconstruction, classifier, each by class
    for i in range(seeds):
        z, accepted = generator.sample(theta, draws, seed + i, n, tau)
        rows.append((accepted, *look(generator, decode(generator.model, z))))
        on_step(i + 1, seeds)
    accepted, cosine, judged = (np.mean([row[i] for row in rows], axis=0) for i in (0, 1, 3))
    recognised = None if generator.kit.reconstruction_classifier is None else np.mean([row[2] for row in rows], axis=0)
    total = draws * seeds * len(cosine)
    return Scores(
        draws=draws * seeds,
        cosine=float(cosine.mean()),
        reconstruction=None if recognised is None else float(recognised.mean()),
        reconstruction_bound=None if recognised is None else lower_bound(float(recognised.mean()), total),
        reconstruction_worst=None if recognised is None else float(recognised.min()),
        classifier=float(judged.mean()),
        classifier_bound=lower_bound(float(judged.mean()), total),
        classifier_worst=float(judged.min()),
        accepted=float(accepted.mean()),
        cosine_by=cosine,
        reconstruction_by=recognised,
        classifier_by=judged,
        accepted_by=accepted,
    )


def look(generator: Generator, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """Of pictures (draws, classes, pixels), by class: cosine, accuracy by the reconstruction classifier (None without
    it), and accuracy by the classifier of real pictures."""
    reconstruction = generator.kit.reconstruction_classifier
    seen = None if reconstruction is None else accuracy(reconstruction, pictures, generator.model.card.shape)
    judged = accuracy(generator.model.dataset.classifier, pictures, generator.model.card.shape)
    return same_class_cosine(pictures, generator.model.dataset.flat_ground), seen, judged


def accuracy(classifier: Graph, pictures: np.ndarray, shape: list[int]) -> np.ndarray:
    """Share of pictures (draws, classes, pixels) that a classifier takes for their class, (classes,), 0..1."""
    draws, classes, _ = pictures.shape
    return (said(classifier, pictures.reshape(-1, *shape)).reshape(draws, classes) == np.arange(classes)).mean(0)


def said(classifier: Graph, pictures: np.ndarray) -> np.ndarray:
    """The most probable class (n,) of pictures (n, channels, height, width)."""
    starts = range(0, len(pictures), CHUNK)
    parts = [classifier(pictures=pictures[i : i + CHUNK])["probabilities"].argmax(1) for i in starts]
    return np.concatenate(parts)
