"""Datasets room: one file a dataset with `ABOUT` and `load(root, split)`; nothing lists them.

Beside these stand a person's own datasets, which `import-pictures` wrote (`_own`); every name here may be either.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from latent_core import registry
from latent_core.artifacts import Half

Split = Literal["train", "test"]
ROOM = "datasets"


@dataclass(frozen=True)
class LabelledImages:
    """Pictures and what they show."""

    x: np.ndarray
    """(n, height, width, channels) uint8, 0 black to 255 white."""
    y: np.ndarray
    """(n,) int16, index into names."""
    names: tuple[str, ...]
    """One readable name a class: 2 to 200 of them, all different."""
    mask: np.ndarray | None = None
    """(n, height, width) uint8, how much of each pixel stands in front of a background; None where nobody knows."""
    originals: np.ndarray | None = None
    """(m, fine, fine, channels) uint8: what was drawn by hand, finer than the first m pictures, which are the same; all
    others are changed copies of these, and `_redrawn` makes more. None where every picture stands for itself."""
    drawn_from: np.ndarray | None = None
    """(n,) int64: of which of the originals each picture is, where there are some."""
    changed: np.ndarray | None = None
    """(n,) bool: which pictures are copies of a drawing that were changed (turned, shifted, bent); None where none
    are."""
    artist: np.ndarray | None = None
    """(n,) int16, index into artists: who drew it, or the drawing that it is a copy of; None where nobody is named."""
    artists: tuple[str, ...] = ()
    """Whoever drew a picture of either split."""

    def pictures(self) -> np.ndarray:
        """(n, channels, height, width) float32, 0..1: what every network of Medley reads."""
        return np.ascontiguousarray(self.x.transpose(0, 3, 1, 2), dtype=np.float32) / np.float32(255)


@dataclass(frozen=True)
class About:
    """What a dataset's card says, apart from what can be counted."""

    title: str
    what: str
    """One plain sentence for a visitor."""
    source: str
    licence: str
    credit: str
    linear: str
    """Model behind the eigen-image, such as "linear-50"."""
    default_model: str
    start: tuple[str, ...]
    """Classes chosen at the first visit."""
    rows: tuple[int, int] = (10_000, 10_000)
    """How many train and test pictures ship as rows of every model (the first ones of each split)."""
    redraw: str | None = None
    """Model whose reconstructions stand in for the originals, where those must not ship."""
    classifier_steps: int = 3000
    """Optimiser steps of the small classifier."""
    judge_steps: int = 2500
    """Optimiser steps of each of the two judges."""
    symbols: dict[str, str] = field(default_factory=dict)
    """Short label of a class, where its name is long."""
    notes: tuple[int, ...] = ()
    """MIDI number of each row of a picture, the top one first, where pictures are piano rolls that can be played."""
    halves: tuple[Half, ...] = ()
    """The left and the right half of every picture, where these are two pictures; () where they are one."""
    originals: tuple[str, ...] = ()
    """Files of the dataset's folder that ship as they are: its pictures as they were drawn, and who drew them."""
    ground: tuple[float, ...] = ()
    """The colour behind what is drawn, 0..1 for each channel; () is black."""
    enlarge: Literal["crisp", "smooth"] = "crisp"
    """How pictures are enlarged at first: crisp where pixels are the point."""
    method: str = ""
    """The blending method of a first visit; "" is the first of the list."""


@dataclass(frozen=True)
class Counts:
    """What an own dataset's file says of itself without its pictures being read."""

    train: int
    test: int
    shape: tuple[int, int, int]
    """(channels, height, width)."""


class DataMissing(LookupError):
    """The raw pictures are neither on disk nor can they be downloaded; the message says what to do."""


class UnfitPictures(ValueError):
    """Pictures that nothing can be trained on; the message lists all that is wrong, and what to do about it."""

    def __init__(self, what: str, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        many = f"{len(self.problems)} things are wrong" if len(self.problems) > 1 else "one thing is wrong"
        super().__init__("\n  - ".join([f"{what} cannot be used yet; {many}:", *self.problems]))


def names() -> list[str]:
    """Every dataset that there is: those that come with Medley, then a person's own."""
    from latent_core.datasets import _own

    return [*registry.names(ROOM), *(name for name in _own.names() if name not in registry.names(ROOM))]


def find(name: str) -> Any:
    """What holds a dataset's `ABOUT` and `load(root, split)`: its file in this room, or the own dataset.

    Raises:
        LookupError: there is no such dataset; the message says which there are, and how to make one.
        DataMissing: an own dataset's file cannot be read.
    """
    if name in registry.names(ROOM):
        return registry.get(ROOM, name)
    from latent_core.datasets import _own

    if name in _own.names():
        return _own.Own(name)
    raise LookupError(
        f"there is no dataset '{name}'; there are {names()}. Your own pictures become one by: import-pictures FOLDER "
        "--name NAME"
    )


def load(name: str, root: Path | None, split: Split) -> LabelledImages:
    """One split of a dataset, read below root, or downloaded where root is None; own ones know where they lie."""
    images: LabelledImages = find(name).load(root, split)
    return images


def about(name: str) -> About:
    """What is said about a dataset."""
    facts: About = find(name).ABOUT
    return facts


def fingerprint(*parts: LabelledImages) -> str:
    """SHA-256 of everything that pictures teach: names, sizes, pixels and labels of each split, in their order."""
    found = hashlib.sha256()
    for part in parts:
        x, y = np.ascontiguousarray(part.x), np.ascontiguousarray(part.y, np.int64)
        found.update(repr((tuple(part.names), x.shape, str(x.dtype), y.shape)).encode())
        found.update(x.data)
        found.update(y.data)
    return found.hexdigest()


def out_of_class(name: str, root: Path | None, train: LabelledImages) -> tuple[np.ndarray, np.ndarray]:
    """Pictures like the dataset's that show none of its classes, to learn from and to test with.

    A dataset's file may say which they are by a function `out_of_class(root)`; where it does not, they are its own
    training pictures torn into quarters and put together wrongly.

    Returns:
        two arrays (m, channels, height, width) float32, 0..1, that share no original.
    """
    module = find(name)
    if hasattr(module, "out_of_class"):
        parts: tuple[np.ndarray, np.ndarray] = module.out_of_class(root)
    else:
        half = min(len(train.x) // 2, 4000)
        parts = torn(train.x[:half]), torn(train.x[half : 2 * half])
    learn, test = (np.ascontiguousarray(x.transpose(0, 3, 1, 2), np.float32) / np.float32(255) for x in parts)
    return learn, test


def factors(name: str, split: Split) -> np.ndarray | None:
    """(n, factors) whole numbers: all that differs between the pictures of a split, in its order; None if unknown.

    A dataset's file may say so by a function `factors(split)`, with the names in FACTORS, and in ORDERED which of them
    are steps along a line.
    """
    module = find(name)
    found: np.ndarray | None = module.factors(split) if hasattr(module, "factors") else None
    return found


def torn(x: np.ndarray) -> np.ndarray:
    """Pictures (n, height, width, channels) whose quarters changed places crosswise, two of them mirrored."""
    high, wide = x.shape[1] // 2, x.shape[2] // 2
    upper = np.concatenate([x[:, -high:, -wide:], x[:, -high:, :wide][:, :, ::-1]], 2)
    lower = np.concatenate([x[:, :high, -wide:][:, ::-1], x[:, :high, :wide]], 2)
    out = np.zeros_like(x)
    out[:, : 2 * high, : 2 * wide] = np.concatenate([upper, lower], 1)
    return out
