"""Trying a setting: cosine and error of some classes, on the same noise for every setting that is compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.graphs.noise import normal
from latent_core.language import class_name, t
from latent_core.metrics import same_class_cosine
from latent_core.search._world import World

CONFIDENT, CHECKED = 0.98, 10
"""Where the latent classifier is at least so sure of the right answer, only one in CHECKED draws is looked at."""
SHARP = 4.0
"""How nearly an expected error is a whole one: it falls from 1 to 0 where the odds, to this power, turn."""
DECODED = 3000
"""Pictures that are decoded and looked at at once."""


def seed_of(seed: int, use: int) -> int:
    """A seed of noise for each use of a search (0..4095), so that what is chosen on one is checked on another."""
    return (seed * 4096 + use) % 2**32


def noise_of(world: World, seed: int, draws: int) -> np.ndarray:
    """(draws, classes, latent + 1) standard normal."""
    classes = len(world.classes)
    return normal(seed, draws * classes, world.latent + 1).reshape(draws, classes, -1)


class Trials:
    """Cosine and expected error of settings by decoder and latent classifier, some ten milliseconds each.

    Args:
        draws: of each class that the latent classifier looks at.
        pictures: how many of them are decoded for the cosine, which is far less noisy than the error.
    """

    def __init__(self, world: World, seed: int, draws: int, pictures: int) -> None:
        self.world, self.decoded = world, pictures
        self.noise = noise_of(world, seed, draws)

    def error(self, theta: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        """(rows,) share of draws that the latent classifier expects to be wrong, 0..1, for theta (rows, latent)."""
        return self._error(self._latents(theta, rows), rows)

    def __call__(self, theta: np.ndarray, rows: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Cosine and error, each (rows,), of theta (rows, latent) for these classes.

        Raises:
            ValueError: the model gives values that are not numbers.
        """
        z = self._latents(theta, rows)
        cosine = same_class_cosine(self.world.pictures(z[: self.decoded]), self.world.ground)
        error = self._error(z, rows)
        if not np.isfinite(cosine).all():
            raise ValueError(
                t("The model's decoder gives values that are not numbers (NaN), so nothing can be searched.")
            )
        return cosine, error

    def _latents(self, theta: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        noise = self.noise if len(rows) == self.noise.shape[1] else np.ascontiguousarray(self.noise[:, list(rows)])
        return finite(self.world.latents(theta, noise, rows))

    def _error(self, z: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        expected = self.world.expected(z.reshape(-1, z.shape[2])).reshape(len(z), len(rows), -1)
        return doubt(expected, rows).mean(axis=0, dtype=np.float64)


def doubt(expected: np.ndarray, rows: Sequence[int]) -> np.ndarray:
    """(draws, rows) 0..1: whether each draw will be taken for another class, smooth in theta.

    1 / (1 + (p / q)^SHARP) with p the probability (draws, rows, classes) of the wanted class and q the largest of the
    others. 1 - p itself would count many small doubts that never turn into errors.
    """
    at = np.arange(len(rows))
    wanted = expected[:, at, list(rows)]
    others = expected.copy()
    others[:, at, list(rows)] = 0
    odds = (wanted + 1e-9) / (others.max(axis=2) + 1e-9)
    return 1 / (1 + np.minimum(odds, 1e6) ** SHARP)


@dataclass(frozen=True)
class Looked:
    """error (classes,): share of wrong pictures. expected (classes,): what the latent classifier thought that it
    would be. accepted (classes,): share of candidates that passed the filter. seen: how many pictures the errors stand
    for. looked: how many of them the reconstruction classifier really saw."""

    error: np.ndarray
    expected: np.ndarray
    accepted: np.ndarray
    seen: int
    looked: int


class Audit:
    """The reconstruction classifier's error of settings on validation noise, without looking at every picture.

    It looks at all draws that the latent classifier doubts and at one in CHECKED of the others, which then count
    CHECKED times: an unbiased estimate, nearly as sure as looking at all, for a fifth of the time.
    """

    def __init__(self, world: World, seed: int, draws: int) -> None:
        self.world, self.noise = world, noise_of(world, seed, draws)

    def __call__(self, theta: np.ndarray, tau: float | None = None) -> Looked:
        """Looks at theta (classes, latent); tau accepts only draws of which the latent classifier is so sure.

        Raises:
            ValueError: the model gives values that are not numbers, or nothing of a class passes the filter.
        """
        rows = range(len(self.world.classes))
        z = finite(self.world.latents(theta, self.noise, rows))
        said = self.world.expected(z.reshape(-1, z.shape[2])).reshape(len(z), len(rows), -1)
        expected, unsure = said[:, rows, rows], doubt(said, rows)
        accepted = expected >= (tau or 0.0)
        if not accepted.any(axis=0).all():
            name = self.world.classes[int(accepted.any(axis=0).argmin())]
            raise ValueError(t("Nothing of {name} passes the filter.", name=class_name(name)))
        sure = expected >= CONFIDENT
        weight = np.where(sure, float(CHECKED), 1.0)
        wanted = accepted & (~sure | (np.arange(len(z)) % CHECKED == 0)[:, None])
        draw, row = np.nonzero(wanted)
        wrong = np.zeros(z.shape[:2])
        for i in range(0, len(draw), DECODED):
            part = slice(i, i + DECODED)
            answer = self.world.classify(self.world.pictures(z[draw[part], row[part]][:, None])[:, 0])
            if not np.isfinite(answer).all():
                raise ValueError(t("The model's pictures make its classifier say values that are not numbers (NaN)."))
            wrong[draw[part], row[part]] = answer.argmax(1) != row[part]
        error = (wrong * weight).sum(axis=0) / accepted.sum(axis=0)
        foreseen = (unsure * accepted).sum(axis=0, dtype=np.float64) / accepted.sum(axis=0)
        return Looked(error.clip(0, 1), foreseen, accepted.mean(axis=0), int(accepted.sum()), len(draw))


def finite(z: np.ndarray) -> np.ndarray:
    """The latents again.

    Raises:
        ValueError: one is not a number.
    """
    if not np.isfinite(z).all():
        raise ValueError(
            t("The model's statistics give latents that are not numbers (NaN), so nothing can be searched.")
        )
    return z
