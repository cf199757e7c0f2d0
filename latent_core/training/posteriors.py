"""What an encoder says about a picture: a diagonal Gaussian in latent space."""

from typing import NamedTuple

import torch
from torch import Tensor


class Gaussian(NamedTuple):
    """q(z given x) = N(mean, exp(log_variance)), both (batch, latent)."""

    mean: Tensor
    log_variance: Tensor

    def sample(self, noise: Tensor) -> Tensor:
        """z = mean + std * noise, (batch, latent); noise is standard normal of the same shape."""
        return self.mean + self.spread() * noise

    def spread(self) -> Tensor:
        """Standard deviation (batch, latent) in latent units."""
        return torch.exp(0.5 * self.log_variance)

    def divergence(self) -> Tensor:
        """KL(q, N(0, I)) of each dimension, (batch, latent), in nats: (mean^2 + std^2 - 1 - log std^2) / 2."""
        return 0.5 * (self.mean.square() + self.log_variance.exp() - 1 - self.log_variance)
