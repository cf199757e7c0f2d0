"""ELBO VAE; Kingma and Welling, Auto-encoding variational Bayes, 2014, eq. 10."""

from dataclasses import dataclass

from torch import Tensor, nn

from latent_core.training.objectives import Batch, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Elbo(Objective):
    """Pictures are rebuilt from a noisy latent whose distribution is pulled to one round cloud, N(0, I)."""

    kl: float = 1.0
    """Weight of the divergence from N(0, I); 1 is the evidence lower bound, more pulls harder."""
    warm_up: int = 0
    """Steps over which that weight rises from 0, so that dimensions find a use first (Bowman et al. 2016)."""

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": weight(step) * KL(q(z given x), N(0, I))}, mean over the batch, in nats per image."""
        return {"kl": self.weight(batch.step) * q.divergence().sum(1).mean()}

    def weight(self, step: int) -> float:
        """kl * min(1, (step + 1) / warm_up)."""
        return self.kl * risen(step, self.warm_up)
