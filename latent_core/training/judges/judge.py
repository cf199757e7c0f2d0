"""Judge and guide: two networks per dataset that say, class by class, how much a picture speaks for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.artifacts import layout
from latent_core.training.judges.colours import Colouring, covering, even_mean, farthest, mean, regions
from latent_core.training.judges.mixtures import Mixer, Mixing, average, even_average, log_odds, overlay, veil
from latent_core.training.networks import Shape
from latent_core.training.steps.checkpoint import Progress, Resume
from latent_core.training.steps.minimise import OnStep, minimise, rising_and_falling

NATS = 0.6931471805599453
"""Nats in a bit."""
LARGE = 32
"""Height or width in pixels above which pictures are halved, as often as it takes."""
PRUDENT = 0.44
"""What a judge answers to a picture that says nothing: a little under even odds, so that nothing is never counted."""


class JudgeNetwork(nn.Module):
    """The judge's: three convolutions with strides, small enough for every frame of a drag."""

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


class GuideNetwork(nn.Module):
    """The guide's: pooling instead of strides, smooth activations for an even landscape."""

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
class Spec:
    """Judge or guide: its network, its first seed, and how the pictures that it learns from are mixed."""

    file: str
    network: Callable[[Shape, int], nn.Module]
    seed: int
    mixings: tuple[Mixing, ...]
    colourings: tuple[Colouring, ...]

    def how(self, ground: Tensor | None) -> tuple[Mixing, ...] | tuple[Colouring, ...]:
        """How a `Mixer` with that ground mixes."""
        return self.mixings if ground is None else self.colourings


JUDGE = Spec(layout.JUDGE, JudgeNetwork, 202, (veil, average, log_odds), (covering, mean, regions))
GUIDE = Spec(layout.GUIDE, GuideNetwork, 101, (overlay, even_average, average), (farthest, even_mean, mean))


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
    """Pictures (n, channels, height, width), each side halved until it has 32 pixels or fewer: judges work on these.

    Mixing the small ones is much faster, and an average of them is the small one of the average.
    """
    parts = [_halvings(side) for side in pictures.shape[2:]]
    return F.avg_pool2d(pictures, parts) if max(parts) > 1 else pictures


def _halvings(side: int) -> int:
    """Pixels that become one: 1, 2, 4, ..."""
    parts = 1
    while side // parts > LARGE:
        parts *= 2
    return parts


def balanced(logits: Tensor, present: Tensor) -> Tensor:
    """Loss of each picture (batch,) in nats: classes that are in it count as much together as those that are not.

    sum_k (y_k / n + (1 - y_k) / (C - n)) BCE(l_k, y_k) / 2. Without the balance a judge learns that much ink means many
    classes, and names all of them in any full picture.
    """
    n = present.sum(1, keepdim=True)
    weight = present / n.clamp_min(1) + (1 - present) / (present.shape[1] - n).clamp_min(1)
    return (weight * F.binary_cross_entropy_with_logits(logits, present, reduction="none")).sum(1) / 2


def train(
    spec: Spec, mixer: Mixer, steps: int, on_step: OnStep = lambda step, steps: None, resume: Resume | None = None
) -> nn.Module:  # fmt: skip
    """A judge trained on mixtures, on mixtures of out-of-class pictures and on pictures that say nothing.

    AdamW with a rate that rises over the first twentieth and falls to 0; batches of 80 + 8 + 8. Where there is a
    ground, 8 clouds are added, as judges of colours took soft patches of them for classes.

    Args:
        resume: where its state is kept.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(spec.seed)
        judge = spec.network(mixer.shape, mixer.classes).to(memory_format=torch.channels_last)

        def losses() -> Iterator[Tensor]:
            for _ in range(steps):
                mixed, present = mixer.draw(80)
                strangers = [mixer.out_of_class(8)] + ([] if mixer.ground is None else [mixer.clouds(8)])
                given = torch.cat([mixed, *strangers, mixer.nothing(8)])
                logits = judge(soften(given, mixer.rng, mixer.ground))
                none, blank = logits[80:-8], logits[-8:]
                absent = F.binary_cross_entropy_with_logits(none, torch.zeros_like(none))
                even = F.binary_cross_entropy_with_logits(blank, torch.full_like(blank, PRUDENT))
                yield balanced(logits[:80], present).mean() + 0.05 * len(strangers) * absent + 0.3 * even

        adam = torch.optim.AdamW(judge.parameters(), weight_decay=0.02, fused=True)
        progress = Progress(resume, judge, adam, mixer.rng)
        minimise(adam, losses(), steps, rising_and_falling(2e-3), on_step, progress)
    return judge.to(memory_format=torch.contiguous_format).eval()


def soften(pictures: Tensor, rng: torch.Generator, ground: Tensor | None = None) -> Tensor:
    """Half of the pictures blurred a little and dimmed, as decoded ones are; on a ground, what stands out from it."""
    if ground is not None:
        behind = ground[:, None, None]
        return (behind + soften(pictures - behind, rng)).clamp(0, 1)
    sharp = torch.rand(len(pictures), 1, 1, 1, generator=rng)
    blurred = F.avg_pool2d(pictures, 3, 1, 1)
    share = torch.where(sharp < 0.5, 0.0, sharp)
    dim = 1 - 0.4 * torch.rand(len(pictures), 1, 1, 1, generator=rng) * (sharp > 0.7)
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
