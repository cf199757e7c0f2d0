"""What a search can ask a model: latents, pictures, and what its latent and its reconstruction classifier say."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from latent_core.artifacts import layout, read_file
from latent_core.graphs.graph import open_shared
from latent_core.graphs.weights import weights
from latent_core.language import t
from latent_core.models.generator import Generator, decode
from latent_core.models.model import Model
from latent_core.models.scores import CHUNK, measure

BATCH = 1000
"""Latents that the latent classifier sees at once."""


class World(Protocol):
    """A model's generators as a search sees them; tests put one with known answers in its place."""

    classes: list[str]
    latent: int
    ground: np.ndarray | float  # (pixels,) 0..1, or one number

    def latents(self, theta: np.ndarray, noise: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        """z (draws, rows, latent) of some classes; theta (rows, latent), noise (draws, rows, latent + 1)."""
        ...

    def pictures(self, z: np.ndarray) -> np.ndarray:
        """(draws, rows, pixels) 0..1 of latents (draws, rows, latent)."""
        ...

    def expected(self, z: np.ndarray) -> np.ndarray:
        """(n, classes) probabilities of latents (n, latent): by the latent classifier: what `classify` may say."""
        ...

    def classify(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes) probabilities of pictures (n, pixels), by the reconstruction classifier."""
        ...

    def layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The decoder as weights (out, in) and biases (out,) of dense layers, softplus between them and a logistic end.

        Raises:
            ValueError: it is built otherwise.
        """
        ...

    def scores(self, theta: np.ndarray, draws: int, seed: int, seeds: int, tau: float | None) -> dict[str, Any]:
        """Scores of theta (classes, latent) on the noise of seed, seed + 1, ..., as plain JSON."""
        ...


class ModelWorld:
    """The world of a shipped model and one of its families.

    Raises:
        BrokenFolder: the model cannot be opened.
        ValueError: it has not the files that the search needs, or a class with a single drawing.
    """

    def __init__(self, slug: str, family: str) -> None:
        self.model = Model(slug)
        self.generator = Generator(self.model, family)
        kit = self.generator.kit
        if self.model.card.kind == "linear":
            raise ValueError(t("{slug} are eigen-images, which know nothing of classes: search a VAE.", slug=slug))
        if kit.reconstruction_classifier is None or kit.latent_classifier is None:
            raise ValueError(
                t(
                    "{slug} has no classifier of its own reconstructions, so nothing can be searched for: {remedy}.",
                    slug=slug,
                    remedy=kit.remedy(),
                )
            )
        self._reconstruction_classifier, self._latent_classifier = kit.reconstruction_classifier, kit.latent_classifier
        self.classes, self.latent = self.model.card.classes, self.model.card.latent.size
        self.ground: np.ndarray | float = self.model.dataset.flat_ground
        self._graph = open_shared(f"generate_{family}")
        names = self.generator.family.inputs
        held = {**self.model.stats, **(kit.arrays if "factor" in names or "weight" in names else {})}
        self._held = {name: held[name] for name in names if name in held}

    def latents(self, theta: np.ndarray, noise: np.ndarray, rows: Sequence[int]) -> np.ndarray:
        given = {name: values[list(rows)] for name, values in self._held.items()}
        given |= {"noise": noise, "theta": np.asarray(theta, np.float32), "n": np.array(1, np.float32)}
        return self._graph(**given)["z"]

    def pictures(self, z: np.ndarray) -> np.ndarray:
        return decode(self.model, z)

    def expected(self, z: np.ndarray) -> np.ndarray:
        parts = [self._latent_classifier(z=z[i : i + BATCH])["probabilities"] for i in range(0, len(z), BATCH)]
        return np.concatenate(parts)

    def classify(self, pictures: np.ndarray) -> np.ndarray:
        shaped = pictures.reshape(-1, *self.model.card.shape)
        parts = [
            self._reconstruction_classifier(pictures=shaped[i : i + CHUNK])["probabilities"]
            for i in range(0, len(shaped), CHUNK)
        ]
        return np.concatenate(parts)

    def layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        card = self.model.card
        if card.network.name != "mlp":
            raise ValueError(
                t("A search by gradient needs a decoder of dense layers; {slug} has another: use cma.", slug=card.slug)
            )
        held = weights(read_file(self.model.folder, layout.DECODER, self.model.card))
        return [(held[f"decoder.{name}.weight"], held[f"decoder.{name}.bias"]) for name in ("one", "two", "out")]

    def scores(self, theta: np.ndarray, draws: int, seed: int, seeds: int, tau: float | None) -> dict[str, Any]:
        return measure(self.generator, theta, draws, seed, tau=tau, seeds=seeds).to_json()
