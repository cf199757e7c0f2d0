"""Epanechnikov VAE; Qin and Huang, On kernel-based variational autoencoder, 2024, section 4."""

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.objectives import Batch, Objective
from latent_core.training.posteriors import Gaussian

REACH = math.sqrt(5)
"""Half the width of an Epanechnikov kernel, in its own standard deviations: it is 0 outside."""


@dataclass(frozen=True)
class Epanechnikov(Objective):
    """A picture's cloud ends at a border, and only its width costs: places are free, and clouds do not reach far."""

    title: ClassVar[str] = "Epanechnikov VAE"
    matched: ClassVar[bool] = False

    prior_width: float = 0.1
    """Width of the uniform prior as the loss knows it; more asks for wider clouds."""

    def sample(self, q: Gaussian, noise: Tensor) -> Tensor:
        """mean + r K with K of the Epanechnikov density 3/4 (1 - u^2) on -1..1, and r = 5^(1/2) spread."""
        return q.mean + REACH * q.spread() * kernel(noise)

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"narrow": 3 prior_width / 5 times the sum over dimensions of 1 / r}, mean over the batch; the mean is free.

        It bounds the divergence of the crowd of all clouds from the prior, and r is half a cloud's width.
        """
        return {"narrow": 0.6 * self.prior_width * (1 / (REACH * q.spread())).sum(1).mean()}


def kernel(noise: Tensor) -> Tensor:
    """K of the Epanechnikov density, -1..1, of any shape: the quantile at which standard normal noise stands.

    The distribution 1/2 + 3/4 u - 1/4 u^3 is p at u = 2 sin(arcsin(2 p - 1) / 3). Equal in distribution to the middle
    one of three uniform numbers, and to be had from a single one.
    """
    return 2 * torch.sin(torch.asin(torch.erf(noise / math.sqrt(2))) / 3)
