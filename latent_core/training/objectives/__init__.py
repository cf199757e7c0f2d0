"""Objectives room: one file per VAE objective, a frozen dataclass whose fields are flags, card entry and caption.

Most objectives say only how latents are kept in shape (`regulariser`). What else may differ has its own place, with
the usual as its default: the latents that are decoded (`sample`), what rebuilding costs (`reconstruction`), networks
that help (`players`) or work against it (`opponents`), the kind of its latents, which decides the networks that fit
(`latent_kind`), and, where nothing of this fits, a whole step (`losses`).
"""

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core import registry
from latent_core.training import networks
from latent_core.training.networks import Autoencoder, Decoder, LatentKind, Likelihood, Network, Shape
from latent_core.training.posteriors import Gaussian

ROOM = "training.objectives"


@dataclass(frozen=True)
class Batch:
    """What one step of training sees.

    pictures: (batch, channels, height, width), 0..1. y: (batch,) int64, the class of each. step: optimiser steps made
    so far. rng: the source of all chance in this step. bf16: whether matrix products are made in bfloat16. mask:
    (batch, 1, height, width), 0..1, how much of each pixel stands in front of a background, where that is known.
    """

    pictures: Tensor
    y: Tensor
    step: int
    rng: torch.Generator
    bf16: bool = False
    mask: Tensor | None = None


def risen(step: int, warm_up: int) -> float:
    """How much of its weight a term has that rises from 0 over so many steps: min(1, (step + 1) / warm_up)."""
    return min(1.0, (step + 1) / max(1, warm_up))


class Losses(NamedTuple):
    """Named terms of a batch, each one number in nats per image.

    own: what the autoencoder and its players make smaller. opposing: what only the opponents make smaller; they hold
    no gradient of anything else.
    """

    own: dict[str, Tensor]
    opposing: dict[str, Tensor]


