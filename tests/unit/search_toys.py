"""A world with known answers for searches: classes lie at corners, and only some dimensions can lead astray."""

from collections.abc import Sequence
from typing import Any

import numpy as np

CLASSES, LATENT = 3, 5
FAR = 3.0
"""Distance of a class's centre from 0 along its own dimension, in the spread of a draw."""


class Corners:
    """Class y lies at FAR on dimension y; dimensions 0 to 2 tell the classes apart, 3 and 4 only vary the pictures.

    A picture is the logistic function of the latent, so that the own classifier, which reads it back and takes the
    class with the largest of the first three numbers, is right or wrong by geometry alone.

    Args:
        trust: by class, what the scorer's doubt is multiplied by: below 1 it sees fewer errors than there are.
        broken: "latents" or "pictures" are not numbers.
    """

    ground = 0.0

    def __init__(self, trust: Sequence[float] = (1, 1, 1), broken: str = "") -> None:
        self.classes, self.latent = ["a", "b", "c"], LATENT
        self.trust, self.broken, self.asked = np.array(trust), broken, 0
        self.mean = np.concatenate([np.eye(CLASSES) * FAR, np.zeros((CLASSES, LATENT - CLASSES))], axis=1)

    def latents(self, theta: np.ndarray, noise: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        if self.broken == "latents":
            return np.full((len(noise), len(rows), LATENT), np.nan)
        return self.mean[list(rows)] + theta * noise[:, :, :-1]

    def pictures(self, z: np.ndarray) -> np.ndarray:
        return np.full(z.shape, np.nan) if self.broken == "pictures" else 1 / (1 + np.exp(-z))

    def expected(self, z: np.ndarray) -> np.ndarray:
        self.asked += 1
        sharp = np.exp(4 * (z[:, :CLASSES] - z[:, :CLASSES].max(axis=1, keepdims=True)))
        chance = sharp / sharp.sum(axis=1, keepdims=True)
        return 1 - (1 - chance) * self.trust

    def classify(self, pictures: np.ndarray) -> np.ndarray:
        odds = (pictures[:, :CLASSES] / (1 - pictures[:, :CLASSES])) ** 4
        return odds / odds.sum(axis=1, keepdims=True)

    def layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        return [(np.eye(LATENT, dtype=np.float32), np.zeros(LATENT, np.float32))]

    def scores(self, theta: np.ndarray, draws: int, seed: int, seeds: int, tau: float | None) -> dict[str, Any]:
        from latent_core.graphs.noise import normal
        from latent_core.metrics import same_class_cosine

        rows = range(CLASSES)
        noise = normal(seed, draws * seeds * CLASSES, LATENT + 1).reshape(-1, CLASSES, LATENT + 1)
        pictures = self.pictures(self.latents(theta, noise, rows))
        own = (self.classify(pictures.reshape(-1, LATENT)).argmax(1).reshape(-1, CLASSES) == rows).mean(axis=0)
        return {"cosine": float(same_class_cosine(pictures).mean()), "own": float(own.mean()), "own_by": own.tolist()}
