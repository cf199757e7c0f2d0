"""Ladder VAE; Sonderby et al., Ladder variational autoencoders, 2016, eq. 9 to 13, with two levels."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.networks import Autoencoder, LatentKind
from latent_core.training.networks.ladder import LadderEncoder, levels
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Ladder(Objective):
    """A picture is told twice: coarsely, and by all that differs from what the coarse leads one to expect."""

    title: ClassVar[str] = "Ladder VAE"
    latent_kind: ClassVar[LatentKind] = "levels"

    kl: float = 1.0
    """Weight of the divergence of both levels from N(0, I); 1 is the evidence lower bound."""
    warm_up: int = 0
    """Steps over which that weight rises from 0, so that the top finds a use first."""
    free: float = 0.0
    """Nats that the top may tell of each picture without paying for them (Kingma et al. 2016)."""
    binary: bool = True
    """Whether each pixel is drawn black or white anew for each step, white as often as it is bright."""

    def blocks(self, latent: int, classes: int) -> dict[str, int]:
        top, detail = levels(latent)
        return {"coarse": top, "fine": detail}

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction"} from a top and a detail that fits it, and what each level costs."""
        encoder, x = model.encoder, batch.pictures
        assert isinstance(encoder, LadderEncoder)
        if self.binary:
            x = torch.bernoulli(x, generator=batch.rng)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            drawn = encoder.drawn(x, batch.rng)
            logits = model.decoder(drawn.z)
        price = self.price(drawn.top, drawn.detail, batch.step)
        return Losses(self.rebuilding(model.decoder, logits.float(), x) | price, {})

    def price(self, top: Gaussian, detail: Gaussian, step: int) -> dict[str, Tensor]:
        """{"top", "detail"}: kl min(1, step / warm_up) KL(q, N(0, I)), mean over the batch; of the top at least `free`.

        Args:
            top, detail: posteriors (batch, top) and (batch, detail).
        """
        weight = self.kl * risen(step, self.warm_up)
        told = [one.divergence().sum(1).mean() for one in (top, detail)]
        return {"top": weight * told[0].clamp_min(self.free), "detail": weight * told[1]}
