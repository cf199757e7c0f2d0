"""Draws few pictures anew without end: turned, scaled, sheared, shifted, bent, in other colours; torch."""

import torch
from torch import Tensor
from torch.nn import functional as F

ANGLE, SHEAR, SHIFT = 0.22, 0.1, 0.06
"""At most, either way: radians (13 degrees), radians, and share of the picture's side."""
SCALE, ASPECT = (0.88, 1.08), 0.08
"""Of the drawing's size, and how much wider or narrower, at most."""
KNOTS, BEND = 5, 0.025
"""Points along each side that are moved, and the standard deviation by which, as a share of the side."""
HUES, LIGHT, GAMMA = 0.07, 0.04, 0.2
"""Standard deviation of each number of the colour matrix beside the identity, and of what is added to each channel; of
the logarithm of gamma at most."""


class Redrawn:
    """Originals that are finer than the pictures drawn of them; every call draws other ones.

    In float64 the same seed draws the same bytes everywhere; in float32 it takes half of the time.
    """

    def __init__(self, originals: Tensor, side: int) -> None:
        """Takes originals (n, channels, fine, fine), 0..1 of any float type, with fine a multiple of side."""
        self.side, self.fine = side, originals.shape[2]
        self.step = self.fine // side
        self.soft = F.avg_pool2d(originals, self.step, 1)  # each point: the mean over one pixel of what is drawn

    def plain(self) -> Tensor:
        """Every original at the smaller size, otherwise unchanged (n, channels, side, side)."""
        return self.soft[:, :, :: self.step, :: self.step].contiguous()

    def draw(self, chosen: Tensor, rng: torch.Generator) -> Tensor:
        """(len(chosen), channels, side, side), 0..1: originals by their numbers, each changed by chance.

        What comes in from outside is white.
        """
        soft = self.soft[chosen]
        points = self._points(len(soft), rng).to(soft.dtype)  # 0..1 across the original
        inner = (points * self.fine - self.step / 2 + 0.5) / soft.shape[2] * 2 - 1
        drawn = 1 - F.grid_sample(1 - soft, inner, mode="bilinear", padding_mode="zeros", align_corners=False)
        return _recoloured(drawn, rng)

    def _points(self, count: int, rng: torch.Generator) -> Tensor:
        """(count, side, side, 2): where in the original each pixel looks, across and down, 0..1; float64."""

        def uniform(low: float, high: float) -> Tensor:
            return low + (high - low) * torch.rand(count, generator=rng, dtype=torch.float64)

        angle, shear = uniform(-ANGLE, ANGLE), uniform(-SHEAR, SHEAR)
        scale, aspect = uniform(*SCALE), uniform(1 - ASPECT, 1 + ASPECT).sqrt()
        mirrored = (uniform(0, 1) < 0.5).double() * 2 - 1
        cos, sin = angle.cos() / scale, angle.sin() / scale
        across = torch.stack([mirrored * cos / aspect, -sin * aspect], 1)
        down = torch.stack([mirrored * (sin + shear * cos) / aspect, cos * aspect], 1)
        places = (torch.arange(self.side, dtype=torch.float64) + 0.5) / self.side - 0.5
        flat = places[None, None, :, None] * across[:, None, None] + places[None, :, None, None] * down[:, None, None]
        moved = torch.stack([uniform(-SHIFT, SHIFT), uniform(-SHIFT, SHIFT)], 1)[:, None, None]
        knots = BEND * torch.randn(count, 2, KNOTS, KNOTS, generator=rng, dtype=torch.float64)
        bend = F.interpolate(knots, size=(self.side, self.side), mode="bicubic", align_corners=True)
        return flat + moved + bend.permute(0, 2, 3, 1) + 0.5


def _recoloured(pictures: Tensor, rng: torch.Generator) -> Tensor:
    """Pictures on white in other colours: white stays white, as what is not white is multiplied by a random matrix."""
    count, channels = pictures.shape[:2]
    matrix = HUES * torch.randn(count, channels, channels, generator=rng, dtype=torch.float64)
    light = LIGHT * torch.randn(count, channels, 1, 1, generator=rng, dtype=torch.float64)
    gamma = (GAMMA * (2 * torch.rand(count, 1, 1, 1, generator=rng, dtype=torch.float64) - 1)).exp()
    matrix, light, gamma = (one.to(pictures.dtype) for one in (matrix + torch.eye(channels), light, gamma))
    ink = 1 - pictures.clamp(1e-4, 1).pow(gamma)
    ink = torch.einsum("nij,njhw->nihw", matrix, ink) - light * ink.amax(1, keepdim=True)
    return (1 - ink).clamp(0, 1)
