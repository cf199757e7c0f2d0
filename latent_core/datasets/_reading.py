"""Reads a person's pictures and labels, whatever they lie in, and makes names of classes out of labels."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from latent_core.datasets import _labelled_arrays, _picture_files
from latent_core.datasets._checking import hidden
from latent_core.datasets._found import Found, OnStep, Wanted
from latent_core.group_names import number_in


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
        return _picture_files.read_folder(source, wanted, on_step)
    if not source.exists():
        raise ValueError(f"there is no folder or file {source}")
    if ending in (".csv", ".tsv", ".txt"):
        return _picture_files.read_table(source, wanted, on_step)
    if ending in (".npz", ".npy"):
        return _labelled_arrays.read_arrays(source, labels, wanted)
    raise ValueError(
        f"{source} is no source of pictures: give a folder with one folder a class, an .npz file with pictures and "
        "labels, an .npy file with --labels, or a .csv table of paths and labels"
    )


def class_name(label: str) -> str:
    """A label as a class's name: composed, without what cannot be shown, and not one that groups have."""
    whole = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in unicodedata.normalize("NFC", label))
    seen = "".join(" " if hidden(sign) else sign for sign in whole)
    name = " ".join(seen.split()) if seen != whole else seen
    return f"{name} (class)" if number_in(name) else name


def in_order(labels: Iterable[str]) -> list[str]:
    """Different labels as people sort them: 2 before 10."""

    def key(label: str) -> list[tuple[int, int, str]]:
        parts = re.split(r"(\d{1,18})", label)
        return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]

    return sorted(set(labels), key=key)
