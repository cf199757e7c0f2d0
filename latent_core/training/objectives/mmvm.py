"""MMVM-VAE; Sutter, Meng, Agostini, Chopard, Fortin, Vogt, Shahbaba and Mandt, Unity by diversity, 2024, eq. 3."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.networks import Autoencoder, LatentKind, Network
from latent_core.training.networks.halves import ApartEncoder, of_halves
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import Gaussian, divergence_between


@dataclass(frozen=True)
class Mmvm(Objective):
    """Each half of a picture has a code of its own, and each code is drawn to what the other half says."""

    title: ClassVar[str] = "MMVM VAE"
    latent_kind: ClassVar[LatentKind] = "halves"
    matched: ClassVar[bool] = False

    kl: float = 1.0
    """Weight of the divergence from the mixture of both halves' posteriors (beta)."""
    round: float = 0.0
    """Share of that weight which pulls to N(0, I) instead (alpha)."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return of_halves(name, width, "apart")

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        return {"left": latent, "right": latent}

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction"} of each half from its own code, {"apart"} and, where `round` is not 0, {"kl"}."""
        encoder = model.encoder
        assert isinstance(encoder, ApartEncoder)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            alone = encoder.alone(batch.pictures)
            z = [q.sample(torch.randn(q.mean.shape, generator=batch.rng)) for q in alone]
            logits = model.decoder(torch.cat(z, 1))
        own = self.rebuilding(model.decoder, logits.float(), batch.pictures)
        return Losses(own | self.pulls(alone, batch.step), {})

    def pulls(self, alone: list[Gaussian], step: int) -> dict[str, Tensor]:
        """Named terms in nats per image, by the upper bound of the divergence from the mixture of M posteriors.

        {"apart": beta (1 - alpha) / M sum over m and m' KL(q_m, q_m')} and {"kl": beta alpha sum over m KL(q_m, N)}.
        """
        weight = self.kl * risen(step, self.warm_up) / len(alone)
        one, other = alone
        between = (divergence_between(one, other) + divergence_between(other, one)).sum(1).mean()
        terms = {"apart": weight * (1 - self.round) * between}
        if self.round:
            pulled = torch.stack([q.divergence().sum(1).mean() for q in alone]).sum()
            terms["kl"] = weight * self.round * len(alone) * pulled
        return terms
