"""The classifier of real pictures: it knows nothing of any model, so what it says of generated ones is independent."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.datasets import LabelledImages
from latent_core.training.judges.judge import JudgeNetwork, shrunk
from latent_core.training.judges.redrawing import redrawn
from latent_core.training.networks import Shape
from latent_core.training.steps.augment import shift
from latent_core.training.steps.checkpoint import Progress, Resume
from latent_core.training.steps.minimise import OnStep, minimise, rising_and_falling


class Classifier(nn.Module):
    """Pictures (n, channels, height, width) to shares (n, classes), by the network of the judge that scores blends."""

    def __init__(self, shape: Shape, classes: int) -> None:
        super().__init__()
        small = shrunk(torch.zeros(1, *shape)).shape
        self.net = JudgeNetwork((small[1], small[2], small[3]), classes)

    def logits(self, pictures: Tensor) -> Tensor:
        """Unnormalised log-probabilities (n, classes)."""
        return self.net(shrunk(pictures))

    def forward(self, pictures: Tensor) -> Tensor:
        return F.softmax(self.logits(pictures), 1)


def train(
    data: LabelledImages, steps: int, seed: int = 11, on_step: OnStep = lambda step, steps: None,
    resume: Resume | None = None,
) -> Classifier:  # fmt: skip
    """A classifier trained on real, slightly shifted pictures, or on few drawings drawn anew; batch 128.

    AdamW with a rate that rises over the first twentieth and falls to 0; labels smoothed by .02.

    Args:
        steps: optimiser steps.
        resume: where its state is kept.
    """
    data = redrawn(data)
    shape: Shape = (data.x.shape[3], data.x.shape[1], data.x.shape[2])
    rng = torch.Generator().manual_seed(seed)
    x, y = torch.tensor(data.x).permute(0, 3, 1, 2), torch.tensor(data.y).long()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Classifier(shape, len(data.names)).to(memory_format=torch.channels_last)

        def losses() -> Iterator[Tensor]:
            for _ in range(steps):
                chosen = torch.randint(0, len(x), (min(128, len(x)),), generator=rng)
                pictures = shift(x[chosen].float() / 255, rng, max(1, shape[1] // 14))
                yield F.cross_entropy(model.logits(pictures), y[chosen], label_smoothing=0.02)

        adam = torch.optim.AdamW(model.parameters(), weight_decay=0.01, fused=True)
        minimise(adam, losses(), steps, rising_and_falling(2e-3), on_step, Progress(resume, model, adam, rng))
    return model.to(memory_format=torch.contiguous_format).eval()
