"""Dense layers of their own for the left and the right half of a picture: two modalities side by side.

A half that is black all over counts as hidden: the encoder then goes by the other one alone. So the graphs take
pictures, as all others do, and whoever wants to know what a model makes of one half covers the other.
"""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training import networks
from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, Decoder, LatentKind, Network, Shape
from latent_core.training.networks.mlp import MlpDecoder
from latent_core.training.posteriors import Gaussian

Together = Literal["product", "mixture", "subsets", "set", "apart"]
"""How what is seen in two halves becomes one posterior; `TOGETHER` has a class for each."""


@dataclass(frozen=True)
class Halves(Network):
    """Two encoders and two decoders, each of two hidden layers, for the two halves of a picture."""

    latent_kind: ClassVar[LatentKind] = "halves"

    hidden: int = 400
    """Units of each hidden layer of each half."""
    together: Together = "product"
    """How what the encoders say becomes one posterior."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape.

        Raises:
            ValueError: a picture that is one pixel wide, or two blocks that do not have the same size.
        """
        if shape[2] < 2:
            raise ValueError(f"pictures of {shape[2]} pixel across have no two halves")
        if self.together == "apart" and latent % 2:
            raise ValueError(f"a latent with a block for each half has an even number of dimensions; it had {latent}")
        return Autoencoder(TOGETHER[self.together](shape, latent, self.hidden), HalvesDecoder(self, shape, latent))


def widths(shape: Shape) -> tuple[int, int]:
    """Columns of the left and of the right half."""
    return shape[2] // 2, shape[2] - shape[2] // 2


def split(pictures: Tensor) -> tuple[Tensor, Tensor]:
    """The left and the right half of pictures (batch, channels, height, width)."""
    middle = pictures.shape[3] // 2
    return pictures[:, :, :, :middle], pictures[:, :, :, middle:]


def shown(pictures: Tensor) -> Tensor:
    """(batch, 2) float: 1 for a half that is not black all over, and 0 for a hidden one."""
    return torch.stack([(half.flatten(1).amax(1) > 0).float() for half in split(pictures)], 1)


class Seeing(nn.Module):
    """pixels-hidden-hidden with softplus: what is seen in one half."""

    def __init__(self, pixels: int, hidden: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(pixels, hidden), nn.Linear(hidden, hidden)

    def forward(self, half: Tensor) -> Tensor:
        """(batch, hidden) of (batch, channels, height, columns)."""
        return F.softplus(self.second(F.softplus(self.first(half.flatten(1)))))


class Saying(nn.Module):
    """A Gaussian, read from a hidden layer by two affine layers."""

    def __init__(self, hidden: int, latent: int) -> None:
        super().__init__()
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def forward(self, hidden: Tensor) -> Gaussian:
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-20, 10))


class HalvesEncoder(nn.Module):
    """Each half has its own posterior; `joined` makes one of those that are shown."""

    def __init__(self, shape: Shape, latent: int, hidden: int) -> None:
        super().__init__()
        pixels = [shape[0] * shape[1] * columns for columns in widths(shape)]
        self.seeing = nn.ModuleList([Seeing(size, hidden) for size in pixels])
        self.saying = nn.ModuleList([Saying(hidden, self.each(latent)) for _ in pixels])

    def each(self, latent: int) -> int:
        """Dimensions of one half's posterior."""
        return latent

    def alone(self, pictures: Tensor) -> list[Gaussian]:
        """What each half says by itself, whether it is shown or not."""
        halves = zip(self.saying, self.seeing, split(pictures), strict=True)
        return [saying(seeing(half)) for saying, seeing, half in halves]

    def joined(self, alone: list[Gaussian], shown: Tensor) -> Gaussian:
        """One posterior (batch, latent) of those of the halves, with shown (batch, 2) 1 where a half counts."""
        raise NotImplementedError

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1; a black half counts as hidden."""
        return self.joined(self.alone(pictures), shown(pictures))


class ProductEncoder(HalvesEncoder):
    """A product of experts: the halves' Gaussians and N(0, I) multiplied."""

    def joined(self, alone: list[Gaussian], shown: Tensor) -> Gaussian:
        return product(alone, shown)


class MixtureEncoder(HalvesEncoder):
    """A mixture of experts: as likely the Gaussian of the one half as of the other; its mean and spread."""

    def joined(self, alone: list[Gaussian], shown: Tensor) -> Gaussian:
        return mixed(alone, shown)


class SubsetsEncoder(HalvesEncoder):
    """A mixture of products of experts: one for each choice of halves that are shown; its mean and spread."""

    def every(self, pictures: Tensor) -> list[Gaussian]:
        """The posterior of the left half, of the right one, and of both."""
        return self._with_both(self.alone(pictures))

    def joined(self, alone: list[Gaussian], shown: Tensor) -> Gaussian:
        return mixed(self._with_both(alone), torch.cat([shown, shown[:, :1] * shown[:, 1:]], 1))

    def _with_both(self, alone: list[Gaussian]) -> list[Gaussian]:
        return [*alone, product(alone)]


class ApartEncoder(HalvesEncoder):
    """Each half has a block of the latent of its own; that of a hidden half is what the other one says."""

    def each(self, latent: int) -> int:
        return latent // 2

    def joined(self, alone: list[Gaussian], shown: Tensor) -> Gaussian:
        one, other = (mixed(alone, weights) for weights in (_rather(shown, 0), _rather(shown, 1)))
        return Gaussian(torch.cat([one.mean, other.mean], 1), torch.cat([one.log_variance, other.log_variance], 1))


