"""The files of a model folder that generators use; all are optional, and a missing one is told in a sentence."""

from functools import cached_property
from pathlib import Path

import numpy as np

from latent_core.artifacts import Curves, ModelCard, read_arrays, read_bytes, read_curves
from latent_core.generators._catalogue import family
from latent_core.graphs.graph import Graph

ARRAYS, OWN, SCORER, CURVES = "generators.safetensors", "own.onnx", "scorer.onnx", "curves.json"
ALWAYS = ("noise", "theta", "n", "mean", "std")
"""What every model can give to a family's graph."""


class Kit:
    """What a model has for its generators.

    Args:
        card: the model's, which lists the files there are.
        folder: where they lie.
    """

    def __init__(self, card: ModelCard, folder: Path) -> None:
        self.card, self.folder = card, folder

    def has(self, file: str) -> bool:
        """Whether the folder has one of the files."""
        return file in self.card.files

    def why_not(self, name: str) -> str:
        """Why a family cannot be used with the model, as a sentence; "" where it can.

        Raises:
            ValueError: there is no such family.
        """
        wanted = family(name)
        if set(wanted.inputs) <= set(ALWAYS) or self.has(ARRAYS):
            return ""
        return (
            f"{self.card.title} has no {ARRAYS}, so {wanted.title} cannot be drawn from it: "
            f"make it with python -m latent_core generators {self.card.slug}."
        )

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """factor (classes, latent, latent), weight (classes, k), centre and spread of the mixture, dead (latent,)."""
        classes, latent = len(self.card.classes), self.card.latent.size
        shapes = {"factor": (classes, latent, latent), "weight": (classes, None), "dead": (latent,)}
        shapes |= {"centre": (classes, None, latent), "spread": (classes, None, latent, latent)}
        return read_arrays(self.folder / ARRAYS, shapes)

    @cached_property
    def own(self) -> Graph | None:
        """The classifier that was trained on the model's own reconstructions; None without one."""
        return self._graph(OWN)

    @cached_property
    def scorer(self) -> Graph | None:
        """A small network from latents to class probabilities, taught by `own`; it steers and filters."""
        return self._graph(SCORER)

    @cached_property
    def curves(self) -> Curves | None:
        """What the families give at every variety; None where it was never measured."""
        return read_curves(self.folder / CURVES) if self.has(CURVES) else None

    def _graph(self, file: str) -> Graph | None:
        return Graph(read_bytes(self.folder / file), f"{self.card.slug}/{file}") if self.has(file) else None
