"""Finds and reads raw files on disk, and downloads them through torchvision where there is no --root."""

import gzip
import struct
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np

from latent_core.datasets import DataMissing


def cache_folder() -> Path:
    """Where downloads are kept: ~/.cache/medley."""
    folder = Path.home() / ".cache" / "medley"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def below(root: Path, *names: str) -> Iterator[Path]:
    """Every file below root with one of these names, nearest and alphabetical first."""
    if not root.is_dir():
        raise DataMissing(f"--root {root} is not a folder")
    hits = [path for name in names for path in root.rglob(name) if path.is_file()]
    yield from sorted(hits, key=lambda path: (len(path.parts), str(path)))


def read_idx(path: Path) -> np.ndarray:
    """The uint8 array of an IDX file (plain or .gz): magic number, sizes as big-endian int32, bytes."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    kind, dimensions = raw[2], raw[3]
    if raw[:2] != b"\0\0" or kind != 8:
        raise DataMissing(f"{path} is not an IDX file of bytes")
    shape = struct.unpack(f">{dimensions}i", raw[4 : 4 + 4 * dimensions])
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def find_idx(root: Path, first_labels: tuple[int, ...], split: str, what: str) -> tuple[np.ndarray, np.ndarray]:
    """Images (n, height, width) and labels (n,) of the IDX set whose training labels begin so.

    MNIST, Fashion-MNIST and their cousins use the same file names: the labels tell them apart, not the folder's name.
    """
    for labels in below(root, "train-labels-idx1-ubyte", "train-labels-idx1-ubyte.gz"):
        if tuple(read_idx(labels)[: len(first_labels)]) != first_labels:
            continue
        start = "train" if split == "train" else "t10k"
        parts = [next(below(labels.parent, f"{start}-{kind}-ubyte*"), None) for kind in ("images-idx3", "labels-idx1")]
        if parts[0] is not None and parts[1] is not None:
            return read_idx(parts[0]), read_idx(parts[1])
    raise DataMissing(f"no {what} below {root}: it needs train-images-idx3-ubyte, train-labels-idx1-ubyte and t10k-*")


def idx_split(
    root: Path | None, split: str, name: str, first_labels: tuple[int, ...], what: str
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Images (n, height, width, 1) uint8 and labels (n,) int16 of MNIST or one of its cousins.

    Args:
        root: where to look for its IDX files; None downloads it.
        name: torchvision's for it.
        first_labels: of its training pictures, by which it is known on disk.
        what: its name in a sentence.
    """
    if root is None:
        raw = downloaded(name, train=split == "train")
        images, labels = np.asarray(raw.data), np.asarray(raw.targets)  # type: ignore[attr-defined]
    else:
        images, labels = find_idx(root, first_labels, split, what)
    return images[..., None], labels.astype(np.int16)


def torchvision_datasets() -> ModuleType:
    """torchvision.datasets, or a plain sentence where the pair of torch and torchvision does not load."""
    try:
        import torchvision.datasets
    except Exception as error:  # a mismatched pair fails with RuntimeError or OSError, not only ImportError
        raise DataMissing(
            "torchvision does not load beside this torch: install the pair that requirements.txt names, "
            f"or give --root with the files on disk ({type(error).__name__}: {error})"
        ) from error
    module: ModuleType = torchvision.datasets
    return module


def downloaded(name: str, **options: object) -> object:
    """A torchvision dataset, downloaded once into the cache folder."""
    maker = getattr(torchvision_datasets(), name)
    try:
        return maker(str(cache_folder()), download=True, **options)
    except Exception as error:
        raise DataMissing(f"{name} could not be downloaded ({error}): give --root with the files on disk") from error
