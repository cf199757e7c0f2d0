"""Mixture of products of experts; Sutter, Daunhawer and Vogt, Generalized multimodal ELBO, 2021, eq. 5."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import nn

from latent_core.training.networks import Autoencoder, LatentKind, Network
from latent_core.training.networks.halves import SubsetsEncoder, of_halves
from latent_core.training.objectives import Batch, Losses, Objective, risen


@dataclass(frozen=True)
class Mopoe(Objective):
    """Both halves of a picture are drawn from whatever is seen: the one half, the other, or both multiplied."""

    title: ClassVar[str] = "MoPoE VAE"
    latent_kind: ClassVar[LatentKind] = "halves"

    kl: float = 1.0
    """Weight of the divergence from N(0, I); 1 is the evidence lower bound."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return of_halves(name, width, "subsets")

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction"} of both halves and {"kl"}, each the mean over the three choices of halves.

        A mixture's divergence is at most the mean of its parts' (it is convex): so this is a bound, too.
        """
        encoder, x = model.encoder, batch.pictures
        assert isinstance(encoder, SubsetsEncoder)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            every = encoder.every(x)
            z = [q.sample(torch.randn(q.mean.shape, generator=batch.rng)) for q in every]
            logits = model.decoder(torch.cat(z))
        own = self.rebuilding(model.decoder, logits.float(), x.repeat(len(z), 1, 1, 1))
        price = torch.stack([q.divergence().sum(1) for q in every]).mean()
        return Losses(own | {"kl": self.kl * risen(batch.step, self.warm_up) * price}, {})
