"""Reads pictures and labels from numpy files of the usual kinds and layouts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from latent_core.datasets import Split, UnfitPictures
from latent_core.datasets._found import Found, Wanted, as_grey, as_levels, fitted, usual_size

FAMILIES: tuple[tuple[tuple[str, str, Split | None], ...], ...] = (
    (("x_train", "y_train", "train"), ("x_test", "y_test", "test")),
    (
        ("train_images", "train_labels", "train"), ("val_images", "val_labels", "test"),
        ("test_images", "test_labels", "test"),
    ),
    (("train_x", "train_y", "train"), ("test_x", "test_y", "test")),
    (("x", "y", None),), (("images", "labels", None),), (("pictures", "labels", None),), (("data", "labels", None),),
    (("data", "target", None),), (("images", "target", None),), (("arr_0", "arr_1", None),),
)  # fmt: skip
"""Names of arrays in .npz files of the usual kinds: pictures, labels, and which split they are."""


def read_arrays(source: Path, labels: Path | None, wanted: Wanted) -> Found:
    """Pictures and labels of numpy files.

    Args:
        labels: file with the labels of an .npy file.

    Raises:
        UnfitPictures: with all that is wrong with them.
    """
    parts = _held(source, labels)
    problems: list[str] = []
    notes: list[str] = []
    x = [_laid_out(f"{len(part[0])} pictures", np.asarray(part[0]), wanted, problems) for part in parts]
    span = _span(x, wanted.span, problems) if not problems else (0.0, 255.0)
    y = [_as_text(np.asarray(part[1]), len(part[0]), part[3], problems) for part in parts]
    if problems:
        raise UnfitPictures(source.name, problems)
    if span != (0.0, 255.0) or any(part.dtype.kind == "b" for part in x):
        notes.append(f"values from {span[0]:g} to {span[1]:g} became 0 black to 255 white; --span takes others")
    exact = span == (0, 255)
    pictures = np.concatenate([one if one.dtype == np.uint8 and exact else as_levels(one, *span) for one in x])
    pictures = _resized(pictures, wanted, notes)
    if wanted.channels == 1 and pictures.shape[3] == 3:
        pictures = as_grey(pictures)
    elif wanted.channels == 3 and pictures.shape[3] == 1:
        pictures = np.repeat(pictures, 3, axis=3)
    pictures = 255 - pictures if wanted.invert else pictures
    splits = [part[2] for part in parts for _ in range(len(part[0])) if part[2]]
    return Found(pictures, [word for words in y for word in words], splits or None, notes)


Held = tuple[np.ndarray, np.ndarray, Split | None, Sequence[str] | None]
"""Pictures, labels, split, and names of the labels where the file has them."""


def _held(source: Path, labels: Path | None) -> list[Held]:
    """The arrays of a file.

    Raises:
        UnfitPictures: it holds none that can be told to be pictures and labels.
    """
    try:
        found: Any = np.load(source, allow_pickle=False)
        if isinstance(found, np.ndarray):
            if labels is None:
                problem = "an .npy file holds pictures only: give their labels with --labels FILE.npy"
                raise UnfitPictures(source.name, [problem])
            return [(found, np.load(labels, allow_pickle=False), None, None)]
        held = {name.lower(): found[name] for name in found.files}
    except (OSError, ValueError, EOFError) as error:
        if isinstance(error, UnfitPictures) or (isinstance(error, OSError) and error.errno):
            raise
        problem = f"it cannot be read ({error}): save plain arrays, np.savez(file, x=x, y=y)"
        raise UnfitPictures(source.name, [problem]) from error
    named = next((held[key] for key in ("names", "classes", "class_names", "label_names") if key in held), None)
    names = [str(one) for one in np.ravel(named)] if named is not None else None
    for family in FAMILIES:
        if all(one in held for pair in family for one in pair[:2]):
            return [(held[x], held[y], split, names) for x, y, split in family]
    there = sorted(held) or "nothing"
    raise UnfitPictures(
        source.name, [f"it holds {there}: name the pictures x and their labels y: np.savez(file, x=x, y=y)"]
    )


def _laid_out(what: str, x: np.ndarray, wanted: Wanted, problems: list[str]) -> np.ndarray:
    """(n, height, width, channels) of pictures in any usual layout; transparent ones on their ground."""
    if x.dtype.kind not in "fiub":
        problems.append(f"{what} are of type {x.dtype}: save an array of numbers, all pictures of one size")
        return x
    if x.ndim == 2 and wanted.size and x.shape[1] % (wanted.size[0] * wanted.size[1]) == 0:
        x = x.reshape(len(x), *wanted.size, -1)
    elif x.ndim == 3:
        x = x[..., None]
    elif x.ndim == 4 and x.shape[3] not in (1, 3, 4) and x.shape[1] in (1, 3, 4):
        x = x.transpose(0, 2, 3, 1)
    if x.ndim != 4 or x.shape[3] not in (1, 3, 4):
        hint = ": give --size WIDTHxHEIGHT" if x.ndim == 2 else ""
        problems.append(f"{what} have the shape {x.shape}; (n, height, width[, 1 or 3]) is needed{hint}")
        return x
    if x.shape[3] == 4:
        full = 255.0 if x.dtype.kind != "f" or x.max() > 1 else 1.0
        alpha = x[..., 3:].astype(np.float64) / full
        ground = full if wanted.ground == "white" else 0.0
        x = (x[..., :3] * alpha + ground * (1 - alpha)).astype(x.dtype)
    return x


def _span(parts: Sequence[np.ndarray], given: tuple[float, float] | None, problems: list[str]) -> tuple[float, float]:
    """Which values of the arrays are black and white."""
    if any(part.dtype.kind == "f" and not np.isfinite(part).all() for part in parts):
        problems.append("some values are not finite (NaN or infinite): find out where they come from, and mend them")
        return 0.0, 255.0
    filled = [part for part in parts if part.size]
    if given or not filled:
        return given or (0.0, 255.0)
    low, high = float(min(part.min() for part in filled)), float(max(part.max() for part in filled))
    kind = filled[0].dtype
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    if low >= 0 and high <= 255 and (kind == np.uint8 or high >= 128):
        return 0.0, 255.0
    problems.append(
        f"values are {kind}, {low:g} to {high:g}: say which are black and white, such as --span {low:g} {high:g}"
    )
    return 0.0, 255.0


def _as_text(y: np.ndarray, n: int, names: Sequence[str] | None, problems: list[str]) -> list[str]:
    """Labels as text: whole numbers by their names where the file has them."""
    if y.ndim == 2 and y.shape[1] > 1 and y.dtype.kind in "fiub" and ((y == 0) | (y == 1)).all():
        y = y.argmax(1) if (y.sum(1) == 1).all() else y  # one-hot
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1 or len(y) != n:
        problems.append(f"there are {n} pictures, and labels of the shape {y.shape}: every picture needs one")
        return []
    if y.dtype.kind == "f":
        if not np.isfinite(y).all() or (y != np.round(y)).any():
            problems.append("labels are numbers that are not whole: labels are whole numbers or words")
            return []
        y = y.astype(np.int64)
    if y.dtype.kind == "S":
        return [bytes(one).decode("utf-8", "replace") for one in y]
    if y.dtype.kind not in "iubU":
        problems.append(f"labels are of type {y.dtype}: save whole numbers or words")
        return []
    if y.dtype.kind in "iub":
        if none := int((y.astype(np.int64) < 0).sum()):
            problems.append(f"{none} pictures have a label below 0, which mostly means none: leave them out")
            return []
        if names is not None and len(y) and int(y.max()) < len(names):
            return [names[int(one)] for one in y]
    return [str(one) for one in y.tolist()]


def _resized(x: np.ndarray, wanted: Wanted, notes: list[str]) -> np.ndarray:
    """The pictures at the size that is wanted, or that is usual."""
    to, said = usual_size([(x.shape[1], x.shape[2])], wanted.size)
    notes += said
    if to == x.shape[1:3]:
        return x
    flat = x[..., 0] if x.shape[3] == 1 else x
    made = [np.asarray(fitted(Image.fromarray(one), to, wanted)) for one in flat]
    return np.stack(made).reshape(len(x), *to, x.shape[3])
