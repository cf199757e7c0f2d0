"""DIP-VAE; Kumar et al., Variational inference of disentangled latent concepts, 2018, eq. 6 and 7."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn

from latent_core.training.objectives import Batch, Objective, risen
from latent_core.training.posteriors import Gaussian

Kind = Literal["i", "ii"]


@dataclass(frozen=True)
class Dip(Objective):
    """As ELBO, and the covariance of all codes must be that of the round cloud: no two numbers may vary together."""

    title: ClassVar[str] = "DIP-VAE"

    kind: Kind = "ii"
    """Whose covariance: "i" that of the means alone, "ii" that of the codes, which are spread around them as well."""
    apart: float = 10.0
    """Weight of the squared covariances of two numbers."""
    unit: float = 10.0
    """Weight of the squared distance of each number's variance from 1; the paper has ten times `apart` for "i"."""
    warm_up: int = 0
    """Steps over which the divergence rises from 0."""

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": KL(q(z given x), N(0, I)), "covariance": apart sum_(i != j) C_ij^2 + unit sum_i (C_ii - 1)^2}."""
        weight = risen(batch.step, self.warm_up)
        c = covariance(q, self.kind)
        variance = c.diagonal()
        cost = self.apart * (c.square().sum() - variance.square().sum()) + self.unit * (variance - 1).square().sum()
        return {"kl": weight * q.divergence().sum(1).mean(), "covariance": cost}


def covariance(q: Gaussian, kind: Kind) -> Tensor:
    """(latent, latent) C: of the batch's means, and for "ii" with the mean variance around them on its diagonal."""
    centred = q.mean - q.mean.mean(0)
    found = centred.T @ centred / len(centred)
    return found + torch.diag(q.log_variance.exp().mean(0)) if kind == "ii" else found
