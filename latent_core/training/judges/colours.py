"""Mixtures of pictures in colour, or on a light ground, for judges to learn from: by alpha, by region, and averages.

A layer is what stands out from the ground, one sign-bearing number for each channel, and a last channel: how much of
the ground it covers, its holes filled, so that a white face on white covers what lies behind it. 0 is the ground.
"""

from collections.abc import Callable

import numpy as np
import torch
from scipy.ndimage import binary_fill_holes
from torch import Tensor
from torch.nn import functional as F

EMPTY = 0.06
"""Ink up to which a pixel may belong to the ground around a drawing."""
Colouring = Callable[[Tensor, Tensor, tuple[int, int], torch.Generator], Tensor]
"""Layers (batch, most, channels + 1, pixels), weights (batch, most), 0 where one is not used, and height and width, to
what stands out in one picture (batch, channels, pixels)."""


def layers_of(pictures: Tensor, ground: Tensor) -> Tensor:
    """Pictures (n, channels, height, width) 0..1 on a ground (channels,) as layers (n, channels + 1, height, width)."""
    apart = pictures - ground[:, None, None]
    inked = (apart.abs().amax(1) > EMPTY).numpy()
    covered = np.stack([binary_fill_holes(one) for one in inked]).astype(np.float32)
    return torch.cat([apart, torch.from_numpy(covered)[:, None]], 1)


def farthest(layers: Tensor, weights: Tensor, size: tuple[int, int], rng: torch.Generator) -> Tensor:
    """At each pixel the colour of the layer that stands out most: sheets of glass with ink on them."""
    apart = layers[:, :, :-1]
    ink = apart.abs().amax(2).masked_fill((weights <= 0)[..., None], -1.0)
    chosen = ink.argmax(1)[:, None, None].expand(-1, 1, apart.shape[2], -1)
    return apart.gather(1, chosen)[:, 0]


def covering(layers: Tensor, weights: Tensor, size: tuple[int, int], rng: torch.Generator) -> Tensor:
    """Layers over one another, each as opaque as lets those below it keep their shares, more or less."""
    out = torch.zeros_like(layers[:, 0, :-1])
    below = torch.zeros(len(layers), 1)
    for k in range(layers.shape[1]):
        own = weights[:, k, None]
        below = below + own
        loose = 0.7 + 0.6 * torch.rand(len(layers), 1, generator=rng)
        opacity = (loose * own / below.clamp_min(1e-9)).clamp(0, 1)
        opacity = torch.where(own >= below, (own > 0).float(), opacity)  # the lowest is as it was drawn
        alpha = (opacity * layers[:, k, -1])[:, None]
        out = out * (1 - alpha) + alpha * layers[:, k, :-1]
    return out


def mean(layers: Tensor, weights: Tensor, size: tuple[int, int], rng: torch.Generator) -> Tensor:
    """sum w x, with a random share of the contrast that it lost against its layers; one factor, so that hues stay."""
    return _contrasted(layers, weights, torch.rand(len(layers), 1, 1, generator=rng))


def even_mean(layers: Tensor, weights: Tensor, size: tuple[int, int], rng: torch.Generator) -> Tensor:
    """The plain mean of the layers at their contrast."""
    used = (weights > 0).float()
    return _contrasted(layers, used / used.sum(1, keepdim=True), torch.ones(len(layers), 1, 1))


def regions(layers: Tensor, weights: Tensor, size: tuple[int, int], rng: torch.Generator) -> Tensor:
    """Every part of the picture from one layer, in wide patches with soft or hard edges: the ears of one, the nose of
    another."""
    batch, most = weights.shape
    knots = torch.randn(batch, most, 4, 4, generator=rng)
    field = F.interpolate(knots, size=size, mode="bicubic", align_corners=True).flatten(2)
    hard = 1 + 7 * torch.rand(batch, 1, 1, generator=rng)
    share = F.softmax(hard * field + weights.clamp_min(1e-30).log()[..., None].clamp_min(-60), 1)
    share = share * (weights > 0)[..., None]
    return (layers[:, :, :-1] * (share / share.sum(1, keepdim=True).clamp_min(1e-9))[:, :, None]).sum(1)


def _contrasted(layers: Tensor, weights: Tensor, share: Tensor) -> Tensor:
    apart = layers[:, :, :-1]
    mixed = (apart * weights[..., None, None]).sum(1)
    top = (weights * apart.abs().amax((2, 3))).sum(1)[:, None, None]
    full = top / mixed.abs().amax((1, 2), keepdim=True).clamp_min(1e-3)
    return mixed * (1 + share * (full - 1))
