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
        """The shipped rows' pictures and classes, which of them are changed copies, and who drew them."""
        train, test = (int((self.split == part).sum()) for part in (0, 1))

        def both(first: np.ndarray, second: np.ndarray) -> np.ndarray:
            return np.concatenate([first[:train], second[:test]])

        changed = [
            np.zeros(len(part.x), bool) if part.changed is None else part.changed for part in (self.train, self.test)
        ]
        who = (self.train.artist, self.test.artist)
        return LabelledImages(
            both(self.train.x, self.test.x),
            both(self.train.y, self.test.y),
            self.train.names,
            changed=both(*changed) if any(map(np.any, changed)) else None,
            artist=None if who[0] is None or who[1] is None else both(who[0], who[1]),
            artists=self.train.artists,
        )


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
