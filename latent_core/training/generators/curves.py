"""curves.json: accuracy against cosine for every family of generators, all theta equal, measured on fresh noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from latent_core.artifacts import Curve, Curves, Reference
from latent_core.artifacts.curves import FORMAT, MEASURES
from latent_core.generators import COVARIANCES
from latent_core.metrics import same_class_cosine
from latent_core.models.generator import Generator
from latent_core.models.model import Model
from latent_core.models.scores import Scores, measure, said
from latent_core.training.networks import Autoencoder
from latent_core.training.pictures import Pictures
from latent_core.training.presets import FLAT
from latent_core.training.steps import stages

ACCURACY = 0.995
SCALES = tuple(round(0.05 * i, 2) for i in range(21))
DRAWS, SEEDS, FIRST = 300, 2, 7001
"""Draws a class and seed, seeds, and the first of them; a curve's noise is nobody else's."""
CHECKED, CHECK = 1000, 9001
"""Draws a class, and the seed, by which the largest scale that holds ACCURACY is found."""
FEWER = 6
"""So many times fewer draws of both, of pictures that convolutions decode: these take ten times as long."""
LINES: tuple[tuple[str, float | None], ...] = (
    ("diagonal", None), ("full_covariance", None), ("mixture", None), ("mixture", 0.95),
)  # fmt: skip
"""Families, and the probability that a filter asks for."""
WITHOUT_CLOUDS: tuple[tuple[str, float | None], ...] = (("diagonal", None), ("diagonal", 0.95))


@dataclass(frozen=True)
class _Line:
    """One family with its filter."""

    generator: Generator
    tau: float | None
    fewer: int = 1

    def scores(self, scale: float, draws: int, seed: int, seeds: int = 1) -> Scores | None:
        """At one scale; None where too few draws pass the filter."""
        try:
            return measure(self.generator, scale, draws // self.fewer, seed, tau=self.tau, seeds=seeds)
        except ValueError:
            return None


def measured(
    slug: str, pictures: Pictures, autoencoder: Autoencoder,
    on_stage: Callable[[str, int, int], None] = lambda what, step, steps: None,
) -> Curves:  # fmt: skip
    """All curves of a model that has both classifiers and the clouds that it can have, and the two references.

    Args:
        pictures: its dataset; the test pictures are the reference.
        on_stage: told (what, step, steps).
    """
    model, curves = Model(slug), []
    lines = LINES if model.card.latent.size <= COVARIANCES else WITHOUT_CLOUDS
    fewer = FEWER if prod(pictures.shape) > FLAT else 1
    for i, (family, tau) in enumerate(lines):
        line = _Line(Generator(model, family), tau, fewer)
        seen: list[tuple[float, Scores]] = []
        for j, scale in enumerate(SCALES):
            on_stage("curves", i * len(SCALES) + j + 1, len(lines) * len(SCALES))
            scores = line.scores(scale, DRAWS, FIRST, SEEDS)
            seen += [(scale, scores)] if scores else []
        curves.append(_curve(family, tau, seen, _calibrated(line, seen)))
    return Curves(
        format=FORMAT,
        slug=slug,
        draws=DRAWS // fewer,
        seeds=SEEDS,
        accuracy=ACCURACY,
        families=curves,
        references=_references(Generator(model), pictures, autoencoder),
    )


def _curve(family: str, tau: float | None, seen: Sequence[tuple[float, Scores]], best: float | None) -> Curve:
    lists = {name: [round(float(getattr(scores, name)), 5) for _, scores in seen] for name in MEASURES}
    return Curve(family=family, tau=tau, scale=[scale for scale, _ in seen], calibrated=best, **lists)


def _calibrated(line: _Line, seen: Sequence[tuple[float, Scores]]) -> float | None:
    """The largest scale (to .005) at which the reconstruction classifier's bound reaches ACCURACY, by bisection."""
    low = max((scale for scale, scores in seen if (scores.reconstruction_bound or 0) >= ACCURACY), default=0.0)
    high = min(1.0, low + 0.1)
    for _ in range(5):
        middle = round((low + high) / 2, 3)
        scores = line.scores(middle, CHECKED, CHECK)
        low, high = (middle, high) if scores and (scores.reconstruction_bound or 0) >= ACCURACY else (low, middle)
    return low if low > 0 else None


def _references(generator: Generator, pictures: Pictures, autoencoder: Autoencoder) -> list[Reference]:
    """Real test pictures, and the same as the model rebuilds them, by the same measures.

    A class of which there is one picture has no pair; how alike pictures are is told by the others.
    """
    x, y = pictures.test.pictures(), pictures.test.y
    mean, _ = stages.posterior(autoencoder, x)
    reconstruction, classifier = generator.kit.reconstruction_classifier, generator.model.dataset.classifier
    assert reconstruction is not None
    found = []
    rebuilt = stages.rebuild(autoencoder, mean)
    for what, shown in (("real test pictures", x), ("reconstructions of test pictures", rebuilt)):
        cosine = _alike(shown, y, generator.model.dataset.flat_ground)
        right = [float((said(graph, shown) == y).mean()) for graph in (reconstruction, classifier)]
        found.append(Reference(what, round(cosine, 5), round(right[0], 5), round(right[1], 5), len(y)))
    return found


def _alike(shown: np.ndarray, y: np.ndarray, ground: np.ndarray) -> float:
    """Mean cosine of the pairs of one class, 0..1, over the classes that have one; 1 where none has."""
    rows = [shown[y == c].reshape(n, 1, -1) for c, n in enumerate(np.bincount(y)) if n > 1]
    return float(np.mean([same_class_cosine(one, ground)[0] for one in rows])) if rows else 1.0
