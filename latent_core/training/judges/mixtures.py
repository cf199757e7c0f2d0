"""Pictures of several classes at once, made from real ones, for judges to learn from: overlays and averages."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from latent_core.training.judges.colours import Colouring, layers_of
from latent_core.training.networks import Shape

Mixing = Callable[[Tensor, Tensor, torch.Generator], Tensor]
"""Layers (batch, most, pixels) 0..1 and weights (batch, most), 0 where one is not used, to pictures (batch, pixels)."""

MOST = 40
"""Classes of a mixture at most: no blend has more."""


def overlay(layers: Tensor, weights: Tensor, rng: torch.Generator) -> Tensor:
    """The brightest layer at each pixel: sheets of glass with ink on them."""
    return (layers * (weights > 0)[..., None]).amax(1)


def veil(layers: Tensor, weights: Tensor, rng: torch.Generator) -> Tensor:
    """1 - prod(1 - a x): layers that cover one another by a = 0.3 to 1, another one for each."""
    opacity = 0.3 + 0.7 * torch.rand(weights.shape, generator=rng)
    return 1 - (1 - layers * (opacity * (weights > 0))[..., None]).prod(1)


def average(layers: Tensor, weights: Tensor, rng: torch.Generator) -> Tensor:
    """sum w x with the weights as they are, brightened by a random share of what is missing to full contrast."""
    mean = (layers * weights[..., None]).sum(1)
    full = mean / mean.amax(1, keepdim=True).clamp_min(1e-3)
    share = torch.rand(len(mean), 1, generator=rng)
    return share * full + (1 - share) * mean


def even_average(layers: Tensor, weights: Tensor, rng: torch.Generator) -> Tensor:
    """The plain mean of the layers, stretched to full contrast."""
    used = (weights > 0).float()
    mean = (layers * (used / used.sum(1, keepdim=True))[..., None]).sum(1)
    return mean / mean.amax(1, keepdim=True).clamp_min(1e-3)


def log_odds(layers: Tensor, weights: Tensor, rng: torch.Generator) -> Tensor:
    """sigmoid(sum w logit x): a geometric mean, which keeps what the layers agree on; stretched to full contrast."""
    x = layers.clamp(0.02, 0.98)
    mean = torch.sigmoid((weights[..., None] * (torch.log(x) - torch.log1p(-x))).sum(1)) - 0.02
    return (mean / mean.amax(1, keepdim=True).clamp_min(1e-3)).clamp(0, 1)


class Mixer:
    """Draws mixtures of 1 to C - 1 classes, with what is in them.

    Args:
        pictures: (n, channels, height, width) 0..1 and classes (n,) to mix from.
        classes: how many there are, C.
        others: (m, channels, height, width) pictures of none of the classes, which are mixed in at times.
        mixings: how layers become one picture; each picture takes one at random. They are `Colouring`s where there is
            a ground, and `Mixing`s where there is none.
        rng: of every draw.
        ground: (channels,) 0..1, the colour behind what is drawn; None for grey pictures on black.
    """

    def __init__(
        self, pictures: Tensor, y: Tensor, classes: int, others: Tensor,
        mixings: tuple[Mixing, ...] | tuple[Colouring, ...], rng: torch.Generator, ground: Tensor | None = None,
    ) -> None:  # fmt: skip
        self.shape: Shape = (pictures.shape[1], pictures.shape[2], pictures.shape[3])
        self.classes, self.mixings, self.rng, self.ground = classes, mixings, rng, ground
        if ground is not None:
            pictures, others = layers_of(pictures, ground), layers_of(others, ground)
        self.held = pictures.shape[1]  # numbers of a pixel of a layer
        self.pictures, self.others = pictures.flatten(1), others.flatten(1)
        order = torch.argsort(y, stable=True)
        count = torch.bincount(y, minlength=classes)
        self.order, self.count, self.start = order, count, torch.cumsum(count, 0) - count

    def draw(self, batch: int, sizes: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Pictures (batch, channels, height, width), 0..1, and 1 for each class that is in them (batch, classes).

        Args:
            sizes: (batch,) numbers of classes, 1 to C - 1; drawn at random without it.
        """
        sizes = self.sizes(batch) if sizes is None else sizes
        most = int(sizes.max())
        drawn = torch.rand(batch, self.classes, generator=self.rng).argsort(1)[:, :most]
        used = torch.arange(most)[None] < sizes[:, None]
        present = torch.zeros(batch, self.classes).scatter_(1, drawn, used.float())
        layers = torch.cat([self.layers(drawn.flatten()).view(batch, most, -1), self.distractors(batch)], 1)
        distracted = (torch.rand(batch, 1, generator=self.rng) < 0.12) & (sizes[:, None] < self.classes // 2)
        weights = (0.5 + torch.rand(batch, most + 1, generator=self.rng)) * torch.cat([used, distracted], 1)
        weights = weights / weights.sum(1, keepdim=True)
        which = torch.randint(0, len(self.mixings), (batch,), generator=self.rng)
        out = torch.empty(batch, *self.shape)
        for number in range(len(self.mixings)):
            rows = which == number
            if rows.any():
                out[rows] = self.mixed(number, layers[rows], weights[rows])
        return out, present

    def mixed(self, number: int, layers: Tensor, weights: Tensor) -> Tensor:
        """Pictures (batch, channels, height, width) of layers (batch, most, numbers) by one of the mixings."""
        mixing: Any = self.mixings[number]
        if self.ground is None:
            return mixing(layers, weights, self.rng).view(-1, *self.shape)
        size = (self.shape[1], self.shape[2])
        apart = mixing(layers.view(*weights.shape, self.held, -1), weights, size, self.rng).view(-1, *self.shape)
        return (self.ground[:, None, None] + apart).clamp(0, 1)

    def sizes(self, batch: int) -> Tensor:
        """(batch,) numbers of classes: a quarter 1, a third 2 to 5, the rest anything up to C - 1, and to MOST."""
        kind = torch.rand(batch, generator=self.rng)
        few = torch.randint(min(2, self.classes - 1), max(2, min(6, self.classes)), (batch,), generator=self.rng)
        any_ = torch.randint(1, min(self.classes, MOST + 1), (batch,), generator=self.rng)
        return torch.where(kind < 0.25, 1, torch.where(kind < 0.58, few, any_))

    def layers(self, drawn: Tensor) -> Tensor:
        """(rows, pixels): a picture of each class named by `drawn` (rows,); a third are means of three, as blurred as
        the typical picture of a class is."""
        if self.ground is not None and len(drawn) > 3:  # a copy of all three would be large
            own = self.some(drawn)
            blurred = torch.rand(len(drawn), generator=self.rng) < 0.33
            own[blurred] = (own[blurred] + self.some(drawn[blurred]) + self.some(drawn[blurred])) / 3
            return own
        own = torch.stack([self.some(drawn) for _ in range(3)])
        blurred = torch.rand(len(drawn), 1, generator=self.rng) < 0.33
        return torch.where(blurred, own.mean(0), own[0])

    def some(self, drawn: Tensor) -> Tensor:
        """(rows, pixels): a random picture of each class, shifted by up to a pixel either way."""
        place = (torch.rand(len(drawn), generator=self.rng) * self.count[drawn]).long()
        found = self.pictures[self.order[self.start[drawn] + place]]
        return self.shifted(found)

    def shifted(self, flat: Tensor) -> Tensor:
        """All pictures moved by -1, 0 or 1 pixels along both axes."""
        height, width = self.shape[1:]
        padded = F.pad(flat.view(-1, self.held, height, width), (1, 1, 1, 1))
        top, left = torch.randint(0, 3, (2,), generator=self.rng).tolist()
        return padded[:, :, top : top + height, left : left + width].flatten(1)

    def distractors(self, batch: int) -> Tensor:
        """(batch, 1, pixels) pictures of no class."""
        return self.others[torch.randint(0, len(self.others), (batch,), generator=self.rng)][:, None]

    def nothing(self, batch: int) -> Tensor:
        """Pictures that say nothing: blank, grey, noise, smooth noise; (batch, channels, height, width).

        Where there is a ground, half of them are in colour.
        """
        channels, height, width = self.shape
        level = torch.rand(batch, 1, 1, 1, generator=self.rng)
        noise = torch.rand(batch, channels, height, width, generator=self.rng)
        smooth = F.avg_pool2d(noise, 5, 1, 2)
        smooth = (smooth - smooth.amin((2, 3), keepdim=True)) / (smooth.amax((2, 3), keepdim=True) + 1e-3)
        kind = torch.randint(0, 4, (batch, 1, 1, 1), generator=self.rng)
        if self.ground is not None:
            coloured = torch.rand(batch, 1, 1, 1, generator=self.rng) < 0.5
            level = torch.where(coloured, torch.rand(batch, channels, 1, 1, generator=self.rng), level)
            noise, smooth = (torch.where(coloured, one, one[:, :1]) for one in (noise, smooth))
        textured = torch.where(kind == 2, noise * level, smooth * level)
        blank = torch.zeros(1) if self.ground is None else self.ground[:, None, None]
        return torch.where(kind == 0, blank, torch.where(kind == 1, level.expand_as(noise), textured))

    def clouds(self, batch: int) -> Tensor:
        """Smooth noise in colour, fine to coarse, (batch, channels, height, width): soft patches of no class."""
        channels, height, width = self.shape
        noise = torch.rand(batch, channels, height, width, generator=self.rng)
        out = torch.empty_like(noise)
        reach = torch.randint(1, 5, (batch,), generator=self.rng)
        for radius in range(1, 5):
            rows = reach == radius
            out[rows] = F.avg_pool2d(noise[rows], 2 * radius + 1, 1, radius, count_include_pad=False)
        least, most = out.amin((2, 3), keepdim=True), out.amax((2, 3), keepdim=True)
        out = (out - least) / (most - least + 1e-3)
        low, high = torch.rand(2, batch, channels, 1, 1, generator=self.rng)
        stretched = torch.rand(batch, 1, 1, 1, generator=self.rng) < 0.5
        return torch.where(stretched, out, low + (high - low) * out)

    def out_of_class(self, batch: int) -> Tensor:
        """Mixtures of 1 to C out-of-class pictures."""
        sizes = self.sizes(batch)
        most = int(sizes.max())
        drawn = torch.randint(0, len(self.others), (batch, most), generator=self.rng)
        used = (torch.arange(most)[None] < sizes[:, None]).float()
        weights = (0.5 + torch.rand(batch, most, generator=self.rng)) * used
        weights = weights / weights.sum(1, keepdim=True)
        number = int(torch.randint(0, len(self.mixings), (1,), generator=self.rng))
        return self.mixed(number, self.others[drawn], weights)
