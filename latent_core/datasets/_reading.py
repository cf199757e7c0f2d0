"""Reads a person's pictures and labels: a folder of class folders, arrays with labels, or a table of both."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image, ImageOps

from latent_core.datasets import Split, UnfitPictures
from latent_core.datasets._checking import NAMED, hidden

Fit = Literal["crop", "pad", "stretch"]
Ground = Literal["white", "black"]
OnStep = Callable[[int, int], None]
ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm", ".pbm")
SPLITS: dict[str, Split] = {
    "train": "train", "training": "train", "test": "test", "testing": "test", "val": "test", "valid": "test",
    "validation": "test",
}  # fmt: skip
"""Folder names and words of a table that say which split a picture is of; what validates does not teach."""
USUAL_SIDE, LEAST_SIDE = 64, 8
"""Pixels of the longer side unless it is told, and of the shorter one at least."""
PATHS = ("path", "file", "filename", "image", "img", "picture")
LABELS = ("label", "class", "category", "y")
PARTS = ("split", "set", "subset")
"""Headings of a table's columns."""
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


def read(source: Path, wanted: Wanted, labels: Path | None = None, on_step: OnStep = lambda i, n: None) -> Found:
    """The pictures and labels of a source.

    Args:
        source: a folder, a .csv or .tsv table, or an .npz or .npy file.
        labels: .npy file with the labels of an .npy file.

    Raises:
        UnfitPictures: with all that is wrong with what was found.
        ValueError: no such kind of source; the message says which there are.
    """
    ending = source.suffix.lower()
    if source.is_dir():
        return _pictures(source.name, *_of_folder(source), wanted, on_step)
    if not source.exists():
        raise ValueError(f"there is no folder or file {source}")
    if ending in (".csv", ".tsv", ".txt"):
        return _pictures(source.name, *_of_table(source), wanted, on_step)
    if ending in (".npz", ".npy"):
        return _of_arrays(source, labels, wanted)
    raise ValueError(
        f"{source} is no source of pictures: give a folder with one folder a class, an .npz file with pictures and "
        "labels, an .npy file with --labels, or a .csv table of paths and labels"
    )


@dataclass(frozen=True)
class _File:
    """A picture's file, its label, and its split where the source says so."""

    path: Path
    label: str
    split: Split | None = None


def _of_folder(source: Path) -> tuple[list[_File], list[str], list[str]]:
    """Files of a folder of class folders, or of train/ and test/ folders of those; what is wrong; what was done."""
    inner = _folders(source)
    parts = {path: SPLITS.get(path.name.lower()) for path in inner}
    split = all(parts.values()) and "train" in parts.values() and any(_folders(path) for path in inner)
    tops = [(path, parts[path] if split else None) for path in (inner if split else [source])]
    files: list[_File] = []
    problems: list[str] = []
    other = loose = 0
    for top, part in tops:
        loose += sum(path.suffix.lower() in ENDINGS for path in _files(top))
        for of_class in _folders(top):
            there = _below(of_class)
            mine = [path for path in there if path.suffix.lower() in ENDINGS]
            other += len(there) - len(mine)
            files += [_File(path, of_class.name, part) for path in mine]
            if not mine:
                problems.append(f"the folder {_shown(of_class.name)} holds no picture: remove it, or add some")
    if not files:
        problems = [
            f"{source} holds no folders with pictures ({', '.join(ENDINGS[:6])} ...): make one folder a class, "
            "named as the class"
        ]
    elif loose:
        problems.append(f"{loose} pictures lie in no class's folder: move each into the folder of its class")
    notes = [f"{other} files are no pictures and were left out"] if other else []
    return files, problems, notes


def _folders(path: Path) -> list[Path]:
    return sorted(one for one in path.iterdir() if one.is_dir() and not _ignored(one.name))


def _files(path: Path) -> list[Path]:
    return sorted(one for one in path.iterdir() if one.is_file() and not _ignored(one.name))


