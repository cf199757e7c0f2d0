"""What an encoder says about a picture: a place in latent space, and how far around it the picture may be."""

from typing import NamedTuple, Protocol

import torch
from torch import Tensor


class Posterior(Protocol):
    """What everything after training needs to know, whatever the distribution."""

    @property
    def mean(self) -> Tensor:
        """(batch, latent): where maps, blends and reconstructions have a picture."""

    def spread(self) -> Tensor:
        """Standard deviation (batch, latent) in latent units."""


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
