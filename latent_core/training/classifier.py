"""A small classifier of real pictures: what it sees in a blend is shown live, so it must cost under a millisecond."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.datasets import LabelledImages
from latent_core.training.augment import shift
from latent_core.training.networks import Shape


class Classifier(nn.Module):
    """Halvings by convolution, two dense layers: pictures (n, channels, height, width) to shares (n, classes)."""

    def __init__(self, shape: Shape, classes: int) -> None:
        super().__init__()
        widths = [shape[0], 16, 32] if max(shape[1:]) <= 32 else [shape[0], 8, 16, 16]
        small = [-(-side // 2 ** (len(widths) - 1)) for side in shape[1:]]
        self.halvings = nn.ModuleList(nn.Conv2d(before, after, 3, 2, 1) for before, after in pairwise(widths))
        self.dense = nn.Linear(widths[-1] * small[0] * small[1], 64)
        self.out = nn.Linear(64, classes)

    def logits(self, pictures: Tensor) -> Tensor:
        """Unnormalised log-probabilities (n, classes)."""
        maps = pictures
        for halving in self.halvings:
            maps = F.relu(halving(maps))
        return self.out(F.relu(self.dense(maps.flatten(1))))

    def forward(self, pictures: Tensor) -> Tensor:
        return F.softmax(self.logits(pictures), 1)


def train(
    data: LabelledImages, steps: int, seed: int = 1, on_step: Callable[[int, int], None] = lambda step, steps: None
) -> Classifier:
    """A classifier trained on real, slightly shifted pictures; Adam with a rate that falls to 0, batch 128.

    Args:
        steps: optimiser steps.
        on_step: told (step, steps) after each.
    """
    shape: Shape = (data.x.shape[3], data.x.shape[1], data.x.shape[2])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Classifier(shape, len(data.names))
    chance = torch.Generator().manual_seed(seed)
    adam = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01, fused=True)
    x, y = torch.tensor(data.x).permute(0, 3, 1, 2), torch.tensor(data.y).long()
    for step in range(steps):
        adam.param_groups[0]["lr"] = 2e-3 * (1 - step / steps)
        chosen = torch.randint(0, len(x), (min(128, len(x)),), generator=chance)
        pictures = shift(x[chosen].float() / 255, chance, max(1, shape[1] // 14))
        loss = F.cross_entropy(model.logits(pictures), y[chosen], label_smoothing=0.02)
        adam.zero_grad()
        loss.backward()
        adam.step()
        on_step(step + 1, steps)
    return model.eval()
