"""Dense layers around counts; Vafaii, Galor and Yates, Poisson variational autoencoder, 2024."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.mlp import MlpDecoder
from latent_core.training.posteriors import Counts

START_LOG_RATE = (-2.0, 0.0)
"""Logarithms of the prior's rates at the start, evenly spread: unlike ones, so that units find unlike uses."""
MOST_CHANGE = 10.0
"""The largest factor, as a logarithm, by which a picture may change a rate, approached softly."""
MOST_LOG_RATE = 3.0
"""The logarithm of the largest rate, 20 counts (the paper's is 5): one unit that fires so often makes all of a batch's
draws as long, and a training four times as slow."""


@dataclass(frozen=True)
class CountsOf(Network):
    """Two hidden layers in the encoder, which says how far a picture raises or lowers each usual rate."""

    latent_kind: ClassVar[LatentKind] = "counts"

    hidden: int = 500
    """Units of each hidden layer."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        return Autoencoder(CountsEncoder(shape, latent, self.hidden), CountsDecoder(shape, latent, self.hidden))


class CountsEncoder(nn.Module):
    """pixels-hidden-hidden-latent with softplus, and the prior's rates, which are learned as well."""

    def __init__(self, shape: Shape, latent: int, hidden: int) -> None:
        super().__init__()
        pixels = shape[0] * shape[1] * shape[2]
        self.first, self.second = nn.Linear(pixels, hidden), nn.Linear(hidden, hidden)
        self.change = nn.Linear(hidden, latent)
        self.log_prior = nn.Parameter(torch.linspace(*START_LOG_RATE, latent))

    def forward(self, pictures: Tensor) -> Counts:
        """The rates of pictures (batch, channels, height, width), 0..1."""
        hidden = F.softplus(self.second(F.softplus(self.first(pictures.flatten(1)))))
        change = MOST_CHANGE * torch.tanh(self.change(hidden).float() / MOST_CHANGE)
        return Counts((self.log_prior + change).clamp_max(MOST_LOG_RATE), self.log_prior)


class CountsDecoder(MlpDecoder):
    """That of dense layers; nothing is less than no count, so what is below 0 is read as 0."""

    def first(self, z: Tensor) -> Tensor:
        return super().first(z.clamp_min(0))
