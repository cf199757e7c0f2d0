"""Objectives room: one file per VAE objective, a frozen dataclass whose fields are flags, card entry and caption."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from torch import Tensor, nn
from torch.nn import functional as F

from latent_core import registry
from latent_core.training.posteriors import Gaussian

ROOM = "training.objectives"


@dataclass(frozen=True)
class Objective:
    """What a VAE is trained to do: rebuild its pictures, and keep its latents in some shape."""

    likelihood: ClassVar[Literal["bernoulli", "gaussian"]] = "bernoulli"
    """Of a pixel given the decoder's picture, as `reconstruction` measures it."""

    @property
    def rotation_invariant(self) -> bool:
        """Whether the loss stays the same when all latents are turned alike; then their axes may be chosen freely."""
        return False

    def players(self, latent: int, classes: int) -> nn.ModuleDict:
        """Further networks that train along, such as a classifier on the latents; none by default."""
        return nn.ModuleDict()

    def sample(self, q: Gaussian, noise: Tensor) -> Tensor:
        """The latents (batch, latent) that training decodes: a draw of q; noise is standard normal, of that shape."""
        return q.sample(noise)

    def reconstruction(self, logits: Tensor, x: Tensor) -> dict[str, Tensor]:
        """{"reconstruction": nats per image}: cross-entropy of Bernoulli pixels, summed over the pixels.

        Args:
            logits: (batch, pixels) log-odds of the decoder.
            x: (batch, pixels) pictures, 0..1.
        """
        return {"reconstruction": F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)}

    def regulariser(self, q: Gaussian, z: Tensor, y: Tensor, step: int, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """Named terms, each one number in nats per image, that are added to the reconstruction.

        Args:
            q: posterior of the batch, (batch, latent).
            z: (batch, latent) a sample of it.
            y: (batch,) int64 class of each picture.
            step: optimiser steps made so far.
            extra: what `players` returned.
        """
        raise NotImplementedError


def kind(name: str) -> type[Objective]:
    """The objective's dataclass.

    Raises:
        LookupError: no objective has this name; the message says which there are.
    """
    return registry.only(ROOM, name, Objective)


def make(name: str, fields: dict[str, Any]) -> Objective:
    """The objective with these field values; the others keep their defaults."""
    return kind(name)(**fields)
