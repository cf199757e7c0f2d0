"""A person's own datasets: one file each, which holds both splits and what is said about them."""

import json
import os
import re
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from latent_core import registry
from latent_core.artifacts import write_file
from latent_core.datasets import ROOM, About, Counts, DataMissing, LabelledImages, Split
from latent_core.datasets._ground import ground_of

ENDING = ".safetensors"
NAME = re.compile(r"^[a-z0-9_]{1,40}$")
ARRAYS = ("train_x", "train_y", "test_x", "test_y")


def folder() -> Path:
    """Where own datasets lie: MEDLEY_PICTURES if set, else `pictures` in the folder that commands are run from."""
    return Path(os.environ.get("MEDLEY_PICTURES") or "pictures")


def place(name: str) -> Path:
    """The file of an own dataset."""
    return folder() / f"{name}{ENDING}"


def names() -> list[str]:
    """Own datasets, alphabetical."""
    found = folder().glob(f"*{ENDING}") if folder().is_dir() else ()
    return sorted(path.name.removesuffix(ENDING) for path in found if NAME.match(path.name.removesuffix(ENDING)))


def check_name(name: str) -> None:
    """Refuses a name that a dataset cannot have.

    Raises:
        ValueError: other characters than links and folders take, or the name of a dataset that comes with Medley.
    """
    if not NAME.match(name):
        near = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "mine"
        raise ValueError(
            f"'{name[:60]}' cannot be a dataset's name: it may have a to z, 0 to 9 and _, 40 at most, such as {near}"
        )
    if name in registry.names(ROOM):
        raise ValueError(f"'{name}' comes with Medley: choose another name, such as my_{name}")


class Own:
    """An own dataset, with the face that a file of the room has.

    Raises:
        DataMissing: its file cannot be read; the message says what to do.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.__doc__ = f"{self.ABOUT.title}: {self.ABOUT.what}"

    @cached_property
    def _note(self) -> dict[str, Any]:
        """Names, counts and About, from the file's head."""
        try:
            with safe_open(place(self.name), framework="np") as file:
                note: dict[str, Any] = json.loads((file.metadata() or {})["dataset"])
                return note
        except (OSError, SafetensorError, KeyError, ValueError) as error:
            raise self._lost(error) from error

    @cached_property
    def ABOUT(self) -> About:
        """What its card says."""
        try:
            facts = self._note["about"]
            ground = tuple(facts.get("ground", ()))  # files of before there was one have none
            return About(**{**facts, "start": tuple(facts["start"]), "rows": tuple(facts["rows"]), "ground": ground})
        except (KeyError, TypeError) as error:
            raise self._lost(error) from error

    @cached_property
    def counts(self) -> Counts:
        """How many pictures there are, and of which size."""
        try:
            return Counts(self._note["train"], self._note["test"], tuple(self._note["shape"]))
        except (KeyError, TypeError) as error:
            raise self._lost(error) from error

    def load(self, root: Path | None, split: Split) -> LabelledImages:
        """The pictures of one split, as they were imported; root is not looked at."""
        try:
            with safe_open(place(self.name), framework="np") as file:
                x, y = (file.get_tensor(f"{split}_{part}") for part in "xy")
            return LabelledImages(x, y, tuple(self._note["names"]))
        except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
            raise self._lost(error) from error

    def _lost(self, error: Exception) -> DataMissing:
        return DataMissing(
            f"{place(self.name)} is no dataset that import-pictures wrote, or is damaged "
            f"({type(error).__name__}): import the pictures again with --replace"
        )


def write(name: str, about: About, train: LabelledImages, test: LabelledImages) -> Path:
    """Writes an own dataset's file, whole or not at all."""
    _, height, width, channels = train.x.shape
    note = {
        "about": asdict(about), "names": train.names, "train": len(train.x), "test": len(test.x),
        "shape": (channels, height, width),
    }  # fmt: skip
    arrays = dict(zip(ARRAYS, (train.x, train.y, test.x, test.y), strict=True))
    held = save({key: np.ascontiguousarray(value) for key, value in arrays.items()}, {"dataset": json.dumps(note)})
    return write_file(place(name), held)


def about(title: str, source: str, credit: str, licence: str, train: LabelledImages, test: LabelledImages) -> About:
    """What can be said of any pictures; sizes of models and of what ships follow from the pictures."""
    n, height, width, channels = train.x.shape
    classes = len(train.names)
    kind = "grey" if channels == 1 else "colour"
    components = max(1, min(50 if height * width * channels <= 3 * 64 * 64 else 20, n - 1, height * width * channels))
    facts = About(
        title=title,
        what=f"{n + len(test.x)} pictures of {classes} classes, {width} by {height} pixels, {kind}.",
        source=source,
        licence=licence,
        credit=credit,
        linear=f"linear-{components}",
        default_model="elbo-16",
        start=tuple(train.names[:3]),
        classifier_steps=int(np.clip(n // 4, 600, 3000)),
        judge_steps=int(np.clip(n // 2, 1200, 2500)),
        ground=ground_of(train.x),
    )
    return replace(facts, rows=shipped_rows(len(train.x), len(test.x), classes, height, width))


SHEET = 4096
"""Pixels of a side of the sheet of thumbnails that every browser and phone can hold."""
LARGEST_SHEET = 16_000
"""And what the file format can hold, for many classes of large pictures."""
SHOWN = 10_000
"""Rows of a split that ship at most."""


def shipped_rows(train: int, test: int, classes: int, height: int, width: int) -> tuple[int, int]:
    """How many pictures of each split ship: what fits into a sheet, but some of every class (`_arranged` puts those
    first)."""
    side = int(np.ceil(np.sqrt(classes * (FIRST_TRAIN + FIRST_TEST))))
    fits = max((SHEET // max(height, width)) ** 2, min(side, LARGEST_SHEET // max(height, width)) ** 2)
    shown_test = min(test, SHOWN, max(classes * FIRST_TEST, min(fits // 4, fits - classes * FIRST_TRAIN)))
    shown_train = min(train, SHOWN, fits - shown_test)
    return shown_train, min(test, SHOWN, fits - shown_train)


FIRST_TRAIN, FIRST_TEST = 4, 1
"""Pictures of every class that stand first, so that those that ship show every class."""
