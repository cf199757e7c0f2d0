"""The one check of pictures and labels, before anything is trained: it lists all that is wrong, and what to do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from latent_core.datasets import LabelledImages, UnfitPictures

CLASSES = (2, 200)
SIDES = (8, 256)
"""Pixels of a picture's height and width."""
LEAST_TRAIN, LEAST_TEST = 3, 1
"""Pictures of every class among those that ship: fewer tell neither how a class varies nor how right a model is."""
LONGEST_NAME = 255
NAMED = 5
"""Pictures or classes that a sentence names; the others are counted."""


def check(what: str, train: LabelledImages, test: LabelledImages, rows: tuple[int, int]) -> None:
    """Refuses a dataset that could not be trained, shown or measured.

    Args:
        what: the dataset's name, for the message.
        rows: how many pictures of each split, the first ones, ship.

    Raises:
        UnfitPictures: with one sentence for each thing that is wrong.
    """
    found = list(problems(train, test, rows))
    if found:
        raise UnfitPictures(what, found)


def problems(train: LabelledImages, test: LabelledImages, rows: tuple[int, int]) -> Iterator[str]:
    """One sentence for each thing that is wrong with a dataset: what it is, and what to do."""
    yield from names_alone(train.names)
    if tuple(train.names) != tuple(test.names):
        yield "the training and the test pictures name other classes: both need the same names in the same order"
    shapes = [np.shape(part.x)[1:] for part in (train, test)]
    if shapes[0] != shapes[1] and all(np.ndim(part.x) == 4 for part in (train, test)):
        yield f"training pictures are {_sized(shapes[0])} and test pictures {_sized(shapes[1])}: give all one size"
    for split, part, most, least in (("training", train, rows[0], LEAST_TRAIN), ("test", test, rows[1], LEAST_TEST)):
        yield from pictures_alone(part.x, f"{split} pictures")
        labels = list(_labels(f"{split} pictures", part))
        yield from labels or _counts(split, part, most, least)


def too_few(names: Sequence[str], y: np.ndarray) -> str:
    """Which classes have too few pictures to be split into training and test pictures, as a sentence; "" for none."""
    least = LEAST_TRAIN + LEAST_TEST
    counts = np.bincount(y, minlength=len(names))
    few = [f"{name} ({count})" for name, count in zip(names, counts, strict=True) if count < least]
    if not few:
        return ""
    return (
        f"every class needs at least {least} pictures, {LEAST_TRAIN} to learn from and {LEAST_TEST} to test with: "
        f"{_some(few, quote=False)}; add pictures, or leave the class out"
    )


def names_alone(names: Sequence[Any]) -> Iterator[str]:
    """What is wrong with the classes."""
    few, many = CLASSES
    if len(names) == 1:
        yield f"there is one class only, {_quoted(names[0])}: a blend needs at least {few} classes"
    elif not few <= len(names) <= many:
        yield f"there are {len(names)} classes: {few} to {many} are possible"
    odd = [name for name in names if not isinstance(name, str)]
    if odd:
        yield f"class names must be text: {_some(odd)}; write str(name)"
    words = [name for name in names if isinstance(name, str)]
    if blank := sum(not name.strip() for name in words):
        yield f"{_count(blank, 'class')} without a name: give every class one"
    if long := [name for name in words if len(name) > LONGEST_NAME]:
        yield f"class names may have {LONGEST_NAME} characters; too long: {_some(long)}"
    if unseen := [name for name in words if any(hidden(sign) for sign in name)]:
        yield f"class names may hold no control characters or halves of characters: {_some(unseen)}; rename them"
    if twice := [name for name, times in Counter(words).items() if times > 1]:
        yield f"several classes have one name: {_some(twice)}; give every class its own"


def hidden(sign: str) -> bool:
    """Whether a character is no part of a name: controls, halves of characters, and what turns text around."""
    return sign < " " or "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff" or sign in TURNING


TURNING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Line separators, and marks that would turn the text of a page around beyond the name's end."""


