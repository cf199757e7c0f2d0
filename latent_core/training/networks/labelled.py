"""Dense layers around a latent that ends with the classes: conditional VAEs; Sohn, Lee and Yan, 2015."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.mlp import MlpDecoder
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Labelled(Network):
    """Encoder and decoder are told the class; where nobody knows it, the encoder reads it from the picture."""

    latent_kind: ClassVar[LatentKind] = "labelled"

    hidden: int = 500
    """Units of each hidden layer."""
    labels: int = 10
    """Classes: so many last numbers of the latent are their shares."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape and a latent of that many numbers, classes included.

        Raises:
            ValueError: a latent that has room for classes only.
        """
        encoder = LabelledEncoder(shape, room_beside(self.labels, latent), self.labels, self.hidden)
        return Autoencoder(encoder, LabelledDecoder(shape, latent, self.labels, self.hidden))


def room_beside(labels: int, latent: int) -> int:
    """Numbers of style in a latent that ends with the shares of so many classes.

    Raises:
        ValueError: it has room for classes only.
    """
    if latent <= labels:
        raise ValueError(f"a latent of {latent} numbers has no room beside the shares of {labels} classes")
    return latent - labels


def made_shares(z: Tensor, labels: int) -> Tensor:
    """Latents (rows, latent) whose last numbers, the shares of so many classes, are made 0 upwards with a sum of 1."""
    shares = z[:, -labels:].clamp_min(0)
    return torch.cat([z[:, :-labels], shares / shares.sum(1, keepdim=True).clamp_min(1e-6)], 1)


class LabelledEncoder(nn.Module):
    """pixels-hidden-classes beside (pixels, classes)-hidden-hidden-(latent x 2), with softplus."""

    def __init__(self, shape: Shape, latent: int, labels: int, hidden: int) -> None:
        super().__init__()
        self.labels = labels
        pixels = shape[0] * shape[1] * shape[2]
        self.seen, self.class_of = nn.Linear(pixels, hidden), nn.Linear(hidden, labels)
        self.first, self.told = nn.Linear(pixels, hidden), nn.Linear(labels, hidden, bias=False)
        self.second = nn.Linear(hidden, hidden)
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def classified(self, pictures: Tensor) -> Tensor:
        """Log-odds (batch, labels) of the classes of pictures (batch, channels, height, width), 0..1."""
        odds: Tensor = self.class_of(F.softplus(self.seen(pictures.flatten(1))))
        return odds

    def given(self, pictures: Tensor, shares: Tensor) -> Gaussian:
        """The posterior of pictures whose classes are known, as shares (batch, labels): all that they do not tell."""
        first = F.softplus(self.first(pictures.flatten(1)) + self.told(shares))
        hidden = F.softplus(self.second(first))
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-20, 10))

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1, and the classes seen in them, undoubted."""
        shares = torch.softmax(self.classified(pictures), 1)
        q = self.given(pictures, shares)
        log_variance = torch.cat([q.log_variance, torch.full_like(shares, -torch.inf)], 1)
        return Gaussian(torch.cat([q.mean, shares], 1), log_variance)


class LabelledDecoder(MlpDecoder):
    """That of dense layers; see `made_shares`."""

    def __init__(self, shape: Shape, latent: int, labels: int, hidden: int) -> None:
        super().__init__(shape, latent, hidden)
        self.labels = labels

    def first(self, z: Tensor) -> Tensor:
        return super().first(made_shares(z, self.labels))
