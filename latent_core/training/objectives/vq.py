"""VQ-VAE; van den Oord, Vinyals and Kavukcuoglu, Neural discrete representation learning, 2017, eq. 3, appendix A.1."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, LatentKind
from latent_core.training.networks.vq import VqDecoder, VqEncoder
from latent_core.training.objectives import Batch, Losses, Objective
from latent_core.training.posteriors import Gaussian

JITTER = 1e-3
"""Of a code that begins anew on an encoder's numbers, in parts of their std: two on one place would share its fate."""


@dataclass(frozen=True)
class Vq(Objective):
    """Every small part of a picture is replaced by the nearest of a few hundred codes, and drawn from these alone."""

    title: ClassVar[str] = "VQ-VAE"
    latent_kind: ClassVar[LatentKind] = "codes"
    matched: ClassVar[bool] = False

    commitment: float = 0.25
    """Weight of the squared distance between an encoder's numbers and the code that replaces them (beta)."""
    memory: float = 0.99
    """How much of each code's place, a moving average of the numbers it replaces, stays from step to step (gamma)."""
    renew: int = 20
    """Steps between two looks for codes that are hardly used; these begin anew on some of the batch's numbers."""
    least: float = 0.1
    """Use below which a code begins anew, in parts of the mean use."""

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """As `Objective.losses`, with codes for latents; gradients pass them by as if nothing had been replaced."""
        encoder, decoder = model.encoder, model.decoder
        assert isinstance(encoder, VqEncoder) and isinstance(decoder, VqDecoder)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            q = encoder(batch.pictures)
        with torch.no_grad():
            memory = self.memory if decoder.used.any() else 0.0
            self.move(decoder, q.mean, batch)
            codes = decoder.of(decoder.nearest(q.mean))
            lost = (q.mean - codes).square().mean().clamp_min(1e-12).log()
            encoder.log_variance.mul_(memory).add_((1 - memory) * lost)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            straight = q.mean + (codes - q.mean).detach()
            logits = decoder.logits(decoder.second(decoder.drawn(straight)))
        rebuilding = self.rebuilding(model.decoder, logits.float(), batch.pictures)
        return Losses(rebuilding | self.regulariser(q, codes, batch, extra), {})

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"commitment": beta |z_e - e|^2}, mean over the batch; z: (batch, latent) the codes e, which stay."""
        return {"commitment": self.commitment * (q.mean - z.detach()).square().sum(1).mean()}

    def move(self, decoder: VqDecoder, z: Tensor, batch: Batch) -> None:
        """Moves every code to the mean of the numbers that it replaces, as a moving average.

        Random codes would be too far away to be used, and one that nothing is near to would never move: at the first
        step all of them begin on some of the batch's numbers, and later those that are hardly used.

        Args:
            z: (batch, latent) the encoder's numbers.
        """
        given, count = z.reshape(-1, decoder.code), len(decoder.used)
        fair = len(given) / count
        if decoder.used.any():
            chosen = F.one_hot(decoder.nearest(z).flatten(), count).float()
            decoder.used.mul_(self.memory).add_((1 - self.memory) * chosen.sum(0))
            decoder.sums.mul_(self.memory).add_((1 - self.memory) * given.T @ chosen)
            decoder.book.copy_(decoder.sums / decoder.used.clamp_min(1e-6))
            hardly = decoder.used < self.least * fair
            if batch.step % self.renew:
                return
        else:
            hardly = torch.ones(count, dtype=torch.bool)
        several = int(hardly.sum())
        rows = torch.randint(len(given), (several,), generator=batch.rng)
        noise = torch.randn((several, decoder.code), generator=batch.rng)
        born = (given[rows] + JITTER * given.std() * noise).T
        decoder.book[:, hardly], decoder.used[hardly], decoder.sums[:, hardly] = born, fair, fair * born
