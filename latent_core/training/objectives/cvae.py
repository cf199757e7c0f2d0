"""Conditional VAE; Sohn, Lee and Yan, Learning structured output representation, 2015, eq. 4."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training import networks
from latent_core.training.networks import Autoencoder, LatentKind, Network
from latent_core.training.networks.labelled import LabelledEncoder
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Cvae(Objective):
    """The class is told beside the latent, so that the latent only has to say how it is drawn: its style."""

    title: ClassVar[str] = "Conditional VAE"
    latent_kind: ClassVar[LatentKind] = "labelled"

    kl: float = 1.0
    """Weight of the divergence from N(0, I); 1 is the evidence lower bound of pictures whose class is known."""
    label: float = 10.0
    """Weight of the cross-entropy of the classes that the encoder sees; only these layers hear it."""
    warm_up: int = 0
    """Steps over which the divergence rises from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return networks.of_width(name, width, labels=classes)

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        return {"style": latent, "class": classes}

    def drawn(self, latent: int, y: Tensor, classes: int, rng: torch.Generator) -> Tensor:
        """A style of N(0, I) beside the class itself."""
        return noise_beside_class(latent, y, classes, rng)

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction", "kl"} of pictures whose classes are told, and {"label"} of classes that are to be seen."""
        encoder = model.encoder
        assert isinstance(encoder, LabelledEncoder)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            seen = encoder.classified(batch.pictures)
            shares = told(batch.y, seen.shape[1])
            q = encoder.given(batch.pictures, shares)
            z = q.sample(torch.randn(q.mean.shape, generator=batch.rng))
            logits = model.decoder(torch.cat([z, shares], 1))
        own = self.rebuilding(model.decoder, logits.float(), batch.pictures) | self.regulariser(q, z, batch, extra)
        return Losses(own | {"label": self.label * F.cross_entropy(seen.float(), batch.y)}, {})

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": kl min(1, step / warm_up) KL(q(z given x, y), N(0, I))}, mean over the batch."""
        return {"kl": self.kl * risen(batch.step, self.warm_up) * q.divergence().sum(1).mean()}


def told(y: Tensor, classes: int) -> Tensor:
    """(rows, classes) 1 for the class that y (rows,) says and 0 for all others."""
    return F.one_hot(y, classes).float()


def noise_beside_class(latent: int, y: Tensor, classes: int, rng: torch.Generator) -> Tensor:
    """(rows, latent + classes) numbers of N(0, I) beside the class that y (rows,) says."""
    return torch.cat([torch.randn(len(y), latent, generator=rng), told(y, classes)], 1)
