"""ELBO VAE; Kingma and Welling, Auto-encoding variational Bayes, 2014, eq. 10."""

from dataclasses import dataclass

from torch import Tensor, nn

from latent_core.training.objectives import Objective
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Elbo(Objective):
    """Pictures are rebuilt from a noisy latent whose distribution is pulled to one round cloud, N(0, I)."""

    kl: float = 1.0
    """Weight of the divergence from N(0, I); 1 is the evidence lower bound, more pulls harder."""

    def regulariser(self, q: Gaussian, z: Tensor, y: Tensor, step: int, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": kl * KL(q(z given x), N(0, I))}, mean over the batch, in nats per image."""
        return {"kl": self.kl * q.divergence().sum(1).mean()}
