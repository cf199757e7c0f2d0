"""Datasets room: one file a dataset with `ABOUT` and `load(root, split)`; nothing lists them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from latent_core import registry

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
    """One readable name a class, without ':', ',' or '+'."""

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
    symbols: dict[str, str] = field(default_factory=dict)
    """Short label of a class, where its name is long."""


class DataMissing(LookupError):
    """The raw pictures are neither on disk nor can they be downloaded; the message says what to do."""


def load(name: str, root: Path | None, split: Split) -> LabelledImages:
    """One split of a dataset, read below root, or downloaded where root is None."""
    images: LabelledImages = registry.get(ROOM, name).load(root, split)
    return images


def about(name: str) -> About:
    """What is said about a dataset."""
    facts: About = registry.get(ROOM, name).ABOUT
    return facts
