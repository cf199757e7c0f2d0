"""curves.json: accuracy against cosine for every family of generators, all theta equal, measured on fresh noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.artifacts import Curve, Curves, Reference
from latent_core.artifacts.curves import FORMAT, MEASURES
from latent_core.metrics import same_class_cosine
from latent_core.models.generator import Generator
from latent_core.models.model import Model
from latent_core.models.scores import Scores, measure, said
from latent_core.training.networks import Autoencoder
from latent_core.training.pictures import Pictures
from latent_core.training.steps import stages

ACCURACY = 0.995
SCALES = tuple(round(0.05 * i, 2) for i in range(21))
DRAWS, SEEDS, FIRST = 300, 2, 7001
"""Draws a class and seed, seeds, and the first of them; a curve's noise is nobody else's."""
CHECKED, CHECK = 1000, 9001
"""Draws a class, and the seed, by which the largest scale that holds ACCURACY is found."""
LINES: tuple[tuple[str, float | None], ...] = (
    ("diagonal", None), ("full_covariance", None), ("mixture", None), ("mixture", 0.95),
)  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """One family with its filter."""

    generator: Generator
    tau: float | None

    def scores(self, scale: float, draws: int, seed: int, seeds: int = 1) -> Scores | None:
        """At one scale; None where too few draws pass the filter."""
        try:
            return measure(self.generator, scale, draws, seed, tau=self.tau, seeds=seeds)
        except ValueError:
            return None


def measured(
    slug: str, pictures: Pictures, autoencoder: Autoencoder,
    on_stage: Callable[[str, int, int], None] = lambda what, step, steps: None,
) -> Curves:  # fmt: skip
    """All curves of a model that has clouds and both classifiers, and the two references.

    Args:
        pictures: its dataset; the test pictures are the reference.
        on_stage: told (what, step, steps).
    """
    model, curves = Model(slug), []
    for i, (family, tau) in enumerate(LINES):
        line = _Line(Generator(model, family), tau)
        seen: list[tuple[float, Scores]] = []
        for j, scale in enumerate(SCALES):
            on_stage("curves", i * len(SCALES) + j + 1, len(LINES) * len(SCALES))
            scores = line.scores(scale, DRAWS, FIRST, SEEDS)
            seen += [(scale, scores)] if scores else []
        curves.append(_curve(family, tau, seen, _calibrated(line, seen)))
    return Curves(
        format=FORMAT,
        slug=slug,
        draws=DRAWS,
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
    """Real test pictures, and the same as the model rebuilds them, by the same measures."""
    x, y = pictures.test.pictures(), pictures.test.y
    mean, _ = stages.posterior(autoencoder, x)
    reconstruction, classifier = generator.kit.reconstruction_classifier, generator.model.dataset.classifier
    assert reconstruction is not None
    found = []
    rebuilt = stages.rebuild(autoencoder, mean)
    for what, shown in (("real test pictures", x), ("reconstructions of test pictures", rebuilt)):
        rows = [shown[y == c].reshape(int((y == c).sum()), 1, -1) for c in range(len(pictures.test.names))]
        cosine = float(np.mean([same_class_cosine(one, generator.model.dataset.flat_ground)[0] for one in rows]))
        right = [float((said(graph, shown) == y).mean()) for graph in (reconstruction, classifier)]
        found.append(Reference(what, round(cosine, 5), round(right[0], 5), round(right[1], 5), len(y)))
    return found
