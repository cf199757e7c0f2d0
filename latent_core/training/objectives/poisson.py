"""Poisson VAE; Vafaii, Galor and Yates, Poisson variational autoencoder, 2024, eq. 3 and algorithm 1."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.networks import Autoencoder, LatentKind
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import Counts


@dataclass(frozen=True)
class Poisson(Objective):
    """A picture is told in counts, as nerve cells tell things by how often they fire; each count has its price."""

    title: ClassVar[str] = "Poisson VAE"
    latent_kind: ClassVar[LatentKind] = "counts"
    matched: ClassVar[bool] = False

    kl: float = 1.0
    """Weight of the divergence from the prior's rates."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""
    cool: int = 5000
    """Steps over which the temperature falls from `warm` to `cold`: counts become whole numbers."""
    warm: float = 1.0
    """Temperature at first: an event counts a little before its time, so that gradients reach all rates."""
    cold: float = 0.05
    """Temperature at last."""

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction"} of relaxed counts, and {"kl"}: what the counts cost."""
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            q = model.encoder(batch.pictures)
            z = q.sample(batch.rng, self.temperature(batch.step))
            logits = model.decoder(z)
        return Losses(self.rebuilding(model.decoder, logits.float(), batch.pictures) | self.price(q, batch.step), {})

    def price(self, q: Counts, step: int) -> dict[str, Tensor]:
        """{"kl": kl min(1, step / warm_up) KL(q(z given x), prior)}, mean over the batch, in nats per image."""
        return {"kl": self.kl * risen(step, self.warm_up) * q.divergence().sum(1).mean()}

    def temperature(self, step: int) -> float:
        """From `warm` straight down to `cold`, where it stays."""
        return self.warm + (self.cold - self.warm) * risen(step, self.cool)
