"""Convolutions behind a latent that ends with the classes: conditional GANs; Mirza and Osindero, 2014."""

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from latent_core.training.networks import Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.dcgan import QuarterDecoder
from latent_core.training.networks.labelled import LabelledEncoder, made_shares, room_beside


@dataclass(frozen=True)
class LabelledDcgan(Network):
    """The decoder of `dcgan`, told the class; an encoder of dense layers, as that of `labelled`."""

    latent_kind: ClassVar[LatentKind] = "labelled"

    width: int = 32
    """Channels of the widest pictures; the smaller ones have twice as many, and dense layers 12 times as many units."""
    labels: int = 10
    """Classes: so many last numbers of the latent are their shares."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape and a latent of that many numbers, classes included.

        Raises:
            ValueError: a latent that has room for classes only.
        """
        encoder = LabelledEncoder(shape, room_beside(self.labels, latent), self.labels, 12 * self.width)
        return Autoencoder(encoder, LabelledQuarterDecoder(shape, latent, self.labels, self.width))


class LabelledQuarterDecoder(QuarterDecoder):
    """That of convolutions; see `made_shares`."""

    def __init__(self, shape: Shape, latent: int, labels: int, width: int) -> None:
        super().__init__(shape, latent, width)
        self.labels = labels

    def first(self, z: Tensor) -> Tensor:
        return super().first(made_shares(z, self.labels))