def _below(path: Path) -> list[Path]:
    """Every file below a folder, alphabetical."""
    return [*_files(path), *(file for folder in _folders(path) for file in _below(folder))]


def _ignored(name: str) -> bool:
    return name.startswith((".", "__MACOSX")) or name.lower() in ("thumbs.db", "desktop.ini")


def _of_table(source: Path) -> tuple[list[_File], list[str], list[str]]:
    """Files that a table names, what is wrong, and what was done; paths count from the table's folder."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnfitPictures(str(source), [f"it is not UTF-8 text ({error.reason}): save it as CSV in UTF-8"]) from error
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    lines = csv.reader(text.splitlines(), dialect)
    rows = [[cell.strip() for cell in row] for row in lines if any(map(str.strip, row))]
    if not rows or len(rows[0]) < 2:
        raise UnfitPictures(str(source), ["it has no two columns: write a path and a label in every line"])
    head = [cell.lower() for cell in rows[0]]
    columns = [[head.index(one) for one in names if one in head] for names in (PATHS, LABELS, PARTS)]
    path, label, part = (found[0] if found else -1 for found in columns)
    named = path >= 0 and label >= 0
    places = (path, label, part) if named else (0, 1, 2)
    files, problems, lost, empty = [], [], [], []
    for number, row in enumerate(rows[1:] if named else rows, 2 if named else 1):
        cells = [row[place] if 0 <= place < len(row) else "" for place in places]
        file = source.parent / cells[0]
        if not file.is_file():
            lost.append(f"{_shown(cells[0])} (line {number})")
        elif not cells[1]:
            empty.append(f"line {number}")
        else:
            files.append(_File(file, cells[1], SPLITS.get(cells[2].lower())))
    if lost:
        problems.append(f"{len(lost)} paths name no file, counted from {source.parent}: {_first(lost)}")
    if empty:
        problems.append(f"{len(empty)} pictures have no label: {_first(empty)}; label them, or remove the lines")
    if files and not named and not all(file.split for file in files):
        files = [_File(file.path, file.label) for file in files]  # a third column that means something else
    return files, problems, []


def _pictures(
    what: str, files: list[_File], problems: list[str], notes: list[str], wanted: Wanted, on_step: OnStep
) -> Found:  # fmt: skip
    """The files' pictures, all made one size and one kind.

    Raises:
        UnfitPictures: for what was wrong before, and for every file that is no picture.
    """
    if not files:
        raise UnfitPictures(what, problems or ["it names no pictures"])
    heads = [_head(file.path) for file in files]
    size, said = _size([head for head in heads if head is not None], wanted.size)
    notes = [*notes, *said]
    made: list[np.ndarray] = []
    broken: list[str] = []
    grey = True
    for number, file in enumerate(files):
        try:
            picture = _open(file.path, size, wanted)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            broken.append(f"{_shown(str(file.path))} ({type(error).__name__})")
            continue
        grey = grey and bool((picture == picture[..., :1]).all())
        made.append(picture)
        on_step(number + 1, len(files))
    if broken:
        problems = [*problems, f"{len(broken)} files cannot be read as pictures: {_first(broken)}; remove or mend them"]
    if problems:
        raise UnfitPictures(what, problems)
    x = np.stack(made)
    channels = wanted.channels or (1 if grey else 3)
    x = (x[..., :1] if grey else _grey(x)) if channels == 1 else x
    splits = [file.split for file in files if file.split]
    return Found(x, [file.label for file in files], splits if len(splits) == len(files) else None, notes)


def _head(path: Path) -> tuple[int, int] | None:
    """(height, width) of a picture's file as it is seen, None where it is none."""
    try:
        with Image.open(path) as image:
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            return (image.width, image.height) if turned else (image.height, image.width)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def _size(found: Sequence[tuple[int, int]], wanted: tuple[int, int] | None) -> tuple[tuple[int, int], list[str]]:
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