def pictures_alone(x: np.ndarray, what: str = "pictures") -> Iterator[str]:
    """What is wrong with an array of pictures."""
    if not isinstance(x, np.ndarray):
        yield f"{what} must be a numpy array; they are {type(x).__name__}: write np.stack(pictures)"
        return
    yield from _dtype(what, x)
    if x.ndim != 4:
        hint = "; write x[..., None]" if x.ndim == 3 else ""
        yield f"{what} must be (n, height, width, channels); they are {x.shape}{hint}"
        return
    n, height, width, channels = x.shape
    if n == 0:
        yield f"there are no {what}"
    if channels not in (1, 3):
        hints = {4: ": put transparent ones on a ground, and leave the fourth channel out", 2: ": leave out the second"}
        first = ": channels come last; write x.transpose(0, 2, 3, 1)" if height in (1, 3) else ""
        yield f"{what} must have 1 channel (grey) or 3 (colour); they have {channels}{hints.get(channels, first)}"
    low, high = SIDES
    if not (low <= height <= high and low <= width <= high):
        yield f"{what} are {_sized(x.shape[1:])}: each side must have {low} to {high} pixels; scale them"
    if n and x.size and x.dtype.kind in "fiub":
        flat = x.reshape(n, -1)
        plain = np.flatnonzero(flat.max(1) == flat.min(1))
        if len(plain):
            yield (
                f"{len(plain)} of the {what} show nothing, as all pixels are the same "
                f"(number {_some(plain.tolist())}, counted from 0): leave them out"
            )


def _dtype(what: str, x: np.ndarray) -> Iterator[str]:
    """What is wrong with the kind of numbers."""
    if x.dtype == np.uint8:
        return
    if x.dtype.kind not in "fiub":
        yield f"{what} must be uint8; they are {x.dtype}: read them into an array of numbers"
        return
    if x.dtype.kind == "f" and not np.isfinite(x).all():
        yield f"{what} hold values that are not finite ({int((~np.isfinite(x)).sum())} of them): find out where from"
        return
    low, high = (float(x.min()), float(x.max())) if x.size else (0.0, 0.0)
    if low < 0:
        hint = f"np.round((x - BLACK) / (WHITE - BLACK) * 255).astype(np.uint8), such as BLACK {low:g}, WHITE {high:g}"
    elif high > 255:
        hint = f"np.round(x / {high:g} * 255).astype(np.uint8), with the largest value that there can be"
    else:
        hint = "np.round(x * 255).astype(np.uint8)" if high <= 1 else "x.astype(np.uint8)"
    yield f"{what} must be uint8, 0 black to 255 white; they are {x.dtype}, {low:g} to {high:g}: write {hint}"


def _labels(what: str, part: LabelledImages) -> Iterator[str]:
    """What is wrong with the labels themselves."""
    y, n, classes = part.y, len(np.atleast_1d(part.x)), len(part.names)
    if not isinstance(y, np.ndarray) or y.ndim != 1:
        yield f"labels of {what} must be an array (n,); they are {np.shape(y) or type(y).__name__}"
    elif y.dtype.kind not in "iu":
        yield f"labels of {what} must be whole numbers, the class's place among the names; they are {y.dtype}"
    elif len(y) != n:
        yield f"there are {n} {what} and {len(y)} labels: every picture needs one"
    elif len(y) and (int(y.min()) < 0 or int(y.max()) >= classes):
        low, high = int(y.min()), int(y.max())
        hint = "; they count from 1: write y - 1" if low == 1 and high == classes else ""
        hint = "; -1 mostly means no label: leave those pictures out" if low == -1 else hint
        yield f"labels of {what} go from {low} to {high}: {classes} names make labels 0 to {classes - 1} possible{hint}"


def _counts(split: str, part: LabelledImages, most: int, least: int) -> Iterator[str]:
    """Classes of which too few pictures are there, or among those that ship."""
    names = [str(name) for name in part.names]
    there = np.bincount(part.y, minlength=len(names))
    if few := [f"{name} ({count})" for name, count in zip(names, there, strict=True) if count < least]:
        yield (
            f"every class needs at least {_count(least, f'{split} picture')}: {_some(few, quote=False)}; "
            "add pictures, or leave the class out"
        )
    shipped = np.bincount(part.y[:most], minlength=len(names))
    sparse = [name for name, all_, some in zip(names, there, shipped, strict=True) if some < least <= all_]
    if sparse:
        yield (
            f"the first {most} {split} pictures ship, and hold fewer than {least} of {_some(sparse)}: "
            "the pictures are sorted; shuffle them with their labels"
        )


def _sized(shape: Sequence[int]) -> str:
    return " x ".join(map(str, shape[:2])) + " pixels" + (f" x {shape[2]}" if len(shape) > 2 else "")


def _count(number: int, one: str, many: str = "") -> str:
    """ "1 class", "3 classes"."""
    return f"{number} {one if number == 1 else many or one + ('es' if one.endswith('s') else 's')}"


def _some(found: Sequence[Any], quote: bool = True) -> str:
    """The first few, and how many more there are."""
    told = [_quoted(one) if quote and isinstance(one, str) else str(one) for one in found[:NAMED]]
    return ", ".join(told) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")


def _quoted(name: Any) -> str:
    """A name in a sentence, shortened, with what cannot be printed escaped."""
    text = "".join(ascii(sign)[1:-1] if hidden(sign) else sign for sign in str(name))
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
