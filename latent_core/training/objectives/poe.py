"""Product of experts; Wu and Goodman, Multimodal generative models for weakly-supervised learning, 2018, eq. 7."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import nn

from latent_core.training.networks import Autoencoder, LatentKind, Network
from latent_core.training.networks.halves import ProductEncoder, costs, of_halves
from latent_core.training.objectives import Batch, Losses, Objective, risen

CHOICES = ((1.0, 1.0), (1.0, 0.0), (0.0, 1.0))
"""Which halves are shown in each of the three bounds."""


@dataclass(frozen=True)
class Poe(Objective):
    """What the two halves of a picture say is multiplied: each narrows down what the other one leaves open."""

    title: ClassVar[str] = "PoE VAE"
    latent_kind: ClassVar[LatentKind] = "halves"

    kl: float = 1.0
    """Weight of the divergence from N(0, I); 1 is the evidence lower bound."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return of_halves(name, width, "product")

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction", "kl"}: the sum of three bounds, of both halves together and of each alone.

        Without those of each alone, nothing would teach it to go by one half.
        """
        encoder, x = model.encoder, batch.pictures
        assert isinstance(encoder, ProductEncoder)
        choices = [torch.tensor(choice).expand(len(x), 2) for choice in CHOICES]
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            alone = encoder.alone(x)
            every = [encoder.joined(alone, shown) for shown in choices]
            z = [q.sample(torch.randn(q.mean.shape, generator=batch.rng)) for q in every]
            logits = model.decoder(torch.cat(z)).chunk(len(z))
        rebuilding = [(costs(one, x) * shown).sum(1) for one, shown in zip(logits, choices, strict=True)]
        price = torch.stack([q.divergence().sum(1) for q in every]).sum(0).mean()
        weight = self.kl * risen(batch.step, self.warm_up)
        return Losses({"reconstruction": torch.stack(rebuilding).sum(0).mean(), "kl": weight * price}, {})
