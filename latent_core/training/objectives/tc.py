"""beta-TCVAE; Chen et al., Isolating sources of disentanglement, 2018, eq. 2 and 4."""

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.objectives import Batch, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Tc(Objective):
    """As ELBO, and the numbers of all codes must know nothing of one another: their total correlation costs more."""

    title: ClassVar[str] = "beta-TCVAE"

    beta: float = 6.0
    """Weight of the total correlation; 1 is ELBO, which holds it once already."""
    warm_up: int = 0
    """Steps over which divergence and correlation rise from 0."""

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": w KL(q(z given x), N(0, I)), "tc": w (beta - 1) TC}, in nats per image; w = min(1, step / warm_up)."""
        weight = risen(batch.step, self.warm_up)
        correlation = total_correlation(q, z)
        return {"kl": weight * q.divergence().sum(1).mean(), "tc": weight * (self.beta - 1) * correlation}


def total_correlation(q: Gaussian, z: Tensor) -> Tensor:
    """TC = KL(q(z), product of q(z_d)), one number in nats, with a batch in place of all pictures.

    log q(z_i) is estimated as the log of the mean over j of q(z_i given x_j), and log q(z_id) of each dimension
    likewise. The paper's weights (1 / NM, of N pictures and a batch of M) differ by a constant, without gradient.

    Args:
        q: posteriors of the batch, (batch, latent).
        z: (batch, latent) a sample of each.
    """
    far = (z[:, None] - q.mean) / q.spread()
    density = -0.5 * (far.square() + q.log_variance + math.log(2 * math.pi))  # (of z_i, given x_j, dimension)
    together = torch.logsumexp(density.sum(2), 1) - math.log(len(z))
    apart = (torch.logsumexp(density, 1) - math.log(len(z))).sum(1)
    return (together - apart).mean()
