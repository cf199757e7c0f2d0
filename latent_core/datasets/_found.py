"""What is wanted of a person's pictures and what was found, and how both kinds of sources bring them there."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from latent_core.datasets import Split
from latent_core.datasets._checking import NAMED, hidden

Fit = Literal["crop", "pad", "stretch"]
Ground = Literal["white", "black"]
OnStep = Callable[[int, int], None]
USUAL_SIDE, LEAST_SIDE = 64, 8
"""Pixels of the longer side unless it is told, and of the shorter one at least."""


@dataclass
class Found:
    """Pictures as they were found, all of one size: x (n, height, width, channels) uint8, labels as text.

    split: "train" or "test" of each picture, where the source says so. notes: sentences about what was done to them.
    """

    x: np.ndarray
    labels: list[str]
    split: list[Split] | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """How pictures are to be read.

    size: (height, width), None as the source has it; channels: 1 or 3, None as it has; fit: what happens to pictures
    of other proportions; ground: what is behind transparent ones; invert: dark becomes light; span: the values of
    arrays that are black and white, None where their kind tells.
    """

    size: tuple[int, int] | None = None
    channels: int | None = None
    fit: Fit = "crop"
    ground: Ground = "white"
    invert: bool = False
    span: tuple[float, float] | None = None


def usual_size(found: Sequence[tuple[int, int]], wanted: tuple[int, int] | None) -> tuple[tuple[int, int], list[str]]:
    """(height, width) that all pictures get, and a sentence where that changes them."""
    sizes = Counter(found)
    if wanted or not sizes:
        return wanted or (USUAL_SIDE, USUAL_SIDE), []
    if len(sizes) == 1:
        height, width = found[0]
    else:
        height, width = (int(np.median([size[axis] for size in found])) for axis in (0, 1))
    shrink = min(1.0, USUAL_SIDE / max(height, width))
    size = max(LEAST_SIDE, round(height * shrink)), max(LEAST_SIDE, round(width * shrink))
    if len(sizes) == 1 and size == found[0]:
        return size, []
    origin = f"{width} x {height} pixels" if len(sizes) == 1 else f"{len(sizes)} different sizes"
    return size, [f"pictures of {origin} become {size[1]} x {size[0]} (wide x high); --size takes another"]


def fitted(image: Image.Image, size: tuple[int, int], wanted: Wanted) -> Image.Image:
    """The picture at (height, width)."""
    to, how = (size[1], size[0]), Image.Resampling.LANCZOS
    if wanted.fit == "crop":
        return ImageOps.fit(image, to, how)
    if wanted.fit == "pad":
        return ImageOps.pad(image, to, how, color=wanted.ground)
    return image.resize(to, how)


def as_grey(x: np.ndarray) -> np.ndarray:
    """(n, height, width, 1): luminance of (n, height, width, 3), as PIL weighs it (ITU-R 601); grey stays itself."""
    weighed = x.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.round(weighed).clip(0, 255).astype(np.uint8)[..., None]


def as_levels(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values as uint8, low black and high white."""
    return np.round((values.astype(np.float64) - low) / max(high - low, 1e-12) * 255).clip(0, 255).astype(np.uint8)


def printable(text: str) -> str:
    """The end of a path or name, with what cannot be printed escaped."""
    return "".join(ascii(sign)[1:-1] if hidden(sign) else sign for sign in text)[-120:]


def the_first(found: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    return ", ".join(found[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
