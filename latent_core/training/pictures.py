"""A dataset's pictures as the workshop uses them: both splits, and the rows that ship with every model."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from latent_core import datasets
from latent_core.datasets import About, LabelledImages, _checking


@dataclass(frozen=True)
class Pictures:
    """Both splits of a dataset, and which of their rows ship."""

    name: str
    about: About
    train: LabelledImages
    test: LabelledImages

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of both splits: what was made from these pictures carries it, and does not go with any others."""
        return datasets.fingerprint(self.train, self.test)

    @property
    def shape(self) -> tuple[int, int, int]:
        """(channels, height, width)."""
        _, height, width, channels = self.train.x.shape
        return channels, height, width

    @property
    def split(self) -> np.ndarray:
        """(rows,) uint8 of the shipped rows: 0 train, 1 test."""
        train, test = self.about.rows
        return np.repeat(np.array([0, 1], np.uint8), [min(train, len(self.train.x)), min(test, len(self.test.x))])

    @property
    def index(self) -> np.ndarray:
        """(rows,) int32: each shipped row's place in its split; the first ones of each ship."""
        return np.concatenate([np.arange((self.split == part).sum(), dtype=np.int32) for part in (0, 1)])

    @property
    def rows(self) -> LabelledImages:
        """The shipped rows' pictures and classes."""
        train, test = (int((self.split == part).sum()) for part in (0, 1))
        x = np.concatenate([self.train.x[:train], self.test.x[:test]])
        return LabelledImages(x, np.concatenate([self.train.y[:train], self.test.y[:test]]), self.train.names)


def load(name: str, root: Path | None) -> Pictures:
    """Both splits of a dataset, read below root or downloaded.

    Raises:
        DataMissing: they are not there.
        UnfitPictures: nothing can be trained on them; the message lists all that is wrong.
    """
    about = datasets.about(name)
    found = Pictures(name, about, datasets.load(name, root, "train"), datasets.load(name, root, "test"))
    _checking.check(name, found.train, found.test, about.rows)
    return found
