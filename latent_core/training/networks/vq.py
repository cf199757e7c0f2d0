"""Convolutions around a grid of codes: the network of VQ-VAE; van den Oord, Vinyals and Kavukcuoglu, 2017."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Decoder, LatentKind, Network, Shape, cut
from latent_core.training.posteriors import Gaussian

CELL = 4
"""Pixels along a cell's side; two strided convolutions see to that."""


@dataclass(frozen=True)
class Vq(Network):
    """A cell of 4 x 4 pixels has a few numbers, which the decoder replaces by the nearest of its codes."""

    latent_kind: ClassVar[LatentKind] = "codes"

    width: int = 24
    """Channels of the widest pictures; the grid of cells has twice as many."""
    codes: int = 512
    """Codes in the book (K)."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape.

        Raises:
            ValueError: not the same whole number of dimensions for every cell.
        """
        down, across = cells(shape)
        if latent % (down * across):
            raise ValueError(
                f"pictures of {shape[1]} x {shape[2]} pixels have {down} x {across} cells, so the latent must have a "
                f"multiple of {down * across} dimensions, such as {2 * down * across}; it had {latent}"
            )
        size = latent // (down * across)
        return Autoencoder(VqEncoder(shape, size, self.width), VqDecoder(shape, size, self.width, self.codes))


def cells(shape: Shape) -> tuple[int, int]:
    """Rows and columns of cells in a picture; the last ones may stand out over its edge."""
    return -(-shape[1] // CELL), -(-shape[2] // CELL)


class Around(nn.Module):
    """A cell hears its neighbours: x + conv(silu(conv(silu(x)))), (batch, channels, rows, columns)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.one, self.two = nn.Conv2d(channels, channels, 3, 1, 1), nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        heard: Tensor = self.two(F.silu(self.one(F.silu(x))))
        return x + heard


class VqEncoder(nn.Module):
    """Two strided convolutions, one over the neighbours, and `size` numbers for each cell, cell after cell.

    Its spread is the same for all: `log_variance` is that of what is lost where codes replace an encoder's numbers.
    """

    def __init__(self, shape: Shape, size: int, width: int) -> None:
        super().__init__()
        down, across = cells(shape)
        self.missing = (0, across * CELL - shape[2], 0, down * CELL - shape[1])
        self.one, self.two = nn.Conv2d(shape[0], width, 4, 2, 1), nn.Conv2d(width, 2 * width, 4, 2, 1)
        self.around = Around(2 * width)
        self.out = nn.Conv2d(2 * width, size, 1)
        self.log_variance = nn.Parameter(torch.zeros(1), requires_grad=False)

    def forward(self, pictures: Tensor) -> Gaussian:
        x = F.pad(pictures, self.missing) if any(self.missing) else pictures
        grid = self.around(self.two(F.silu(self.one(x))))
        mean = self.out(F.silu(grid)).float().permute(0, 2, 3, 1).flatten(1)
        return Gaussian(mean, self.log_variance.expand_as(mean))


class VqDecoder(Decoder):
    """The nearest codes, then convolutions: one over the neighbours on the grid of cells, and two doublings.

    The book is no layer that Adam trains: the objective moves it, and notes here how it is used while training goes on.
    """

    used: Tensor
    """(codes,) how many cells of a batch each code replaces, of late; all 0 before the first step."""
    sums: Tensor
    """(code, codes) sum of the numbers that it replaces."""

    def __init__(self, shape: Shape, size: int, width: int, codes: int) -> None:
        super().__init__()
        self.shape, self.code, self.width, self.grid = shape, size, width, cells(shape)
        self.book = nn.Parameter(torch.zeros(size, codes), requires_grad=False)
        self.register_buffer("used", torch.zeros(codes))
        self.register_buffer("sums", torch.zeros(size, codes))
        self.inside = nn.Conv2d(size, 2 * width, 1)
        self.around = Around(2 * width)
        self.up = nn.ConvTranspose2d(2 * width, width, 4, 2, 1)
        self.out = nn.ConvTranspose2d(width, shape[0], 4, 2, 1)

    def nearest(self, z: Tensor) -> Tensor:
        """(rows, cells) int64: number of the code that is nearest to each cell of z (rows, latent).

        Squares are added one by one, in float32: every runtime then has the same bits, and so the same code.
        """
        away = (z.reshape(-1, self.code, 1) - self.book).square()
        squared = away[:, 0]
        for number in range(1, self.code):
            squared = squared + away[:, number]
        return squared.argmin(1).reshape(-1, self.grid[0] * self.grid[1])

    def of(self, codes: Tensor) -> Tensor:
        """(rows, latent): the numbers of codes (rows, cells)."""
        return F.embedding(codes, self.book.T).flatten(1)

    def drawn(self, codes: Tensor) -> Tensor:
        """(rows, first): the grid of cells, each having heard its neighbours, of codes' numbers (rows, latent)."""
        grid = codes.reshape(-1, *self.grid, self.code).permute(0, 3, 1, 2)
        return F.silu(self.around(self.inside(grid))).flatten(1)

    def first(self, z: Tensor) -> Tensor:
        return self.drawn(self.of(self.nearest(z)))

    def second(self, first: Tensor) -> Tensor:
        return F.silu(self.up(first.reshape(-1, 2 * self.width, *self.grid))).flatten(1)

    def logits(self, second: Tensor) -> Tensor:
        out: Tensor = self.out(second.reshape(-1, self.width, 2 * self.grid[0], 2 * self.grid[1]))
        return cut(out, self.shape)
