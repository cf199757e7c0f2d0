"""Networks room: one file per architecture, an encoder with its decoder.

A file has a frozen dataclass derived from `Network`, whose fields go onto the card, and whose `build` gives an
`Autoencoder`. Every decoder is three stages, because blends may average between them.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

import torch
from torch import Tensor, nn

from latent_core import registry
from latent_core.training.posteriors import Gaussian

ROOM = "training.networks"
USUAL = "mlp"
"""The paper's network, taken where nothing else is asked for."""

Shape = tuple[int, int, int]
"""(channels, height, width) of a picture."""
LatentKind = Literal["gaussian", "codes", "counts", "labelled", "levels", "halves", "layers"]
"""What stands between an encoder and its decoder: any real numbers, only those of the codes in a book, counts and
their rates (0 upwards), real numbers followed by how much of each class there is, those of a coarse level followed
by those of a fine one, which are told relative to it, real numbers that are read from those halves of a picture that
are shown, or those of a foreground, of a background, and its classes."""
Likelihood = Literal["bernoulli", "gaussian", "categorical"]
"""Of a pixel given the decoder's picture; "categorical" is one choice in each column: a row of it, or none."""
START_LOG_VARIANCE = -4.0
"""Posteriors start narrow (std 0.14), so that the decoder hears the latents at once; wide ones never recover
where, as in MMD-VAEs, noise alone already looks like the prior."""


class Encoder(nn.Module):
    """Pictures to a diagonal Gaussian: two affine layers read its mean and log-variance from the last hidden layer."""

    mean: nn.Linear
    log_variance: nn.Linear

    def hidden(self, pictures: Tensor) -> Tensor:
        """The last hidden layer (batch, hidden) of pictures (batch, channels, height, width), 0..1."""
        raise NotImplementedError

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1."""
        hidden = self.hidden(pictures)
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-20, 10))


class Decoder(nn.Module):
    """Three stages, each on flat rows: latents, first hidden layer, second hidden layer, log-odds of the pixels."""

    shape: Shape
    code: int = 0
    """Numbers of one code; 0 where latents are no codes."""

    def entry(self) -> nn.Linear:
        """The layer that reads the latents."""
        raise NotImplementedError

    def first(self, z: Tensor) -> Tensor:
        """(rows, latent) to (rows, first)."""
        raise NotImplementedError

    def second(self, first: Tensor) -> Tensor:
        """(rows, first) to (rows, second)."""
        raise NotImplementedError

    def logits(self, second: Tensor) -> Tensor:
        """(rows, second) to log-odds (rows, pixels)."""
        raise NotImplementedError

    def pixels(self, logits: Tensor) -> Tensor:
        """Log-odds to pixels 0..1."""
        return torch.sigmoid(logits)

    def forward(self, z: Tensor) -> Tensor:
        """Log-odds (rows, pixels) of latents (rows, latent)."""
        return self.logits(self.second(self.first(z)))


def cut(grown: Tensor, shape: Shape) -> Tensor:
    """(rows, pixels) of pictures (rows, channels, height, width) that may stand out over two edges of theirs."""
    _, height, width = shape
    return (grown if grown.shape[2:] == (height, width) else grown[:, :, :height, :width]).flatten(1)


class Autoencoder(nn.Module):
    """An encoder and its decoder."""

    def __init__(self, encoder: nn.Module, decoder: Decoder) -> None:
        super().__init__()
        self.encoder, self.decoder = encoder, decoder


@dataclass(frozen=True)
class Network:
    """An architecture; its fields, if any, stand on the card, and the first of them is its width."""

    trained: ClassVar[bool] = True
    """Whether its weights come from the training loop; eigen-images are computed instead."""
    latent_kind: ClassVar[LatentKind] = "gaussian"
    """Which objectives can train it: those of the same kind."""
    likelihoods: ClassVar[tuple[Likelihood, ...]] = ("bernoulli", "gaussian")
    """And of these, those to whom a pixel is what its decoder's pixels are."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Untrained networks for pictures of that shape and a latent of that many dimensions."""
        raise NotImplementedError


def kind(name: str) -> type[Network]:
    """The architecture's dataclass.

    Raises:
        LookupError: no network has this name; the message says which there are.
    """
    return registry.only(ROOM, name, Network)


def trainable(latent_kind: LatentKind, likelihood: Likelihood = "bernoulli") -> list[str]:
    """Names of the networks that an objective with these can train, the usual one first."""
    every = [name for name in registry.names(ROOM) if kind(name).trained and kind(name).latent_kind == latent_kind]
    return sorted([name for name in every if likelihood in kind(name).likelihoods], key=lambda name: name != USUAL)


def of_width(name: str, width: int, **others: Any) -> Network:
    """The architecture at a width: hidden units of "mlp", channels of the others; "linear" has none."""
    return kind(name)(*[width for _ in fields(kind(name))[:1]], **others)


def build(name: str, values: dict[str, Any], shape: Shape, latent: int) -> Autoencoder:
    """The untrained networks of a card's `network` entry.

    Raises:
        LookupError: no network has this name.
    """
    return kind(name)(**values).build(shape, latent)
