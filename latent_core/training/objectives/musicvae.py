"""MusicVAE; Roberts, Engel, Raffel, Hawthorne and Eck, A hierarchical latent vector model, 2018, eq. 3 and 4."""

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Likelihood
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Musicvae(Objective):
    """A melody is told step by step, each step one note or none, from a latent that is pulled lightly to N(0, I)."""

    title: ClassVar[str] = "MusicVAE"
    likelihood: ClassVar[Likelihood] = "categorical"

    kl: float = 0.2
    """Weight of the divergence from N(0, I)."""
    free_bits: float = 8.0
    """Bits of divergence that cost nothing; they are taken off the sum over all numbers, as in the paper's code."""
    warm_up: int = 0
    """Steps over which the weight rises from 0."""

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction": nats of the notes and rests of each step, summed over the steps, "kl"}."""
        q, z, logits = self.rebuilt(model, batch)
        return Losses(notes(logits, batch.pictures[:, 0]) | self.regulariser(q, z, batch, extra), {})

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": kl min(1, step / warm_up) max(0, KL(q(z given x), N(0, I)) - free_bits log 2)}, mean of a batch."""
        costly = (q.divergence().sum(1) - self.free_bits * math.log(2)).clamp_min(0).mean()
        return {"kl": self.kl * risen(batch.step, self.warm_up) * costly}


def notes(logits: Tensor, roll: Tensor) -> dict[str, Tensor]:
    """{"reconstruction": nats per melody}: cross-entropy of one choice in each step, a note or a rest.

    Args:
        logits: (batch, notes x steps) log-odds of each note against a rest.
        roll: (batch, notes, steps) the share of each note in a step, 0..1; what is missing to 1 is a rest.
    """
    share = roll / roll.sum(1, keepdim=True).clamp_min(1)
    share = torch.cat([share, 1 - share.sum(1, keepdim=True)], 1)
    odds = F.pad(logits.reshape(roll.shape), (0, 0, 0, 1))
    return {"reconstruction": -(share * F.log_softmax(odds, 1)).sum((1, 2)).mean()}
