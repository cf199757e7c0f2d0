"""beta-VAE; Higgins et al., Learning basic visual concepts with a constrained variational framework, 2017, eq. 4."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor, nn

from latent_core.training.objectives import Batch, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Beta(Objective):
    """As ELBO, with a stronger pull to the round cloud: fewer numbers stay in use, each with a meaning of its own."""

    title: ClassVar[str] = "beta-VAE"

    beta: float = 4.0
    """Weight of the divergence from N(0, I); 1 is ELBO."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": beta min(1, step / warm_up) KL(q(z given x), N(0, I))}, mean over the batch."""
        weight = self.beta * risen(batch.step, self.warm_up)
        return {"kl": weight * q.divergence().sum(1).mean()}
