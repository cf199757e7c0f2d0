"""Judges of blends: two networks a dataset that say for each class on its own how much a picture speaks for it."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.judges.mixtures import Family, Mixer, average, even_average, log_odds, overlay, veil
from latent_core.training.networks import Shape

NATS = 0.6931471805599453
"""Nats in a bit."""
LARGE = 32
"""Height or width in pixels above which pictures are halved."""
PRUDENT = 0.44
"""What a judge answers to a picture that says nothing: a little under even odds, so that nothing is never counted."""


class Scorer(nn.Module):
    """The judge that only scores: three convolutions with strides, small enough for every frame of a drag."""

    def __init__(self, shape: Shape, classes: int) -> None:
        super().__init__()
        side = [-(-one // 4) for one in shape[1:]]
        self.maps = nn.Sequential(
            nn.Conv2d(shape[0], 24, 5, 2, 2), nn.BatchNorm2d(24), nn.ReLU(),
            nn.Conv2d(24, 32, 3, 1, 1), nn.BatchNorm2d(32), nn.ReLU(),
            nn.Conv2d(32, 48, 3, 2, 1), nn.BatchNorm2d(48), nn.ReLU(),
        )  # fmt: skip
        self.dense = nn.Sequential(nn.Flatten(), nn.Dropout(0.25), nn.Linear(48 * side[0] * side[1], 128), nn.ReLU())
        self.out = nn.Linear(128, classes)

    def forward(self, pictures: Tensor) -> Tensor:
        """Log-odds (n, classes) of pictures (n, channels, height, width)."""
        return self.out(self.dense(self.maps(pictures)))


class Guide(nn.Module):
    """The judge that only steers: pooling instead of strides, smooth activations for an even landscape."""

    def __init__(self, shape: Shape, classes: int) -> None:
        super().__init__()
        side = [one // 4 for one in shape[1:]]
        self.maps = nn.Sequential(
            nn.Conv2d(shape[0], 16, 3, 1, 1), nn.BatchNorm2d(16), nn.SiLU(), nn.AvgPool2d(2),
            nn.Conv2d(16, 40, 3, 1, 1), nn.BatchNorm2d(40), nn.SiLU(), nn.AvgPool2d(2),
            nn.Conv2d(40, 64, 3, 1, 1), nn.BatchNorm2d(64), nn.SiLU(),
        )  # fmt: skip
        self.dense = nn.Sequential(nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * side[0] * side[1], 96), nn.SiLU())
        self.out = nn.Linear(96, classes)

    def forward(self, pictures: Tensor) -> Tensor:
        """Log-odds (n, classes) of pictures (n, channels, height, width)."""
        return self.out(self.dense(self.maps(pictures)))


@dataclass(frozen=True)
class Kind:
    """One of the two judges: its network, its first seed, and how the pictures that it learns from are mixed."""

    file: str
    network: Callable[[Shape, int], nn.Module]
    seed: int
    families: tuple[Family, ...]


JUDGE = Kind("judge.onnx", Scorer, 202, (veil, average, log_odds))
GUIDE = Kind("guide.onnx", Guide, 101, (overlay, even_average, average))


class Bits(nn.Module):
    """A trained judge as it ships: bits (n, classes), a log-likelihood ratio to base 2 at even odds.

    Args:
        judge: gives log-odds in nats, of pictures as `shrunk` makes them.
        temperature: what they are divided by, so that on held-out mixtures a bit is worth a bit.
    """

    def __init__(self, judge: nn.Module, temperature: float) -> None:
        super().__init__()
        self.judge, self.temperature = judge, temperature

    def forward(self, pictures: Tensor) -> Tensor:
        return self.judge(shrunk(pictures)) / (NATS * self.temperature)


def shrunk(pictures: Tensor) -> Tensor:
    """Pictures (n, channels, height, width) at half their size where that is more than 32 pixels: judges work on these.

    Mixing the small ones is four times as fast, and an average of them is the small one of the average.
    """
    return F.avg_pool2d(pictures, 2) if max(pictures.shape[2:]) > LARGE else pictures


def balanced(logits: Tensor, present: Tensor) -> Tensor:
    """Loss of each picture (batch,) in nats: classes that are in it count as much together as those that are not.

    sum_k (y_k / n + (1 - y_k) / (C - n)) BCE(l_k, y_k) / 2. Without the balance a judge learns that much ink means many
    classes, and names all of them in any full picture.
    """
    n = present.sum(1, keepdim=True)
    weight = present / n.clamp_min(1) + (1 - present) / (present.shape[1] - n).clamp_min(1)
    return (weight * F.binary_cross_entropy_with_logits(logits, present, reduction="none")).sum(1) / 2


def train(
    kind: Kind, mixer: Mixer, steps: int, on_step: Callable[[int, int], None] = lambda step, steps: None
) -> nn.Module:
    """A judge trained on mixtures, on mixtures of strangers (nothing is in them) and on pictures that say nothing.

    AdamW with a rate that rises over the first twentieth and falls to 0; batches of 80 + 8 + 8.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(kind.seed)
        judge = kind.network(mixer.shape, mixer.classes).to(memory_format=torch.channels_last)
        adam = torch.optim.AdamW(judge.parameters(), lr=2e-3, weight_decay=0.02, fused=True)
        for step in range(steps):
            adam.param_groups[0]["lr"] = 2e-3 * min(1, 20 * (step + 1) / steps) * (1 - step / steps)
            mixed, present = mixer.draw(80)
            given = torch.cat([mixed, mixer.alien(8), mixer.nothing(8)])
            logits = judge(soften(given, mixer.chance))
            alien = F.binary_cross_entropy_with_logits(logits[80:88], torch.zeros_like(logits[80:88]))
            even = F.binary_cross_entropy_with_logits(logits[88:], torch.full_like(logits[88:], PRUDENT))
            loss = balanced(logits[:80], present).mean() + 0.05 * alien + 0.3 * even
            adam.zero_grad()
            loss.backward()
            adam.step()
            on_step(step + 1, steps)
    return judge.to(memory_format=torch.contiguous_format).eval()


def soften(pictures: Tensor, chance: torch.Generator) -> Tensor:
    """Half of the pictures blurred a little and dimmed, as decoded ones are."""
    sharp = torch.rand(len(pictures), 1, 1, 1, generator=chance)
    blurred = F.avg_pool2d(pictures, 3, 1, 1)
    share = torch.where(sharp < 0.5, 0.0, sharp)
    dim = 1 - 0.4 * torch.rand(len(pictures), 1, 1, 1, generator=chance) * (sharp > 0.7)
    return ((1 - share) * pictures + share * blurred) * dim


def temperature(judge: nn.Module, mixer: Mixer, batches: int = 40) -> float:
    """The number that log-odds are divided by to be honest on the mixer's (held-out) pictures: least balanced loss."""
    with torch.no_grad():
        drawn = [mixer.draw(100) for _ in range(batches)]
        logits = torch.cat([judge(pictures) for pictures, _ in drawn])
    present = torch.cat([found for _, found in drawn])
    tried = torch.exp(torch.linspace(-0.7, 1.4, 106))
    losses = torch.stack([balanced(logits / one, present).mean() for one in tried])
    return float(tried[losses.argmin()])
