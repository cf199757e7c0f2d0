"""Convolutions around a latent that ends with the classes: conditional GANs, and conditional VAEs of photographs."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.conv import ConvDecoder
from latent_core.training.networks.labelled import ToldEncoder, room_for, with_whole_shares
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class LabelledConv(Network):
    """As "labelled", with the convolutions of "conv"; sides of 8 pixels or more."""

    latent_kind: ClassVar[LatentKind] = "labelled"

    width: int = 12
    """Channels of the widest pictures; deeper layers have multiples of it."""
    labels: int = 10
    """Classes: so many last numbers of the latent are their shares."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape and a latent of that many numbers, classes included.

        Raises:
            ValueError: a latent that has room for classes only.
        """
        encoder = LabelledConvEncoder(shape, room_for(latent, self.labels), self.labels, self.width)
        return Autoencoder(encoder, LabelledConvDecoder(shape, latent, self.labels, self.width))


class LabelledConvEncoder(ToldEncoder):
    """Two strided convolutions and a dense layer for the class; three and two for the rest, which is told the class."""

    def __init__(self, shape: Shape, latent: int, labels: int, width: int) -> None:
        super().__init__(labels)
        self.seen = nn.Sequential(
            nn.Conv2d(shape[0], width, 4, 2, 1), nn.SiLU(), nn.Conv2d(width, 2 * width, 4, 2, 1), nn.SiLU(),
            nn.Flatten(), nn.Linear(2 * width * (shape[1] // 4) * (shape[2] // 4), labels),
        )  # fmt: skip
        self.body = nn.Sequential(
            nn.Conv2d(shape[0], width, 4, 2, 1), nn.SiLU(),
            nn.Conv2d(width, 2 * width, 4, 2, 1), nn.SiLU(),
            nn.Conv2d(2 * width, 2 * width, 4, 2, 1), nn.SiLU(), nn.Flatten(),
        )  # fmt: skip
        self.dense = nn.Linear(2 * width * (shape[1] // 8) * (shape[2] // 8) + labels, 8 * width)
        self.mean, self.log_variance = nn.Linear(8 * width, latent), nn.Linear(8 * width, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def classified(self, pictures: Tensor) -> Tensor:
        odds: Tensor = self.seen(pictures)
        return odds

    def given(self, pictures: Tensor, shares: Tensor) -> Gaussian:
        hidden = F.silu(self.dense(torch.cat([self.body(pictures), shares], 1)))
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-20, 10))


class LabelledConvDecoder(ConvDecoder):
    """That of convolutions; the shares of the classes are made 0 upwards with a sum of 1 before it reads them."""

    def __init__(self, shape: Shape, latent: int, labels: int, width: int) -> None:
        super().__init__(shape, latent, width)
        self.labels = labels

    def first(self, z: Tensor) -> Tensor:
        return super().first(with_whole_shares(z, self.labels))
