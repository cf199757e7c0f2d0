"""Reads pictures from files: a folder of class folders, or a table of paths and labels."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from latent_core.datasets import Split, UnfitPictures
from latent_core.datasets._found import (
    Found,
    OnStep,
    Wanted,
    as_grey,
    as_levels,
    fitted,
    printable,
    the_first,
    usual_size,
)

ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm", ".pbm")
SPLITS: dict[str, Split] = {
    "train": "train", "training": "train", "test": "test", "testing": "test", "val": "test", "valid": "test",
    "validation": "test",
}  # fmt: skip
"""Folder names and words of a table that say which split a picture is of; what validates does not teach."""
PATHS = ("path", "file", "filename", "image", "img", "picture")
LABELS = ("label", "class", "category", "y")
PARTS = ("split", "set", "subset")
"""Headings of a table's columns."""


@dataclass(frozen=True)
class _File:
    """A picture's file, its label, and its split where the source says so."""

    path: Path
    label: str
    split: Split | None = None


def read_folder(source: Path, wanted: Wanted, on_step: OnStep) -> Found:
    """The pictures of a folder with one folder a class, or with train/ and test/ folders of those.

    Raises:
        UnfitPictures: with all that is wrong with them.
    """
    return _pictures(source.name, *_of_folder(source), wanted, on_step)


def read_table(source: Path, wanted: Wanted, on_step: OnStep) -> Found:
    """The pictures that a table names.

    Raises:
        UnfitPictures: with all that is wrong with them, or with the table.
    """
    return _pictures(source.name, *_of_table(source), wanted, on_step)


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
                problems.append(f"the folder {printable(of_class.name)} holds no picture: remove it, or add some")
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
            lost.append(f"{printable(cells[0])} (line {number})")
        elif not cells[1]:
            empty.append(f"line {number}")
        else:
            files.append(_File(file, cells[1], SPLITS.get(cells[2].lower())))
    if lost:
        problems.append(f"{len(lost)} paths name no file, counted from {source.parent}: {the_first(lost)}")
    if empty:
        problems.append(f"{len(empty)} pictures have no label: {the_first(empty)}; label them, or remove the lines")
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
    size, said = usual_size([head for head in heads if head is not None], wanted.size)
    notes = [*notes, *said]
    made: list[np.ndarray] = []
    broken: list[str] = []
    grey = True
    for number, file in enumerate(files):
        try:
            picture = _open(file.path, size, wanted)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            broken.append(f"{printable(str(file.path))} ({type(error).__name__})")
            continue
        grey = grey and bool((picture == picture[..., :1]).all())
        made.append(picture)
        on_step(number + 1, len(files))
    if broken:
        problems = [
            *problems,
            f"{len(broken)} files cannot be read as pictures: {the_first(broken)}; remove or mend them",
        ]
    if problems:
        raise UnfitPictures(what, problems)
    x = np.stack(made)
    channels = wanted.channels or (1 if grey else 3)
    x = (x[..., :1] if grey else as_grey(x)) if channels == 1 else x
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
            plain = Image.fromarray(as_levels(values, low, high)).convert("RGB")
        elif "A" in upright.getbands() or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            plain = Image.new("RGBA", layer.size, wanted.ground)
            plain.alpha_composite(layer)
            plain = plain.convert("RGB")
        else:
            plain = upright.convert("RGB")
    made = np.asarray(plain if plain.size == (size[1], size[0]) else fitted(plain, size, wanted))
    return 255 - made if wanted.invert else made
