"""The reconstruction classifier: it learns from reconstructions, so it knows the pictures that its model makes.

It is kind to its model: where the VAE blurs two classes alike, it learns which of them the blur stands for. So its
accuracy is never told without that of the classifier that knows only real pictures.
"""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Shape
from latent_core.training.steps.minimise import OnStep, falling, minimise

EPOCHS, BATCH, RATE = 4, 128, 1e-3
STEPS = 1800
"""Optimiser steps at least: four passes over few pictures teach nothing (.37 of 612 pictures right)."""


class ReconstructionClassifier(nn.Module):
    """Two convolutions with pooling and a dense layer: pictures (n, channels, height, width) to shares (n, classes).

    The classifier of Vargas Aguilar et al. (Table 3) in kind; our sizes: 16 and 32 maps, 128 units.
    """

    def __init__(self, shape: Shape, classes: int) -> None:
        super().__init__()
        halvings = 2 if max(shape[1:]) <= 32 else 3
        small = [side // 2**halvings for side in shape[1:]]
        self.maps = nn.Sequential(
            nn.Conv2d(shape[0], 16, 5, 1, 2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2 ** (halvings - 1)),
        )  # fmt: skip
        self.dense = nn.Linear(32 * small[0] * small[1], 128)
        self.out = nn.Linear(128, classes)

    def logits(self, pictures: Tensor) -> Tensor:
        """Unnormalised log-probabilities (n, classes)."""
        return self.out(F.relu(self.dense(self.maps(pictures).flatten(1))))

    def forward(self, pictures: Tensor) -> Tensor:
        return F.softmax(self.logits(pictures), 1)


def train(
    pictures: Tensor, y: Tensor, classes: int, epochs: int | None = None, seed: int = 1,
    on_step: OnStep = lambda step, steps: None,
) -> ReconstructionClassifier:  # fmt: skip
    """The classifier of reconstructions; Adam, 1e-3 falling to 0.

    Args:
        pictures: (n, channels, height, width) uint8, the training pictures as the model rebuilds them.
        y: (n,) int64, their true classes.
        epochs: passes over them; without it EPOCHS, and as many more as STEPS need.
    """
    batches = -(-len(pictures) // BATCH)
    epochs = epochs or max(EPOCHS, -(-STEPS // batches))
    rng = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = ReconstructionClassifier((pictures.shape[1], pictures.shape[2], pictures.shape[3]), classes)
    model = model.to(memory_format=torch.channels_last)

    def losses() -> Iterator[Tensor]:
        for _ in range(epochs):
            for chosen in torch.randperm(len(pictures), generator=rng).split(BATCH):
                yield F.cross_entropy(model.logits(pictures[chosen].float() / 255), y[chosen])

    adam = torch.optim.Adam(model.parameters(), fused=True)
    minimise(adam, losses(), epochs * batches, falling(RATE), on_step)
    return model.to(memory_format=torch.contiguous_format).eval()
