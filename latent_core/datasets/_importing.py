"""Makes a dataset of a person's own pictures: read, checked, split by a seed, and written as one file."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from latent_core import datasets
from latent_core.datasets import LabelledImages, UnfitPictures, _checking, _own, _reading
from latent_core.datasets._found import Found, OnStep, Wanted

MOST_BYTES = 2 * 2**30
"""Of all pictures at one byte a value; training holds them four times over."""


@dataclass(frozen=True)
class Imported:
    """What was made: its file, what is in it, pictures of each split, and sentences about what was done to them."""

    path: Path
    what: str
    train: int
    test: int
    notes: list[str]


def import_pictures(
    source: Path, name: str, wanted: Wanted, labels: Path | None = None, test: float = 0.15, seed: int = 1,
    replace: bool = False, title: str = "", credit: str = "", licence: str = "",
    on_step: OnStep = lambda step, steps: None,
) -> Imported:  # fmt: skip
    """Reads pictures, checks them, splits them and writes them as the dataset `name`.

    Args:
        source, labels, wanted: as `_reading.read` takes them.
        test: share of every class's pictures that is held out, where the source does not say which, 0..1.
        seed: of the split and the order.
        replace: whether other pictures of that name may be replaced.
        title, credit, licence: what the pages say of them.

    Raises:
        ValueError: a name, a source or a flag that cannot be; UnfitPictures with all that is wrong with the pictures.
        NoRoom: the disk is full.
    """
    _own.check_name(name)
    found = _reading.read(source, wanted, labels, on_step)
    if found.x.nbytes > MOST_BYTES:
        n, height, width, _ = found.x.shape
        raise UnfitPictures(
            name,
            [f"{n} pictures of {width} x {height} are {found.x.nbytes / 2**30:.1f} GB, more than training can hold: "
             f"give a smaller --size, or fewer pictures"],
        )  # fmt: skip
    names, y, notes = _classes(name, found)
    if not found.split and (few := _checking.too_few(names, y)):
        raise UnfitPictures(name, [few, *_checking.names_alone(names), *_checking.pictures_alone(found.x)])
    parts = _split(found, names, y, test, seed)
    train, held = (LabelledImages(found.x[rows], y[rows].astype(np.int16), names) for rows in parts)
    about = None
    if len(train.x) and len(held.x):
        about = _own.about(
            title or name.replace("_", " ").capitalize(), f"imported from {source.name}", credit or "their owner",
            licence or "not stated", train, held,
        )  # fmt: skip
    _checking.check(name, train, held, about.rows if about else (_own.SHOWN, _own.SHOWN))
    assert about is not None, "the check refuses a split without pictures"
    if _own.place(name).exists() and not replace and not _same(name, train, held):
        raise ValueError(
            f"{_own.place(name)} holds other pictures: choose another --name, or add --replace (models of the old "
            "pictures must then be removed and trained again)"
        )
    path = _own.write(name, about, train, held)
    return Imported(path, about.what, len(train.x), len(held.x), [*found.notes, *notes])


def _classes(what: str, found: Found) -> tuple[tuple[str, ...], np.ndarray, list[str]]:
    """Class names, each picture's class, and sentences about names that were changed.

    Raises:
        UnfitPictures: several labels would become one class.
    """
    labels = _reading.in_order(found.labels)
    named = {label: _reading.class_name(label) for label in labels}
    twice = [name for name, times in Counter(named.values()).items() if times > 1]
    if twice:
        raise UnfitPictures(what, [f"several classes would be called {', '.join(twice[:5])}: rename their folders"])
    changed = [f"{label!a} is called {name}" for label, name in named.items() if label != name]
    numbers = {label: number for number, label in enumerate(labels)}
    y = np.array([numbers[label] for label in found.labels], np.int64)
    return tuple(named[label] for label in labels), y, changed[:5]


def _split(found: Found, names: tuple[str, ...], y: np.ndarray, test: float, seed: int) -> list[np.ndarray]:
    """Rows of the training and of the test pictures, each shuffled, with some of every class first.

    Every class gives about the same share to the test pictures, at least one; but it keeps three, where it has them.
    """
    rng = np.random.default_rng(seed)
    parts: list[list[np.ndarray]] = [[], []]
    for number in range(len(names)):
        mine = rng.permutation(np.flatnonzero(y == number))
        if found.split:
            held = np.array([found.split[row] == "test" for row in mine], bool)
            parts[0].append(mine[~held])
            parts[1].append(mine[held])
        else:
            most = max(0, len(mine) - _checking.LEAST_TRAIN)
            count = min(max(round(test * len(mine)), _checking.LEAST_TEST), most)
            parts[0].append(mine[count:])
            parts[1].append(mine[:count])
    return [_arranged(rows, first, rng) for rows, first in zip(parts, (_own.FIRST_TRAIN, _own.FIRST_TEST), strict=True)]


def _arranged(rows: list[np.ndarray], first: int, rng: np.random.Generator) -> np.ndarray:
    """All rows shuffled, but the first `first` of every class before the others."""
    head = np.concatenate([mine[:first] for mine in rows])
    tail = np.concatenate([mine[first:] for mine in rows])
    return np.concatenate([rng.permutation(head), rng.permutation(tail)])


def _same(name: str, train: LabelledImages, test: LabelledImages) -> bool:
    """Whether the dataset of that name holds these very pictures."""
    try:
        there = _own.Own(name)
        held = datasets.fingerprint(there.load(None, "train"), there.load(None, "test"))
    except datasets.DataMissing:
        return False
    return held == datasets.fingerprint(train, test)
