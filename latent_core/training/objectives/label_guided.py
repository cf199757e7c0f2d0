"""Label-guided VAE: a small classifier shapes the latents early on; losses of iliya-malecki/vaes on GitHub."""

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Likelihood
from latent_core.training.objectives import Batch, Objective
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class LabelGuided(Objective):
    """A classifier reads the latents; its say is loud at first, so that classes part, and then fades."""

    likelihood: ClassVar[Likelihood] = "gaussian"
    matched: ClassVar[bool] = False

    start: float = 20.0
    """Weight of the classifier's cross-entropy at first."""
    end: float = 0.01
    """Its weight at last; 0 lets the classes melt together again, 1 keeps them apart."""
    turn: int = 4000
    """Optimiser step at which the weight is half way between the two."""
    haste: float = 0.1
    """How fast it turns: 0.1 takes about 100 steps."""
    hidden: int = 10
    """Units of the classifier's two hidden layers."""
    pull: float = 1.0
    """Weight of what keeps latents near zero and their spread near 1; pictures in colour, whose pixels count for more,
    need more of it."""

    def players(self, latent: int, classes: int) -> nn.ModuleDict:
        """{"classifier": latent-hidden-hidden-classes with leaky ReLU}."""
        return nn.ModuleDict(
            {
                "classifier": nn.Sequential(
                    nn.Linear(latent, self.hidden), nn.LeakyReLU(), nn.Linear(self.hidden, self.hidden), nn.LeakyReLU(),
                    nn.Linear(self.hidden, classes),
                )
            }
        )  # fmt: skip

    def reconstruction(self, logits: Tensor, x: Tensor) -> dict[str, Tensor]:
        """{"reconstruction": sum over pixels of (x - x')^2}: nats, up to a constant, if pixels are N(x', 1/2)."""
        return {"reconstruction": (torch.sigmoid(logits) - x).square().sum() / len(x)}

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"kl": -pull/2 mean over dimensions of (1 + log s^2 - |mean| - s^2), "label": weight(step) * cross-entropy}.

        |mean| stands where a KL has its square, and the mean over dimensions where it has the sum: a weak pull.
        The classifier reads the sampled z, not the mean.
        """
        pull = -0.5 * self.pull * (1 + q.log_variance - q.mean.abs() - q.log_variance.exp()).mean()
        return {"kl": pull, "label": self.weight(batch.step) * F.cross_entropy(extra["classifier"](z), batch.y)}

    def weight(self, step: int) -> float:
        """w = start + (end - start) / (1 + exp(-haste (step - turn)))."""
        exponent = min(max(-self.haste * (step - self.turn), -700.0), 700.0)
        return self.start + (self.end - self.start) / (1 + math.exp(exponent))