@dataclass(frozen=True)
class Objective:
    """What a VAE is trained to do: rebuild its pictures, and keep its latents in some shape."""

    likelihood: ClassVar[Likelihood] = "bernoulli"
    """Of a pixel given the decoder's picture, as `reconstruction` measures it."""
    title: ClassVar[str] = ""
    """What the field calls such a model, where that is not the file's name and "VAE"."""
    latent_kind: ClassVar[LatentKind] = "gaussian"
    """What the networks that it trains must have between encoder and decoder."""
    matched: ClassVar[bool] = True
    """Whether it pulls all latents together to N(0, I), so that a draw of that is a latent."""

    places: ClassVar[Literal["encoded", "fitted"]] = "encoded"
    """"fitted" where training knows no place for a real picture, and the encoder learned it from pictures made."""
    momentum: ClassVar[float] = 0.9
    """How much of Adam's mean gradient stays from step to step (beta 1)."""

    @property
    def rotation_invariant(self) -> bool:
        """Whether the loss stays the same when all latents are turned alike; then their axes may be chosen freely."""
        return False

    def network(self, name: str, width: int, classes: int) -> Network:
        """The architecture that it trains when this one is asked for, at this width."""
        return networks.of_width(name, width)

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        """Named parts of the latent with their dimensions, in order: of the `latent` asked for, or further ones.

        None ({}) where nothing in it has a name.
        """
        return {}

    def size(self, latent: int, classes: int) -> int:
        """Dimensions of the latent with all its blocks."""
        return sum(self.blocks(latent, classes).values()) or latent

    def drawn(self, latent: int, y: Tensor, classes: int, rng: torch.Generator) -> Tensor | None:
        """Latents (rows, size) of new pictures of the classes y (rows,), where the prior itself knows classes."""
        return None

    def players(self, latent: int, classes: int) -> nn.ModuleDict:
        """Further networks that train along, such as a classifier on the latents; none by default."""
        return nn.ModuleDict()

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """Networks that learn to see through the others, by `opposing`, at a rate of their own; none by default.

        Args:
            shape: (channels, height, width) of the pictures.
        """
        return nn.ModuleDict()

    @property
    def opponents_rate(self) -> float:
        """Adam's step size for `opponents`."""
        raise NotImplementedError

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """Every term of a batch.

        Args:
            extra: what `players` and `opponents` returned, in one.
        """
        q, z, logits = self.rebuilt(model, batch)
        rebuilding = self.rebuilding(model.decoder, logits, batch.pictures)
        return Losses(rebuilding | self.regulariser(q, z, batch, extra), self.opposing(z.detach(), batch, extra))

    def rebuilt(self, model: Autoencoder, batch: Batch) -> tuple[Gaussian, Tensor, Tensor]:
        """The posterior of a batch, the latents (batch, latent) drawn of it, and their log-odds (batch, pixels)."""
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            q = model.encoder(batch.pictures)
            z = self.sample(q, torch.randn(q.mean.shape, generator=batch.rng))
            logits = model.decoder(z)
        return q, z, logits.float()

    def opposing(self, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """Terms that only the opponents make smaller, of latents z (batch, latent) through which nothing flows back."""
        return {}

    def sample(self, q: Gaussian, noise: Tensor) -> Tensor:
        """The latents (batch, latent) that training decodes: a draw of q; noise is standard normal, of that shape."""
        return q.sample(noise)

    def rebuilding(self, decoder: Decoder, logits: Tensor, pictures: Tensor) -> dict[str, Tensor]:
        """`reconstruction`, but `in_colour` where pictures are coloured: no colour is a draw of black or white.

        Args:
            logits: (batch, pixels) of the decoder.
            pictures: (batch, channels, height, width), 0..1.
        """
        x = pictures.flatten(1)
        if self.coloured(pictures.shape[1]):
            return in_colour(decoder.pixels(logits), x)
        return self.reconstruction(logits, x)

    @classmethod
    def coloured(cls, channels: int) -> bool:
        """Whether pixels with so many channels are Gaussian with the best variance, whatever `likelihood` says."""
        return channels > 1 and cls.likelihood != "categorical"

    def reconstruction(self, logits: Tensor, x: Tensor) -> dict[str, Tensor]:
        """{"reconstruction": nats per image}: cross-entropy of Bernoulli pixels, summed over the pixels.

        Args:
            logits: (batch, pixels) log-odds of the decoder.
            x: (batch, pixels) pictures, 0..1.
        """
        return {"reconstruction": F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)}

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """Named terms, each one number in nats per image, that are added to the reconstruction.

        Args:
            q: posterior of the batch, (batch, latent).
            z: (batch, latent) a sample of it.
            extra: what `players` and `opponents` returned, in one.
        """
        raise NotImplementedError


LEAST_VARIANCE = 1e-5
"""Of a pixel's channel: less than a colour step of 1 in 255 squared makes no visible difference."""


def in_colour(rebuilt: Tensor, x: Tensor) -> dict[str, Tensor]:
    """{"reconstruction": minus log-likelihood in nats per image} of Gaussian pixels with the best variance.

    One variance s^2 for all of a batch: what makes the pictures likeliest is their mean squared error, which leaves
    pixels/2 (log(2 pi s^2) + 1); it may be negative, as a density may exceed 1. Rybkin, Daniilidis and Levine 2021.

    Args:
        rebuilt, x: (batch, pixels), 0..1.
    """
    variance = (rebuilt - x).square().mean().clamp_min(LEAST_VARIANCE)
    return {"reconstruction": x.shape[1] / 2 * ((2 * math.pi * variance).log() + 1)}


def kind(name: str) -> type[Objective]:
    """The objective's dataclass.

    Raises:
        LookupError: no objective has this name; the message says which there are.
    """
    return registry.only(ROOM, name, Objective)


def make(name: str, fields: dict[str, Any]) -> Objective:
    """The objective with these field values; the others keep their defaults."""
    return kind(name)(**fields)
