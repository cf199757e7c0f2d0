"""The latent classifier: from a latent straight to class probabilities, taught by the reconstruction classifier.

A search asks it thousands of times; it costs a twentieth of decoding a picture and reading it.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.steps.minimise import OnStep, falling, minimise

HIDDEN, EPOCHS, BATCH, RATE = 256, 40, 500, 2e-3


class LatentClassifier(nn.Module):
    """latent-256-256-classes: z (n, latent), first divided by its spread, to probabilities (n, classes)."""

    def __init__(self, centre: Tensor, scale: Tensor, classes: int) -> None:
        super().__init__()
        self.register_buffer("centre", centre)
        self.register_buffer("scale", scale)
        self.body = nn.Sequential(
            nn.Linear(len(centre), HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, classes)
        )

    def logits(self, z: Tensor) -> Tensor:
        """Unnormalised log-probabilities (n, classes)."""
        return self.body((z - self.centre) / self.scale)

    def forward(self, z: Tensor) -> Tensor:
        return F.softmax(self.logits(z), 1)


def train(
    z: Tensor, taught: Tensor, epochs: int = EPOCHS, seed: int = 1, on_step: OnStep = lambda step, steps: None
) -> LatentClassifier:  # fmt: skip
    """A latent classifier that says what its teacher says, in cross-entropy; AdamW, 2e-3 falling to 0.

    Args:
        z: (n, latent) latents of all the kinds that generators give.
        taught: (n, classes) probabilities by the teacher, of the pictures that these latents decode to.
    """
    rng = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LatentClassifier(z.mean(0), z.std(0).clamp_min(1e-3), taught.shape[1])

    def losses() -> Iterator[Tensor]:
        for _ in range(epochs):
            for chosen in torch.randperm(len(z), generator=rng).split(BATCH):
                yield F.cross_entropy(model.logits(z[chosen]), taught[chosen])

    adam = torch.optim.AdamW(model.parameters(), weight_decay=1e-3, fused=True)
    minimise(adam, losses(), epochs * -(-len(z) // BATCH), falling(RATE), on_step)
    return model.eval()
