"""The network "deep" whose last doubling leaves no lattice; Odena, Dumoulin and Olah, Deconvolution and checkerboard
artifacts, 2016."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Network, Shape
from latent_core.training.networks.deep import LEAST_SIDE, DeepDecoder, DeepEncoder

BILINEAR = (0.25, 0.75, 0.75, 0.25)
"""What a value adds to the four nearest of twice as many places."""


@dataclass(frozen=True)
class Even(Network):
    """As "deep", but the last doubling is a smooth enlargement that a convolution reads; sides of 32 pixels or more."""

    width: int = 32
    """Channels of the widest pictures, a multiple of 8; deeper layers have multiples of it."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Raises ValueError for pictures of which four halvings leave nothing."""
        if min(shape[1:]) < LEAST_SIDE:
            raise ValueError(f"the network 'even' reads pictures of {LEAST_SIDE} pixels a side or more: take conv")
        last = EvenDoubling(self.width, shape[0])
        return Autoencoder(DeepEncoder(shape, latent, self.width), DeepDecoder(shape, latent, self.width, last))


class EvenDoubling(nn.Module):
    """A 3 x 3 convolution of the bilinear enlargement to twice the size, at the cost of a transposed convolution.

    Nothing bends between the two, so they are done the other way round: every place of the small picture first says
    what it adds by each of the nine taps, and a fixed kernel spreads that smoothly over 6 x 6 pixels. What is learned
    cannot tell the pixels of an even row from those of an odd one.
    """

    spread: Tensor

    def __init__(self, given: int, made: int) -> None:
        super().__init__()
        self.made = made
        self.taps = nn.Conv2d(given, 9 * made, 1, bias=False)
        self.bias = nn.Parameter(torch.zeros(made))
        with torch.no_grad():
            self.taps.weight /= 3  # as wide as the weights of 3 x 3 taps begin
        line = torch.tensor(BILINEAR)
        wide = F.pad(line[:, None] * line, (2, 2, 2, 2))
        moved = torch.stack([wide[top : top + 6, left : left + 6] for top in range(3) for left in range(3)])
        self.register_buffer("spread", moved[:, None].repeat(made, 1, 1, 1), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """(rows, given, height, width) to (rows, made, 2 height, 2 width); what lies outside is as the edge is."""
        wider = F.pad(self.taps(x), (1, 1, 1, 1), mode="replicate")
        return F.conv_transpose2d(wider, self.spread, self.bias, 2, 4, groups=self.made)
