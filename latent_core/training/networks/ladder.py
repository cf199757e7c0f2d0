"""Dense layers around a latent of two levels; Sonderby et al., Ladder variational autoencoders, 2016."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, LatentKind, Network, Shape
from latent_core.training.networks.mlp import MlpDecoder
from latent_core.training.posteriors import Gaussian


def levels(latent: int) -> tuple[int, int]:
    """Numbers of the top and of the detail: a third of the latent, and the rest.

    Raises:
        ValueError: a latent that has no room for both.
    """
    if latent < 2:
        raise ValueError("a ladder has two levels, so its latent needs 2 dimensions or more, such as 24")
    top = max(1, latent // 3)
    return top, latent - top


@dataclass(frozen=True)
class LadderOf(Network):
    """Two hidden layers to each level; what the top leads one to expect of the detail is said by two more."""

    latent_kind: ClassVar[LatentKind] = "levels"

    hidden: int = 500
    """Units of each hidden layer between pixels and detail; those around the top have half as many."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape and a latent of both levels.

        Raises:
            ValueError: a latent that has no room for both.
        """
        expected = Expected(*levels(latent), self.hidden // 2)
        encoder = LadderEncoder(shape, latent, self.hidden, expected)
        return Autoencoder(encoder, LadderDecoder(shape, latent, self.hidden, expected))


class Expected(nn.Module):
    """What the top (rows, top) leads one to expect of the detail: a Gaussian p(detail given top), (rows, detail)."""

    def __init__(self, top: int, detail: int, hidden: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(top, hidden), nn.Linear(hidden, hidden)
        self.mean, self.log_variance = nn.Linear(hidden, detail), nn.Linear(hidden, detail)

    def forward(self, top: Tensor) -> Gaussian:
        hidden = F.softplus(self.second(F.softplus(self.first(top))))
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-8, 4))


class Seen(NamedTuple):
    """What a picture says before the levels have heard of each other: q(top), and a hint at the detail."""

    top: Gaussian
    hint: Gaussian


class Drawn(NamedTuple):
    """A latent (batch, latent), and what its levels (batch, top) and (batch, detail) were drawn from."""

    z: Tensor
    top: Gaussian
    detail: Gaussian


class LadderEncoder(nn.Module):
    """pixels-hidden-hidden, where a hint at the detail is read, then half as many units twice, and the top.

    A hint and what the top leads one to expect are put together as two independent witnesses: precisions add up. What
    is told of the detail is how far it lies from what was expected, in standard deviations of that, so that a detail
    of 0 is what the top alone leads to, and both levels together have N(0, I) for prior.
    """

    def __init__(self, shape: Shape, latent: int, hidden: int, expected: Expected) -> None:
        super().__init__()
        (top, detail), half = levels(latent), hidden // 2
        self.expected = expected
        self.first, self.second = nn.Linear(shape[0] * shape[1] * shape[2], hidden), nn.Linear(hidden, hidden)
        self.third, self.fourth = nn.Linear(hidden, half), nn.Linear(half, half)
        self.hint_mean, self.hint_log_variance = nn.Linear(hidden, detail), nn.Linear(hidden, detail)
        self.mean, self.log_variance = nn.Linear(half, top), nn.Linear(half, top)
        for one in (self.hint_log_variance, self.log_variance):
            nn.init.constant_(one.bias, START_LOG_VARIANCE)

    def seen(self, pictures: Tensor) -> Seen:
        """What pictures (batch, channels, height, width), 0..1, say of each level."""
        low = F.softplus(self.second(F.softplus(self.first(pictures.flatten(1)))))
        high = F.softplus(self.fourth(F.softplus(self.third(low))))
        hint = Gaussian(self.hint_mean(low).float(), self.hint_log_variance(low).float().clamp(-20, 10))
        return Seen(Gaussian(self.mean(high).float(), self.log_variance(high).float().clamp(-20, 10)), hint)

    def detail(self, hint: Gaussian, top: Tensor) -> Gaussian:
        """q(detail given picture and top), (batch, detail), in standard deviations from what is expected.

        Args:
            top: (batch, top) a top, such as one that was drawn.
        """
        before = self.expected(top)
        weight = before.log_variance - hint.log_variance  # logarithm of how much surer the hint is
        away = (hint.mean - before.mean) / before.spread()
        return Gaussian(away * torch.sigmoid(weight), F.logsigmoid(-weight))

    def drawn(self, pictures: Tensor, rng: torch.Generator) -> Drawn:
        """A top of pictures (batch, channels, height, width), 0..1, and a detail that fits this top."""
        top, hint = self.seen(pictures)
        coarse = top.sample(torch.randn(top.mean.shape, generator=rng))
        detail = self.detail(hint, coarse)
        fine = detail.sample(torch.randn(detail.mean.shape, generator=rng))
        return Drawn(torch.cat([coarse, fine], 1), top, detail)

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1; of the detail, at the top's mean."""
        top, hint = self.seen(pictures)
        detail = self.detail(hint, top.mean)
        mean, log_variance = zip(top, detail, strict=True)
        return Gaussian(torch.cat(mean, 1), torch.cat(log_variance, 1))


class LadderDecoder(MlpDecoder):
    """That of dense layers, which reads the detail alone; the top speaks by what it leads one to expect."""

    def __init__(self, shape: Shape, latent: int, hidden: int, expected: Expected) -> None:
        self.top, detail = levels(latent)
        super().__init__(shape, detail, hidden)
        self.expected = expected

    def first(self, z: Tensor) -> Tensor:
        before = self.expected(z[:, : self.top])
        return super().first(before.sample(z[:, self.top :]))
