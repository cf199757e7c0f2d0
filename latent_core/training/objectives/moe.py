"""Mixture of experts; Shi, Siddharth, Paige and Torr, Variational mixture-of-experts autoencoders, 2019, eq. 3."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.networks import Autoencoder, LatentKind, Network
from latent_core.training.networks.halves import MixtureEncoder, of_halves
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Moe(Objective):
    """Whichever half of a picture is seen, both are drawn from its code; one code serves as well as the other."""

    title: ClassVar[str] = "MoE VAE"
    latent_kind: ClassVar[LatentKind] = "halves"

    kl: float = 1.0
    """Weight of the divergence from N(0, I); 1 is the evidence lower bound."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return of_halves(name, width, "mixture")

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction"} of both halves from either code, mean of the two, and {"kl"}."""
        encoder = model.encoder
        assert isinstance(encoder, MixtureEncoder)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            alone = encoder.alone(batch.pictures)
            z = [q.sample(torch.randn(q.mean.shape, generator=batch.rng)) for q in alone]
            logits = model.decoder(torch.cat(z))
        x = batch.pictures.repeat(len(z), 1, 1, 1)
        return Losses(self.rebuilding(model.decoder, logits.float(), x) | self.price(alone, z, batch.step), {})

    def price(self, alone: list[Gaussian], z: list[Tensor], step: int) -> dict[str, Tensor]:
        """{"kl": kl min(1, step / warm_up) KL(mean of the q_m, N(0, I))}, from a draw of each, in nats per image."""
        own = torch.stack([mixture_log_density(one, alone) - log_density(one, standard(one)) for one in z])
        return {"kl": self.kl * risen(step, self.warm_up) * own.mean()}


def mixture_log_density(z: Tensor, experts: list[Gaussian]) -> Tensor:
    """(batch,) log of the mean of the experts' densities at z (batch, latent)."""
    each = torch.stack([log_density(z, q) for q in experts])
    return each.logsumexp(0) - torch.log(torch.tensor(float(len(experts))))


def log_density(z: Tensor, q: Gaussian) -> Tensor:
    """(batch,) log N(z; q), without the constant log 2 pi / 2 per dimension."""
    return -0.5 * ((z - q.mean).square() * (-q.log_variance).exp() + q.log_variance).sum(1)


def standard(like: Tensor) -> Gaussian:
    """N(0, I) of the same shape."""
    return Gaussian(torch.zeros_like(like), torch.zeros_like(like))
