"""New pictures of every class from a model's statistics."""

import numpy as np

from latent_core import checked
from latent_core.generators import Kit
from latent_core.generators import _catalogue as catalogue
from latent_core.graphs.noise import normal
from latent_core.language import class_name, t
from latent_core.models.model import Model
from latent_core.recipes import limits

ROWS = 60
"""Pictures decoded at once: more would only make the decoder's mixing matrices larger."""
DRAWS, FIRST = limits.Limit(1, 1_000_000, whole=True), limits.Limit(0, 2**31, whole=True)
MOST_TRIES = 20
"""Candidates for each draw that a filter looks at before it gives up."""


class Generator:
    """One family of one model.

    Args:
        model: whose statistics and decoder are used.
        family: a name of `latent_core.generators._catalogue.families()`.

    Raises:
        ValueError: an unknown family, one that the model has no files for, or a class with a single drawing.
    """

    def __init__(self, model: Model, family: str = "diagonal") -> None:
        self.model, self.kit, self.family = model, Kit(model.card, model.folder), catalogue.family(family)
        problem = self.kit.why_not(family)
        if problem:
            raise ValueError(problem)
        lonely = [name for name, one in zip(model.card.classes, model.stats["std"], strict=True) if not one.any()]
        if lonely:
            raise ValueError(
                t("{name} has a single drawing, so nothing is known about how it varies.", name=class_name(lonely[0]))
            )
        self._graph = self.kit.graph(family)

    def theta(self, theta: float | np.ndarray) -> np.ndarray:
        """theta as (classes, latent) float32; one number fills it, one row (latent,) is repeated.

        Raises:
            ValueError: another shape, or a value that is not a number from 0 to 1.
        """
        shape = (len(self.model.card.classes), self.model.card.latent.size)
        given = checked.numbers("theta", theta)
        try:
            values = np.broadcast_to(given.astype(np.float32), shape)
        except ValueError as error:
            raise ValueError(
                f"theta must be one number, a row of {shape[1]} or an array of {shape}; it was of {np.shape(theta)}"
            ) from error
        if not ((values >= 0) & (values <= 1)).all():
            raise ValueError("theta must be numbers from 0 (the class's centre itself) to 1 (its own full spread)")
        return np.ascontiguousarray(values)

    def latents(
        self, theta: float | np.ndarray, draws: int, seed: int = 1, n: int = 1, first: int = 0
    ) -> np.ndarray:  # fmt: skip
        """z (draws, classes, latent) float32; draw i of a class does not depend on how many are asked for.

        Args:
            theta: one number, a row or (classes, latent), 0..1.
            draws: per class.
            n: latents averaged for each; only theta / sqrt(n) matters.
            first: number of the first draw.

        Raises:
            ValueError: theta as in `theta`; draws, n, first or a seed outside their limits; or statistics that give no
                finite latents.
        """
        draws, n, first = int(DRAWS.check("draws", draws)), int(DRAWS.check("n", n)), int(FIRST.check("first", first))
        seed = int(limits.SEED.check("seed", seed))
        card, kit = self.model.card, self.kit
        classes = len(card.classes)
        noise = normal(seed, draws * classes, card.latent.size + 1, first * classes)
        given = {"noise": noise.reshape(draws, classes, -1), "theta": self.theta(theta), "n": np.array(n, np.float32)}
        given["which"] = np.eye(classes, dtype=np.float32)
        more = {} if set(self.family.inputs) <= {*given, *self.model.stats} else kit.arrays
        held = {**self.model.stats, **more}
        z = self._graph(**{name: given[name] if name in given else held[name] for name in self.family.inputs})["z"]
        if not np.isfinite(z).all():
            raise ValueError(f"{self.model.slug} gives latents that are not numbers: its statistics are damaged.")
        return z

    def sample(
        self, theta: float | np.ndarray, draws: int, seed: int = 1, n: int = 1, tau: float | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Latents (draws, classes, latent), and the share of each class's candidates that was accepted (classes,).

        Args:
            tau: accept only candidates that the latent classifier gives at least this probability of their class, 0..1.

        Raises:
            ValueError: as `latents`; tau without a latent classifier; or a class of which too few candidates pass.
        """
        if tau is None:
            return self.latents(theta, draws, seed, n), np.ones(len(self.model.card.classes))
        latent_classifier = self.kit.latent_classifier
        if latent_classifier is None:
            raise ValueError("a filter needs a model with a scorer")
        if not (isinstance(tau, int | float) and not isinstance(tau, bool) and 0 <= tau < 1):
            raise ValueError(f"tau must be a number from 0 to below 1; it was {limits.shown(tau)}")
        draws = int(DRAWS.check("draws", draws))
        classes = np.arange(len(self.model.card.classes))
        found: list[list[np.ndarray]] = [[] for _ in classes]
        accepted, seen = np.zeros(len(classes)), 0
        for block in range(MOST_TRIES):
            z = self.latents(theta, draws, seed, n, first=block * draws)
            probability = latent_classifier(z=z.reshape(-1, z.shape[2]))["probabilities"].reshape(
                draws, len(classes), -1
            )
            passed = probability[:, classes, classes] >= tau
            for c in classes:
                found[c].append(z[passed[:, c], c])
            accepted, seen = accepted + passed.sum(0), seen + draws
            if accepted.min() >= draws:
                break
        if accepted.min() < draws:
            worst = self.model.card.classes[int(accepted.argmin())]
            raise ValueError(
                t("Too few pictures of {name} pass the filter: lower tau or theta.", name=class_name(worst))
            )
        return np.stack([np.concatenate(one)[:draws] for one in found], axis=1), accepted / seen


def decode(model: Model, z: np.ndarray) -> np.ndarray:
    """Pictures (draws, classes, pixels) float32 0..1 of latents (draws, classes, latent).

    Raises:
        ValueError: they are no such latents.
    """
    z = checked.finite(z, ("draws", "classes", model.card.latent.size))
    flat = z.reshape(-1, z.shape[2])
    parts = [model.decode(flat[i : i + ROWS]).reshape(len(flat[i : i + ROWS]), -1) for i in range(0, len(flat), ROWS)]
    return np.concatenate(parts).reshape(*z.shape[:2], -1)