def _open(path: Path, size: tuple[int, int], wanted: Wanted) -> np.ndarray:
    """(height, width, 3) uint8: the picture upright, on its ground, at that size."""
    with Image.open(path) as image:
        image.draft("RGB", (2 * size[1], 2 * size[0]))
        upright = ImageOps.exif_transpose(image)
        assert upright is not None
        deep = upright.mode.startswith(("I", "F"))
        if deep:  # 16 bits and more, which PIL would cut off
            values = np.asarray(upright, np.float64)
            low, high = wanted.span or (0, 65535 if values.max() > 255 else 255)
            plain = Image.fromarray(_levels(values, low, high)).convert("RGB")
        elif "A" in upright.getbands() or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            plain = Image.new("RGBA", layer.size, wanted.ground)
            plain.alpha_composite(layer)
            plain = plain.convert("RGB")
        else:
            plain = upright.convert("RGB")
    to = (size[1], size[0])
    if plain.size != to:
        how = Image.Resampling.LANCZOS
        if wanted.fit == "crop":
            plain = ImageOps.fit(plain, to, how)
        elif wanted.fit == "pad":
            plain = ImageOps.pad(plain, to, how, color=wanted.ground)
        else:
            plain = plain.resize(to, how)
    made = np.asarray(plain)
    return 255 - made if wanted.invert else made


def _grey(x: np.ndarray) -> np.ndarray:
    """(n, height, width, 1): luminance of (n, height, width, 3), as PIL weighs it (ITU-R 601); grey stays itself."""
    weighed = x.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.round(weighed).clip(0, 255).astype(np.uint8)[..., None]


def _levels(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values as uint8, low black and high white."""
    return np.round((values.astype(np.float64) - low) / max(high - low, 1e-12) * 255).clip(0, 255).astype(np.uint8)


def _of_arrays(source: Path, labels: Path | None, wanted: Wanted) -> Found:
    """Pictures and labels of numpy files."""
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
    pictures = np.concatenate([one if one.dtype == np.uint8 and exact else _levels(one, *span) for one in x])
    pictures = _resized(pictures, wanted, notes)
    if wanted.channels == 1 and pictures.shape[3] == 3:
        pictures = _grey(pictures)
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
    size, said = _size([(x.shape[1], x.shape[2])], wanted.size)
    notes += said
    if size == x.shape[1:3]:
        return x
    flat = x[..., 0] if x.shape[3] == 1 else x
    to, how = (size[1], size[0]), Image.Resampling.LANCZOS
    images = (Image.fromarray(one) for one in flat)
    if wanted.fit == "crop":
        made = [np.asarray(ImageOps.fit(one, to, how)) for one in images]
    elif wanted.fit == "pad":
        made = [np.asarray(ImageOps.pad(one, to, how, color=wanted.ground)) for one in images]
    else:
        made = [np.asarray(one.resize(to, how)) for one in images]
    return np.stack(made).reshape(len(x), *size, x.shape[3])


RESERVED = re.compile(r"^Group [1-9]\d*$")
"""Names that the pages give to groups of points."""


def class_name(label: str) -> str:
    """A label as a class's name: composed, without what cannot be shown, and not one that groups have."""
    whole = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in unicodedata.normalize("NFC", label))
    seen = "".join(" " if hidden(sign) else sign for sign in whole)
    name = " ".join(seen.split()) if seen != whole else seen
    return f"{name} (class)" if RESERVED.match(name) else name


def in_order(labels: Iterable[str]) -> list[str]:
    """Different labels as people sort them: 2 before 10."""

    def key(label: str) -> list[tuple[int, int, str]]:
        parts = re.split(r"(\d{1,18})", label)
        return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]

    return sorted(set(labels), key=key)


def _shown(text: str) -> str:
    return "".join(ascii(sign)[1:-1] if hidden(sign) else sign for sign in text)[-120:]


def _first(found: Sequence[str]) -> str:
    return ", ".join(found[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
