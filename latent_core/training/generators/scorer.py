"""A fast scorer: from a latent straight to class probabilities, taught by the own classifier through the decoder.

A search asks it thousands of times; it costs a twentieth of decoding a picture and reading it.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, EPOCHS, BATCH, RATE = 256, 40, 500, 2e-3


class Scorer(nn.Module):
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
    z: Tensor, taught: Tensor, epochs: int = EPOCHS, seed: int = 1,
    on_step: Callable[[int, int], None] = lambda step, steps: None,
) -> Scorer:  # fmt: skip
    """The scorer that says what its teacher says, in cross-entropy; AdamW, 2e-3 falling to 0.

    Args:
        z: (n, latent) latents of all the kinds that generators give.
        taught: (n, classes) probabilities by the teacher, of the pictures that these latents decode to.
    """
    chance = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Scorer(z.mean(0), z.std(0).clamp_min(1e-3), taught.shape[1])
    adam = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-3, fused=True)
    each = -(-len(z) // BATCH)
    for epoch in range(epochs):
        for i, chosen in enumerate(torch.randperm(len(z), generator=chance).split(BATCH)):
            step = epoch * each + i
            adam.param_groups[0]["lr"] = RATE * (1 - step / (epochs * each))
            loss = F.cross_entropy(model.logits(z[chosen]), taught[chosen])
            adam.zero_grad()
            loss.backward()
            adam.step()
            on_step(step + 1, epochs * each)
    return model.eval()
