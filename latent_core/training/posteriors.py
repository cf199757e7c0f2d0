"""What an encoder says about a picture: a place in latent space, and how far around it the picture may be."""

import math
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


def divergence_between(q: Gaussian, p: Gaussian) -> Tensor:
    """KL(q, p) of each dimension, (batch, latent), in nats."""
    ratio = q.log_variance - p.log_variance
    return 0.5 * (ratio.exp() + (q.mean - p.mean).square() * (-p.log_variance).exp() - 1 - ratio)


class Counts(NamedTuple):
    """q(z given x): independent Poisson counts with rates exp(log_rate), (batch, latent).

    log_prior: (latent,) logarithms of the rates of the prior, which has Poisson counts as well.
    """

    log_rate: Tensor
    log_prior: Tensor

    @property
    def mean(self) -> Tensor:
        """The rates themselves, (batch, latent), 0 upwards."""
        return self.log_rate.exp()

    def spread(self) -> Tensor:
        """The square root of the rates: the standard deviation of such counts."""
        return (0.5 * self.log_rate).exp()

    def divergence(self) -> Tensor:
        """KL(q, prior) of each dimension, (batch, latent), in nats: r (1 - d + d log d) with d = rate / r."""
        log_change = self.log_rate - self.log_prior
        return self.log_prior.exp() * (1 - log_change.exp() * (1 - log_change))

    def sample(self, rng: torch.Generator, temperature: float) -> Tensor:
        """Relaxed counts (batch, latent), 0 upwards, through which gradients flow; near 0 they are whole numbers.

        Events come one after the other, each after an exponential time 1 / rate; those before time 1 are counted, by
        sigmoid((1 - time) / temperature). So many are looked at that more happen in less than one of 100,000 draws.
        """
        most = float(self.log_rate.detach().exp().max())
        events = math.ceil(most + 4.5 * math.sqrt(most) + 6)
        gaps = torch.empty(events, *self.log_rate.shape).exponential_(generator=rng)
        times = gaps.cumsum(0) / self.mean
        return torch.sigmoid((1 - times) / temperature).sum(0)
