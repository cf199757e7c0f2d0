"""MMD-VAE, the InfoVAE with alpha = 1; Zhao, Song and Ermon, InfoVAE, 2017, eq. 6 and section 3.2."""

from dataclasses import dataclass
from typing import Literal, get_args

import torch
from torch import Tensor, nn

from latent_core.training.objectives import Batch, Objective, risen
from latent_core.training.posteriors import Gaussian

Kernel = Literal["multiscale", "gaussian"]
KERNELS: tuple[Kernel, ...] = get_args(Kernel)
SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Widths of the multiscale kernel: the narrow ones see detail, the wide ones still pull latents that have gone far."""


@dataclass(frozen=True)
class Mmd(Objective):
    """All latents of a batch together are pulled to one round cloud, N(0, I); a single picture's latent stays sharp."""

    weight: float = 100.0
    """Weight of the maximum mean discrepancy; too little and latents wander off, too much and they all become one."""
    warm_up: int = 0
    """Steps over which that weight rises from 0: a dimension that starts as mere noise looks like the prior already,
    and would stay unused."""
    kernel: Kernel = "multiscale"
    """How alike two latents are by their distance: "multiscale" holds far ones too; "gaussian" is one wide bell."""
    noise: float = 0.0
    """Std of normal noise on every latent while training, in latent units: encoders that nothing makes vague become
    exact, and then nothing asks the decoder to be smooth between the pictures it has seen."""

    def sample(self, q: Gaussian, noise: Tensor) -> Tensor:
        """mean + (std^2 + noise^2)^(1/2) times standard normal noise."""
        return q.mean + (q.log_variance.exp() + self.noise**2).sqrt() * noise if self.noise else q.sample(noise)

    @property
    def rotation_invariant(self) -> bool:
        """Both kernels know distances only."""
        return True

    def regulariser(self, q: Gaussian, z: Tensor, batch: Batch, extra: nn.ModuleDict) -> dict[str, Tensor]:
        """{"mmd": w MMD^2(z of the batch, draws of N(0, I))} in nats per image; w = weight min(1, step / warm_up)."""
        prior = torch.randn(z.shape, generator=torch.Generator().manual_seed(batch.step))
        weight = self.weight * risen(batch.step, self.warm_up)
        return {"mmd": weight * discrepancy(z, prior, self.kernel)}


def multiscale(squared: Tensor, latent: int) -> Tensor:
    """Mean over s of C / (C + d^2) with C = 2 s latent, 0..1: inverse multiquadric.

    A single narrow Gaussian would be flat far away, so that latents could escape unnoticed; this one has heavy tails.
    """
    widths = [2 * scale * latent for scale in SCALES]
    return sum((width / (width + squared) for width in widths), torch.zeros_like(squared)) / len(SCALES)


def gaussian(squared: Tensor, latent: int) -> Tensor:
    """exp(-d^2 / latent^2), 0..1: one wide bell that pulls softly at the shape of the cloud; InfoVAE's own kernel."""
    return torch.exp(-squared / latent**2)


def alike(a: Tensor, b: Tensor, kernel: Kernel = "multiscale") -> Tensor:
    """The kernel (rows of a, rows of b), 0..1, of latents a and b, (rows, latent)."""
    squared = a.square().sum(1)[:, None] + b.square().sum(1)[None, :] - 2 * a @ b.T
    return {"multiscale": multiscale, "gaussian": gaussian}[kernel](squared.clamp_min(0), a.shape[1])


def discrepancy(a: Tensor, b: Tensor, kernel: Kernel = "multiscale") -> Tensor:
    """MMD^2 = mean k(a, a) + mean k(b, b) - 2 mean k(a, b), one number, 0 (the same points) to 2.

    Args:
        a, b: (rows, latent) samples of the two distributions.
    """
    return alike(a, a, kernel).mean() + alike(b, b, kernel).mean() - 2 * alike(a, b, kernel).mean()