class SetEncoder(nn.Module):
    """What is seen in the halves that are shown is summed up, and the posterior read from the sum, in any order."""

    def __init__(self, shape: Shape, latent: int, hidden: int) -> None:
        super().__init__()
        self.seeing = nn.ModuleList([Seeing(shape[0] * shape[1] * columns, hidden) for columns in widths(shape)])
        self.summed, self.saying = nn.Linear(hidden, hidden), Saying(hidden, latent)

    def seen(self, pictures: Tensor) -> list[Tensor]:
        """(batch, hidden) for each half, whether it is shown or not."""
        return [seeing(half) for seeing, half in zip(self.seeing, split(pictures), strict=True)]

    def joined(self, seen: list[Tensor], shown: Tensor) -> Gaussian:
        """The posterior of what is seen in those halves for which shown (batch, halves) is 1."""
        one, other = (part * shown[:, number, None] for number, part in enumerate(seen))
        q: Gaussian = self.saying(F.softplus(self.summed(one + other)))
        return q

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1; a black half counts as hidden."""
        return self.joined(self.seen(pictures), shown(pictures))


TOGETHER: dict[Together, type[HalvesEncoder] | type[SetEncoder]] = {
    "product": ProductEncoder,
    "mixture": MixtureEncoder,
    "subsets": SubsetsEncoder,
    "set": SetEncoder,
    "apart": ApartEncoder,
}


def costs(logits: Tensor, pictures: Tensor) -> Tensor:
    """(batch, 2) nats: what rebuilding each half costs, the cross-entropy of Bernoulli pixels.

    Args:
        logits: (batch, pixels) log-odds of the decoder for pictures (batch, channels, height, width), 0..1.
    """
    each = F.binary_cross_entropy_with_logits(logits.float().reshape(pictures.shape), pictures, reduction="none")
    return torch.stack([half.flatten(1).sum(1) for half in split(each)], 1)


def product(experts: list[Gaussian], weights: Tensor | None = None) -> Gaussian:
    """N(0, I) times the experts: precisions add up, and draw at the mean.

    Args:
        weights: (batch, experts), 1 for those that count; all do without it.
    """
    precisions = [(-q.log_variance).exp() for q in experts]
    if weights is not None:
        precisions = [t * weights[:, number, None] for number, t in enumerate(precisions)]
    total = 1 + torch.stack(precisions).sum(0)
    mean = torch.stack([t * q.mean for t, q in zip(precisions, experts, strict=True)]).sum(0) / total
    return Gaussian(mean, -total.log())


def mixed(experts: list[Gaussian], weights: Tensor) -> Gaussian:
    """The mean and the spread of a mixture of the experts by weights (batch, experts); N(0, I) where all are 0."""
    total = weights.sum(1, keepdim=True)
    shares = (weights / total.clamp_min(1e-6)).T[:, :, None]
    nobody = (total <= 0).float()
    means = torch.stack([q.mean for q in experts])
    variances = torch.stack([q.log_variance.exp() for q in experts])
    mean = (shares * means).sum(0)
    variance = (shares * (variances + (means - mean).square())).sum(0) + nobody
    return Gaussian(mean, variance.log())


def _rather(shown: Tensor, half: int) -> Tensor:
    """(batch, 2): 1 for this half where it is shown; else for the other one, where that is."""
    mine = shown[:, half]
    other = shown[:, 1 - half] * (1 - mine)
    return torch.stack([mine, other] if half == 0 else [other, mine], 1)


class HalvesDecoder(Decoder):
    """A decoder for each half; both read all of the latent, or each its own block of it."""

    def __init__(self, network: Halves, shape: Shape, latent: int) -> None:
        super().__init__()
        self.shape, self.latent, self.apart = shape, latent, network.together == "apart"
        self.columns = widths(shape)
        size = latent // 2 if self.apart else latent
        self.halves = nn.ModuleList(
            [MlpDecoder((shape[0], shape[1], columns), size, network.hidden) for columns in self.columns]
        )

    def first(self, z: Tensor) -> Tensor:
        parts = z.chunk(2, 1) if self.apart else (z, z)
        return torch.cat([one.first(part) for one, part in zip(self._each(), parts, strict=True)], 1)

    def second(self, first: Tensor) -> Tensor:
        return torch.cat([one.second(part) for one, part in zip(self._each(), first.chunk(2, 1), strict=True)], 1)

    def logits(self, second: Tensor) -> Tensor:
        channels, height, _ = self.shape
        drawn = [
            one.logits(part).reshape(-1, channels, height, columns)
            for one, part, columns in zip(self._each(), second.chunk(2, 1), self.columns, strict=True)
        ]
        return torch.cat(drawn, 3).flatten(1)

    def _each(self) -> list[MlpDecoder]:
        return [one for one in self.halves if isinstance(one, MlpDecoder)]


def of_halves(name: str, width: int, together: Together) -> Network:
    """The architecture that was asked for, joining what two halves say in this way."""
    asked = networks.of_width(name, width)
    assert isinstance(asked, Halves)
    return replace(asked, together=together)
