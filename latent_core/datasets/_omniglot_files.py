"""Finds Omniglot's drawings on disk, in folders or zip files, or downloads them."""

import io
import re
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from latent_core.datasets import DataMissing
from latent_core.datasets._raw import below, cache_folder, downloaded

PLACE = re.compile(r"([^/]+)/character(\d+)/[^/]+_(\d+)\.png$")


def drawings(root: Path | None, wanted: list[tuple[str, int]]) -> list[list[np.ndarray]]:
    """For each wanted (alphabet, number): its 20 drawings, by writer, as (105, 105) bool with True for ink.

    Raises:
        DataMissing: a character is not there.
    """
    if root is None:
        downloaded("Omniglot", background=True)
        root = cache_folder() / "omniglot-py"
    found: dict[tuple[str, int], dict[int, bytes]] = {character: {} for character in wanted}
    for name, read in _pngs(root):
        match = PLACE.search(name)
        key = (match[1], int(match[2])) if match else ("", 0)
        if match and key in found:
            found[key].setdefault(int(match[3]), read())
    short = [key for key, files in found.items() if len(files) < 20]
    if short:
        alphabet, number = short[0]
        raise DataMissing(
            f"no Omniglot drawings of {alphabet} character {number} below {root}: "
            "it needs images_background.zip, or both images_background_small zips, or their folders"
        )
    return [[_ink(files[writer]) for writer in sorted(files)] for files in found.values()]


def _pngs(root: Path):  # type: ignore[no-untyped-def]
    """(path, function that reads it) of every PNG below root, in folders and in images_background*.zip."""
    for path in below(root, "*_[0-9][0-9].png"):
        yield path.as_posix(), path.read_bytes
    for packed in below(root, "images_background*.zip"):
        with zipfile.ZipFile(packed) as file:
            for name in sorted(file.namelist()):
                if name.endswith(".png"):
                    yield name, lambda name=name: file.read(name)


def _ink(png: bytes) -> np.ndarray:
    """True where the pen was."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("L")) < 128
