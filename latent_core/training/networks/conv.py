"""Convolutions, for photographs."""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, Decoder, Encoder, Network, Shape, cut


@dataclass(frozen=True)
class Conv(Network):
    """Three strided convolutions in the encoder, three doublings in the decoder; sides of 8 pixels or more."""

    width: int = 12
    """Channels of the widest pictures; deeper layers have multiples of it."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        return Autoencoder(ConvEncoder(shape, latent, self.width), ConvDecoder(shape, latent, self.width))


class ConvEncoder(Encoder):
    """Three strided convolutions and a dense layer."""

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        small = (shape[1] // 8) * (shape[2] // 8)
        self.body = nn.Sequential(
            nn.Conv2d(shape[0], width, 4, 2, 1), nn.SiLU(),
            nn.Conv2d(width, 2 * width, 4, 2, 1), nn.SiLU(),
            nn.Conv2d(2 * width, 2 * width, 4, 2, 1), nn.SiLU(),
            nn.Flatten(), nn.Linear(2 * width * small, 8 * width), nn.SiLU(),
        )  # fmt: skip
        self.mean, self.log_variance = nn.Linear(8 * width, latent), nn.Linear(8 * width, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def hidden(self, pictures: Tensor) -> Tensor:
        """(batch, 8 width): what mean and variance are read from."""
        hidden: Tensor = self.body(pictures)
        return hidden


class ConvDecoder(Decoder):
    """A dense layer to an eighth of the size, then three doublings: small, as 40 of these run in one frame.

    Where a side is no multiple of 8 it is decoded to the next one, and the rest is cut off.
    """

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        self.shape, self.width = shape, width
        self.small = (-(-shape[1] // 8), -(-shape[2] // 8))
        self.dense = nn.Linear(latent, 2 * width * self.small[0] * self.small[1])
        self.up_one = nn.ConvTranspose2d(2 * width, 3 * width // 2, 4, 2, 1)
        self.up_two = nn.ConvTranspose2d(3 * width // 2, width, 4, 2, 1)
        self.out = nn.ConvTranspose2d(width, shape[0], 4, 2, 1)

    def entry(self) -> nn.Linear:
        return self.dense

    def first(self, z: Tensor) -> Tensor:
        return F.silu(self.dense(z))

    def second(self, first: Tensor) -> Tensor:
        grid = first.reshape(-1, 2 * self.width, *self.small)
        return F.silu(self.up_two(F.silu(self.up_one(grid)))).flatten(1)

    def logits(self, second: Tensor) -> Tensor:
        grid = second.reshape(-1, self.width, self.small[0] * 4, self.small[1] * 4)
        out: Tensor = self.out(grid)
        return cut(out, self.shape)
