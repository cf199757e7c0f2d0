"""FactorVAE; Kim and Mnih, Disentangling by factorising, 2018, eq. 2 and 3, algorithm 2."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Shape
from latent_core.training.objectives import Batch, Objective, risen
from latent_core.training.posteriors import Gaussian

SLOPE = 0.2
"""Of the discriminator's leaky ReLU below 0."""
REAL, MIXED = 0, 1
"""What the discriminator's two outputs say of a latent: from one picture, or each number from another one."""


@dataclass(frozen=True)
class Factor(Objective):
    """As ELBO, and an opponent that tells codes from codes with shuffled numbers must not find a difference."""

    title: ClassVar[str] = "FactorVAE"

    gamma: float = 6.0
    """Weight of the total correlation that the opponent finds, on top of the one that ELBO holds."""
    hidden: int = 1000
    """Units of each of the opponent's hidden layers."""
    layers: int = 6
    """The opponent's hidden layers."""
    rate: float = 5e-5
    """The opponent's step size."""
    warm_up: int = 0
    """Steps over which divergence and correlation rise from 0."""

    @property
    def opponents_rate(self) -> float:
        return self.rate

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """{"discriminator": latent-hidden-...-hidden-2 with leaky ReLU}."""
        sizes = (latent, *[self.hidden] * self.layers)
        body = [layer for a, b in pairwise(sizes) for layer in (nn.Linear(a, b), nn.LeakyReLU(SLOPE))]
        return nn.ModuleDict({"discriminator": nn.Sequential(*body, nn.Linear(sizes[-1], 2))})

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": w KL(q(z given x), N(0, I)), "tc": w gamma mean log D(z) / (1 - D(z))}; w = min(1, step / warm_up).

        D(z) is the opponent's probability that z is a code; that ratio is the density ratio of the total correlation.
        """
        weight = risen(batch.step, self.warm_up)
        said = told(extra, z, batch)
        correlation = (said[:, REAL] - said[:, MIXED]).mean()
        return {"kl": weight * q.divergence().sum(1).mean(), "tc": weight * self.gamma * correlation}

    def opposing(self, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"discriminator": mean cross-entropy on half of the codes, and on the other half with numbers shuffled}."""
        half = len(z) // 2
        mixed = shuffled(z[half:], batch.rng)
        said = told(extra, torch.cat([z[:half], mixed]), batch)
        truth = torch.tensor([REAL] * half + [MIXED] * len(mixed))
        return {"discriminator": F.cross_entropy(said, truth)}


def told(extra: nn.ModuleDict, z: Tensor, batch: Batch) -> Tensor:
    """What the discriminator says of latents z (rows, latent): log-odds (rows, 2) of `REAL` and `MIXED`."""
    with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
        said: Tensor = extra["discriminator"](z)
    return said.float()


def shuffled(z: Tensor, rng: torch.Generator) -> Tensor:
    """(rows, latent) z with every dimension in an order of its own: a sample of the product of the q(z_d)."""
    order = torch.rand(z.shape, generator=rng).argsort(0)
    return z.gather(0, order)
