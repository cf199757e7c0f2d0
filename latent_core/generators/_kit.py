"""The files of a model folder that generators use; all are optional, and a missing one is told in a sentence."""

from functools import cached_property
from pathlib import Path

import numpy as np

from latent_core.artifacts import Curves, ModelCard, layout, read_arrays, read_curves, read_file
from latent_core.generators._catalogue import family
from latent_core.graphs.graph import Graph, open_shared
from latent_core.language import known, t
from latent_core.titles import model_title

ALWAYS = ("noise", "theta", "n", "which", "mean", "std")
"""What every model can give to a family's graph."""

COVARIANCES = 40
"""Dimensions up to which a model keeps its classes' covariances: of 98 they would be a tenth of all its bytes, and a
conditional GAN of 42, its classes included, would pass 5 MB for them."""


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
        wanted, card = family(name), self.card
        names = {"method": known(wanted.title), "model": model_title(card.title)}
        if wanted.latent not in ("", card.latent.kind):
            return t("{method} is for models of {latent}, and {model} is none.", latent=known(wanted.latent), **names)
        if wanted.own and not self.has(wanted.own):
            return t(
                "{model} has no {file}, so nothing can be drawn from it code by code: "
                "make it with python -m latent_core prior {slug}.",
                model=names["model"], file=wanted.own, slug=card.slug,
            )  # fmt: skip
        if set(wanted.inputs) <= set(ALWAYS) or self.has(layout.CLOUDS):
            return ""
        return t(
            "{model} has no {file}, so {method} cannot be drawn from it: {remedy}.",
            file=layout.CLOUDS, remedy=self._clouds(), **names,
        )  # fmt: skip

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """factor (classes, latent, latent), weight (classes, k), centre and spread of the mixture, dead (latent,)."""
        held = read_arrays(self.folder, layout.CLOUDS, self.card)
        return {name: value.astype(np.float32) if value.dtype == np.float16 else value for name, value in held.items()}

    def remedy(self) -> str:
        """How the files for generators come to be, to go on after a colon."""
        return t("make it with {command}", command=self.command)

    @property
    def command(self) -> str:
        """What makes the files for generators, on a command line."""
        return f"python -m latent_core generators {self.card.slug}"

    def _clouds(self) -> str:
        """How clouds come to be, or why they do not, to go on after a colon."""
        size = self.card.latent.size
        if size > COVARIANCES:
            return t(
                "covariances are kept of latents of up to {most} dimensions, and this one has {size}",
                most=COVARIANCES, size=size,
            )  # fmt: skip
        return self.remedy()

    def graph(self, name: str) -> Graph:
        """The graph that draws latents of the family; the model has what it needs (`why_not`)."""
        own = family(name).own
        found = self._graph(own) if own else open_shared(f"generate_{name}")
        assert found is not None
        return found

    @cached_property
    def reconstruction_classifier(self) -> Graph | None:
        """The classifier that was trained on the model's reconstructions; None without one."""
        return self._graph(layout.RECONSTRUCTION_CLASSIFIER)

    @cached_property
    def latent_classifier(self) -> Graph | None:
        """From latents to class probabilities, taught by the reconstruction classifier; it steers and filters."""
        return self._graph(layout.LATENT_CLASSIFIER)

    @cached_property
    def curves(self) -> Curves | None:
        """What the families give at every variety; None where it was never measured."""
        if not self.has(layout.CURVES):
            return None
        return read_curves(self.folder, self.card)

    def _graph(self, file: str) -> Graph | None:
        return Graph(read_file(self.folder, file, self.card), f"{self.card.slug}/{file}") if self.has(file) else None
