"""GAMIX-VAE; Rivera, GAMIX-VAE: a VAE with Gaussian mixture based posterior, 2023."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Shape
from latent_core.training.objectives import Batch, Losses, Objective
from latent_core.training.posteriors import Gaussian

LEAST = 1e-6
"""Added to the variance of a batch before its logarithm is taken: a number that is not used yet varies by nothing."""
SLOPE = 0.2
"""Of the discriminator's leaky ReLU below 0."""


@dataclass(frozen=True)
class Gamix(Objective):
    """All codes of a batch together must look like the round cloud, and an opponent looks for blur in small patches."""

    title: ClassVar[str] = "GAMIX-VAE"

    together: float = 1.0
    """Weight of the divergence of all of a batch's means, taken as one Gaussian, from N(0, I)."""
    alone: float = 0.1
    """Weight of what keeps each picture's own variance near 1."""
    sharp: float = 20.0
    """Weight of the opponent's cross-entropy: how much it counts that a rebuilt patch looks real."""
    channels: int = 8
    """Of the opponent's first layer."""
    judged: int = 32
    """Pictures of each batch that the opponent looks at: each has many patches."""
    rate: float = 2e-4
    """The opponent's step size."""

    @property
    def opponents_rate(self) -> float:
        return self.rate

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """{"discriminator": three convolutions, two of them strided; log-odds of "real" for each patch}."""
        return nn.ModuleDict(
            {
                "discriminator": nn.Sequential(
                    nn.Conv2d(shape[0], self.channels, 4, 2, 1), nn.LeakyReLU(SLOPE),
                    nn.Conv2d(self.channels, 2 * self.channels, 4, 2, 1), nn.LeakyReLU(SLOPE),
                    nn.Conv2d(2 * self.channels, 1, 3, 1, 1),
                )
            }
        )  # fmt: skip

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """The usual terms, {"patches": sharp * cross-entropy of "real" of rebuilt patches}, and the opponent's own."""
        q, z, logits = self.rebuilt(model, batch)
        real = batch.pictures[: self.judged]
        rebuilt = model.decoder.pixels(logits[: self.judged]).reshape(real.shape)
        own = self.rebuilding(model.decoder, logits, batch.pictures) | self.regulariser(q, z, batch, extra)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            judged = extra["discriminator"](rebuilt)
            seen = extra["discriminator"](torch.cat([real, rebuilt.detach()])).chunk(2)
        own["patches"] = self.sharp * said_to_be(judged, 1.0)
        return Losses(own, {"discriminator": said_to_be(seen[0], 1.0) + said_to_be(seen[1], 0.0)})

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"together": of the batch, not a mean over its pictures, "alone": mean over the batch}; see their functions.

        Neither pulls a single picture's mean to 0, so that no dimension has to pay for what it says.
        """
        return {"together": self.together * moments(q.mean), "alone": self.alone * own_variance(q)}


def moments(mean: Tensor) -> Tensor:
    """KL(N(m, v), N(0, I)) with mean m and variance v of the batch's means in each dimension, summed over these.

    1/2 sum (v + m^2 - 1 - log v).
    """
    m, v = mean.mean(0), mean.var(0, correction=0)
    return 0.5 * (v + m.square() - 1 - (v + LEAST).log()).sum()


def own_variance(q: Gaussian) -> Tensor:
    """Mean over pictures of sum over dimensions (s^2 - 1 - log s^2): 0 where every spread s is 1."""
    return (q.log_variance.exp() - 1 - q.log_variance).sum(1).mean()


def said_to_be(odds: Tensor, real: float) -> Tensor:
    """Mean cross-entropy of log-odds of any shape with the truth that all of it is real (1.0) or rebuilt (0.0)."""
    return F.binary_cross_entropy_with_logits(odds.float(), torch.full(odds.shape, real))
