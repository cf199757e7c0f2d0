"""Convolutions for small pictures, without pooling; Radford, Metz and Chintala, DCGAN, 2016."""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Decoder, Network, Shape, cut
from latent_core.training.networks.conv import ConvEncoder


@dataclass(frozen=True)
class Dcgan(Network):
    """Two doublings in the decoder, three strided convolutions in the encoder; sides of 8 pixels or more."""

    width: int = 32
    """Channels of the widest pictures; the smaller ones have twice as many."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        return Autoencoder(ConvEncoder(shape, latent, self.width), QuarterDecoder(shape, latent, self.width))


class QuarterDecoder(Decoder):
    """A dense layer to a quarter of the size, then two doublings.

    Half as much work as from an eighth, and enough where a stroke is as wide as what one number of the quarter draws.
    Where a side is no multiple of 4 it is decoded to the next one, and the rest is cut off.
    """

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        self.shape, self.width = shape, width
        self.small = (-(-shape[1] // 4), -(-shape[2] // 4))
        self.dense = nn.Linear(latent, 2 * width * self.small[0] * self.small[1])
        self.up = nn.ConvTranspose2d(2 * width, width, 4, 2, 1)
        self.out = nn.ConvTranspose2d(width, shape[0], 4, 2, 1)

    def entry(self) -> nn.Linear:
        return self.dense

    def first(self, z: Tensor) -> Tensor:
        return F.silu(self.dense(z))

    def second(self, first: Tensor) -> Tensor:
        return F.silu(self.up(first.reshape(-1, 2 * self.width, *self.small))).flatten(1)

    def logits(self, second: Tensor) -> Tensor:
        out: Tensor = self.out(second.reshape(-1, self.width, 2 * self.small[0], 2 * self.small[1]))
        return cut(out, self.shape)
