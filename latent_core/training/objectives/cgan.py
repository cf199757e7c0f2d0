"""Conditional GAN; Mirza and Osindero, Conditional generative adversarial nets, 2014, eq. 2."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training import networks
from latent_core.training.networks import Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.labelled import LabelledEncoder, for_classes
from latent_core.training.objectives import Batch, Losses
from latent_core.training.objectives.cvae import noise_beside_class
from latent_core.training.objectives.gan import Gan, discriminator, missed, pictures_of


@dataclass(frozen=True)
class Cgan(Gan):
    """As GAN, with the class told to both sides: the opponent asks whether a picture is a real one of that class."""

    title: ClassVar[str] = "Conditional GAN"
    latent_kind: ClassVar[LatentKind] = "labelled"

    label: float = 1.0
    """Weight of the cross-entropy of the classes that the encoder sees; only these layers hear it."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return for_classes(networks.of_width(name, width), classes)

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        return {"style": latent, "class": classes}

    def drawn(self, latent: int, y: Tensor, classes: int, rng: torch.Generator) -> Tensor:
        """A style of N(0, I) beside the class itself."""
        return noise_beside_class(latent, y, classes, rng)

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """{"discriminator": log-odds (rows, classes) of "a real one of this class"}."""
        return nn.ModuleDict({"discriminator": discriminator(shape, self.hidden, classes)})

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
        game = self.game(extra["discriminator"], made, batch)
        own = {"places": missed(q, noise), "label": self.label * F.cross_entropy(seen.float(), batch.y)}
        return game._replace(own=game.own | own)

    def odds(self, said: Tensor, y: Tensor) -> Tensor:
        return said.float().gather(1, y[:, None])[:, 0]
