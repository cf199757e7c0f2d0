"""Attribute2Image, or disCVAE; Yan, Yang, Sohn and Lee, Conditional image generation, 2016, eq. 6."""

from dataclasses import dataclass, replace
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training import networks
from latent_core.training.networks import Autoencoder, LatentKind, Likelihood, Network
from latent_core.training.networks.layers import Layers, LayersDecoder, LayersEncoder
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.objectives.cvae import noise_beside_class, told

BACKGROUND = 8
"""Numbers of the latent that tell what lies behind."""


@dataclass(frozen=True)
class Attribute2image(Objective):
    """What stands in front and what lies behind have codes of their own, and the class of what is in front is told."""

    title: ClassVar[str] = "Attribute2Image"
    latent_kind: ClassVar[LatentKind] = "layers"
    likelihood: ClassVar[Likelihood] = "gaussian"

    kl: float = 4.0
    """Weight of the divergence of the style from N(0, I): dear enough that it does not tell the class once more."""
    kl_behind: float = 1.0
    """Weight of the divergence of the background."""
    detail: float = 10.0
    """Weight of the squared errors, of the picture and of its foreground."""
    gate: float = 0.3
    """Weight of the cross-entropy of the gate, which should be open where no foreground is."""
    label: float = 10.0
    """Weight of the cross-entropy of the classes that the encoder sees; only these layers hear it."""
    warm_up: int = 0
    """Steps over which both divergences rise from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        asked = networks.of_width(name, width)
        assert isinstance(asked, Layers)
        return replace(asked, labels=classes, background=BACKGROUND)

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        return {"style": latent, "background": BACKGROUND, "class": classes}

    def drawn(self, latent: int, y: Tensor, classes: int, rng: torch.Generator) -> Tensor:
        """A style and a background of N(0, I) beside the class itself."""
        return noise_beside_class(latent + BACKGROUND, y, classes, rng)

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction", "foreground", "gate", "kl", "kl_behind", "label"}.

        Foregrounds are white, as far as they are there (`batch.mask`); where nobody knows that, what is bright is taken
        for one.
        """
        encoder, decoder = model.encoder, model.decoder
        assert isinstance(encoder, LayersEncoder) and isinstance(decoder, LayersDecoder)
        x = batch.pictures.flatten(1)
        ink = x if batch.mask is None else batch.mask.expand_as(batch.pictures).flatten(1)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            seen = encoder.classified(batch.pictures)
            shares = told(batch.y, seen.shape[1])
            q = encoder.given(batch.pictures, shares)
            z = q.sample(torch.randn(q.mean.shape, generator=batch.rng))
            logits = decoder(torch.cat([z, shares], 1))
        logits = logits.float()
        rebuilt, (foreground, _, _) = decoder.pixels(logits), decoder.layers(logits)
        gate = logits.chunk(3, 1)[1]
        style, rise = decoder.sizes[0], risen(batch.step, self.warm_up)
        divergence = q.divergence()
        return Losses(
            {
                "reconstruction": self.detail * (rebuilt - x).square().sum(1).mean(),
                "foreground": self.detail * (foreground - ink).square().sum(1).mean(),
                "gate": self.gate * F.binary_cross_entropy_with_logits(gate, 1 - ink, reduction="sum") / len(x),
                "kl": self.kl * rise * divergence[:, :style].sum(1).mean(),
                "kl_behind": self.kl_behind * rise * divergence[:, style:].sum(1).mean(),
                "label": self.label * F.cross_entropy(seen.float(), batch.y),
            },
            {},
        )
