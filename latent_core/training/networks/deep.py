"""Convolutions with group norm, for drawings in colour; Wu and He, Group normalization, 2018."""

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, Decoder, Encoder, Network, Shape, cut

LEAST_SIDE = 32
"""Pixels: four halvings leave two a side, as a norm of one says nothing."""


@dataclass(frozen=True)
class Deep(Network):
    """Four halvings in the encoder, four doublings in the decoder, all normed by groups; sides of 32 pixels or more."""

    width: int = 32
    """Channels of the widest pictures, a multiple of 8; deeper layers have multiples of it."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Raises ValueError for pictures of which four halvings leave nothing."""
        if min(shape[1:]) < LEAST_SIDE:
            raise ValueError(f"the network 'deep' reads pictures of {LEAST_SIDE} pixels a side or more: take conv")
        return Autoencoder(DeepEncoder(shape, latent, self.width), DeepDecoder(shape, latent, self.width))


class Norm(nn.Module):
    """Group norm of (batch, channels, height, width) whose scale and offset a graph holds under their own names."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.groups = 8 if channels % 8 == 0 else 1
        self.scale = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.offset = nn.Parameter(torch.zeros(1, channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        return F.group_norm(x, self.groups) * self.scale + self.offset


def _normed(layer: nn.Module, channels: int) -> list[nn.Module]:
    return [layer, Norm(channels), nn.SiLU()]


class DeepEncoder(Encoder):
    """Four strided convolutions; mean and variance read all that is left of the picture."""

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        channels = (shape[0], width, 2 * width, 4 * width, 4 * width)
        layers: list[nn.Module] = []
        for before, after in pairwise(channels):
            layers += _normed(nn.Conv2d(before, after, 4, 2, 1), after)
        self.body = nn.Sequential(*layers, nn.Flatten())
        hidden = channels[-1] * (shape[1] // 16) * (shape[2] // 16)
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def hidden(self, pictures: Tensor) -> Tensor:
        """(batch, 4 width * cells): what mean and variance are read from."""
        hidden: Tensor = self.body(pictures)
        return hidden


class DeepDecoder(Decoder):
    """A dense layer to a sixteenth of the size, then four doublings; one picture takes some milliseconds in a browser.

    Where a side is no multiple of 16 it is decoded to the next one, and the rest is cut off.
    """

    def __init__(self, shape: Shape, latent: int, width: int, last: nn.Module | None = None) -> None:
        """last doubles (rows, width, height / 2, width / 2) to log-odds; a transposed convolution without it."""
        super().__init__()
        self.shape, self.width = shape, width
        self.small = (-(-shape[1] // 16), -(-shape[2] // 16))
        self.dense = nn.Linear(latent, 4 * width * self.small[0] * self.small[1])
        self.early = nn.Sequential(
            *_normed(nn.ConvTranspose2d(4 * width, 3 * width, 4, 2, 1), 3 * width),
            *_normed(nn.ConvTranspose2d(3 * width, 2 * width, 4, 2, 1), 2 * width),
        )
        self.late = nn.Sequential(
            *_normed(nn.ConvTranspose2d(2 * width, width, 4, 2, 1), width),
            last or nn.ConvTranspose2d(width, shape[0], 4, 2, 1),
        )

    def entry(self) -> nn.Linear:
        return self.dense

    def first(self, z: Tensor) -> Tensor:
        return F.silu(self.dense(z))

    def second(self, first: Tensor) -> Tensor:
        grid: Tensor = self.early(first.reshape(-1, 4 * self.width, *self.small))
        return grid.flatten(1)

    def logits(self, second: Tensor) -> Tensor:
        grid = second.reshape(-1, 2 * self.width, self.small[0] * 4, self.small[1] * 4)
        return cut(self.late(grid), self.shape)
