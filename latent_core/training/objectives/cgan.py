"""Conditional GAN; Mirza and Osindero, Conditional generative adversarial nets, 2014, eq. 2."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training import networks
from latent_core.training.networks import Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.labelled import LabelledEncoder
from latent_core.training.objectives import Batch, Losses, Objective
from latent_core.training.objectives.cvae import noise_beside_class
from latent_core.training.objectives.gan import Discriminator, Game, missed, pictures_of


@dataclass(frozen=True)
class Cgan(Objective):
    """As GAN, with the class told to both sides: the opponent asks whether a picture is a real one of that class."""

    title: ClassVar[str] = "Conditional GAN"
    latent_kind: ClassVar[LatentKind] = "labelled"
    places: ClassVar[Literal["encoded", "fitted"]] = "fitted"
    momentum: ClassVar[float] = 0.0

    channels: int = 32
    """Of the opponent's first convolution; its second has twice as many."""
    rate: float = 1e-3
    """The opponent's step size."""
    calm: float = 1.0
    """Weight of half the squared slope of the opponent's log-odds at real pictures (R1, Mescheder et al. 2018)."""
    calm_every: int = 16
    """Steps between two looks at that slope, which then counts as many times."""
    label: float = 1.0
    """Weight of the cross-entropy of the classes that the encoder sees; only these layers hear it."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return networks.of_width(name, width, labels=classes)

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        return {"style": latent, "class": classes}

    def drawn(self, latent: int, y: Tensor, classes: int, rng: torch.Generator) -> Tensor:
        """A style of N(0, I) beside the class itself."""
        return noise_beside_class(latent, y, classes, rng)

    @property
    def opponents_rate(self) -> float:
        return self.rate

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """{"discriminator": log-odds (rows, classes) of "a real one of this class"}."""
        return nn.ModuleDict({"discriminator": Discriminator(shape, self.channels, classes)})

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """As of GAN, of pictures made of the batch's classes, and {"label"} of classes that are to be seen."""
        encoder = model.encoder
        assert isinstance(encoder, LabelledEncoder)
        z = self.drawn(encoder.mean.out_features, batch.y, encoder.labels, batch.rng)
        noise, shares = z[:, : -encoder.labels], z[:, -encoder.labels :]
        made = pictures_of(model, z, batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            q = encoder.given(made.detach(), shares)
            seen = encoder.classified(batch.pictures)
        played = Game(self.calm, self.calm_every).losses(asked_about(batch.y, extra["discriminator"]), made, batch)
        own = {"places": missed(q, noise), "label": self.label * F.cross_entropy(seen.float(), batch.y)}
        return played._replace(own=played.own | own)


def asked_about(y: Tensor, opponent: nn.Module) -> Callable[[Tensor], Tensor]:
    """Of what the opponent says (rows, classes) of pictures, the log-odds (rows,) of the classes y (rows,) alone."""

    def odds(pictures: Tensor) -> Tensor:
        said: Tensor = opponent(pictures).gather(1, y[:, None])[:, 0]
        return said

    return odds
