"""What must be inside each file of a model's or a dataset's folder: arrays with their sizes and ranges, and graphs.

A right hash says that a file is the one that its card means; it says nothing of what is in it. Everything is checked
when a folder is opened, so that what a page uses later is known to be usable.
"""

import io
import json
import math
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from latent_core.artifacts import layout
from latent_core.artifacts.card import DatasetCard, ModelCard
from latent_core.artifacts.graph_file import Sizes, check_graph

MOST = 1e6
"""Of any latent, statistic or place on a map; those that ship stay below 30."""
MOST_HEADER = 100_000
"""Bytes of a safetensors file's header; each of ours has a few arrays."""


class BadContent(ValueError):
    """A file holds something else than its name promises; the message goes on after that name."""


@dataclass(frozen=True)
class Array:
    """An array: its sizes (a number, a name of `sizes_of`, None for any), its range, and whether it may be missing."""

    sizes: tuple[int | str | None, ...]
    low: float = -MOST
    high: float | str = MOST
    whole: bool = False
    optional: bool = False


_PER_CLASS = ("classes", "latent")
ARRAYS: Mapping[str, Mapping[str, Array]] = MappingProxyType(
    {
        layout.STATS: {
            "mean": Array(_PER_CLASS),
            "std": Array(_PER_CLASS, 0),
            "covariance": Array((*_PER_CLASS, "latent"), optional=True),
            "count": Array(("classes",), 0, 2**31, whole=True, optional=True),
            "share": Array(("latent",), 0, 1.001, optional=True),
            "error": Array(("errors",), 0, optional=True),
        },
        layout.CENTRES: {
            "centres": Array(("classes", None, "latent")),
            "share": Array(("classes", None), 0, 1.001, optional=True),
        },
        layout.LATENTS: {"z": Array(("rows", "latent"))},
        layout.PROJECTIONS: {
            "pca": Array(("rows", None)),
            "umap": Array(("rows", 2)),
            "umap3": Array(("rows", 3)),
            "pca_centre": Array(("latent",)),
            "pca_components": Array((None, "latent")),
            "pca_share": Array((None,), 0, 1.001, optional=True),
        },
        layout.CLOUDS: {
            "factor": Array((*_PER_CLASS, "latent")),
            "weight": Array(("classes", None), 0, 1.001),
            "dead": Array(("latent",), 0, 1),
            "centre": Array(("classes", None, "latent")),
            "spread": Array(("classes", None, "latent", "latent")),
        },
        layout.ROWS: {
            "y": Array(("rows",), 0, "last_class", whole=True),
            "index": Array(("rows",), 0, 2**31, whole=True),
            "split": Array(("rows",), 0, 1, whole=True),
        },
        layout.ORIGINS: {
            "changed": Array(("rows",), 0, 1, whole=True),
            "artist": Array(("rows",), 0, "last_artist", whole=True, optional=True),
        },
        layout.MEANS: {"pictures": Array(("classes", "pixels"), 0, 1.001)},
        layout.CONTROLS: {"foreign": Array((None, "channels", "height", "width"), 0, 255, whole=True)},
        layout.STROKES: {
            "points": Array((None, 2)),
            "starts": Array((None,), 0, 2**31, whole=True),
            "classes": Array((None,), 0, "last_class", whole=True),
        },
    }
)


def sizes_of(card: ModelCard | DatasetCard) -> dict[str, int]:
    """The sizes that a card promises, by the names that `ARRAYS` uses; a dataset's rows are counted in its file."""
    channels, height, width = card.shape
    known = {"channels": channels, "height": height, "width": width, "pixels": channels * height * width}
    known |= {"classes": len(card.classes), "last_class": len(card.classes) - 1}
    if isinstance(card, DatasetCard):
        return known | {"last_artist": len(card.artists) - 1}
    latent = card.latent.size
    return known | {"rows": card.rows, "latent": latent, "errors": latent + 1}


def read(content: bytes, file: str, sizes: dict[str, int]) -> dict[str, np.ndarray]:
    """The arrays of one of the safetensors files, read-only, each within its range.

    Args:
        sizes: by name; one that is not known yet is taken from the first array that has it.

    Raises:
        BadContent: another file, a missing array, another size or kind, or a number outside its range.
    """
    _check_header(content)
    try:
        arrays = load_tensors(content)
    except (SafetensorError, ValueError, KeyError, AttributeError) as error:
        raise BadContent(f"is not safetensors: {str(error)[:100]}") from error
    for name, wanted in ARRAYS.get(file, {}).items():
        if name not in arrays:
            if wanted.optional:
                continue
            raise BadContent(f"has no array {name!r}")
        _check_array(name, arrays[name], wanted, sizes)
    for array in arrays.values():
        array.setflags(write=False)
    return arrays


def _check_header(content: bytes) -> None:
    """Refuses what would take long to read, and names that are there twice, of which a reader would take one."""
    size = struct.unpack("<Q", content[:8])[0] if len(content) >= 8 else MOST_HEADER + 1
    if size > MOST_HEADER:
        raise BadContent("is not safetensors, or has more arrays than any of ours")
    names: list[str] = []

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        names[:] = [name for name, _ in found]  # the outermost record comes last
        return dict(found)

    try:
        json.loads(content[8 : 8 + size], object_pairs_hook=pairs)
    except (ValueError, RecursionError) as error:
        raise BadContent("is not safetensors") from error
    if len(set(names)) < len(names):
        raise BadContent("names an array twice")


def _check_array(name: str, array: np.ndarray, wanted: Array, sizes: dict[str, int]) -> None:
    shape = [sizes.get(size) if isinstance(size, str) else size for size in wanted.sizes]
    if array.ndim != len(shape) or any(want not in (None, have) for want, have in zip(shape, array.shape, strict=True)):
        spelled = ", ".join("any" if size is None else str(size) for size in shape)
        raise BadContent(f"has the array {name!r} of shape {array.shape} where ({spelled}) belongs")
    for size, have in zip(wanted.sizes, array.shape, strict=True):
        if isinstance(size, str):
            sizes.setdefault(size, have)
    low, high = wanted.low, sizes[wanted.high] if isinstance(wanted.high, str) else wanted.high
    kinds = "iu" if wanted.whole or name == "dead" else "f"
    if array.dtype.kind not in kinds:
        kind = "whole numbers" if kinds == "iu" else "real numbers"
        raise BadContent(f"has the array {name!r} of {array.dtype}, where {kind} belong")
    wide = array.astype(np.float32) if array.dtype == np.float16 else array  # numpy is slow at comparing half ones
    if array.size and not (low <= float(wide.min()) and float(wide.max()) <= high):  # NaN is neither
        found = "values that are not numbers" if not np.isfinite(wide).all() else f"values outside {low:g} to {high:g}"
        raise BadContent(f"has the array {name!r} with {found}")


def check_onnx(content: bytes, file: str, card: ModelCard | DatasetCard) -> None:
    """Refuses a graph that is none of its name, or one that is not run.

    Raises:
        BadGraph: the message says why.
    """
    pictures = (None, *card.shape)
    classes = len(card.classes)
    if isinstance(card, ModelCard):
        latent = card.latent.size
        decoder = {"z": (None, latent), "keep": (latent,), "stretch": ()}
        decoder |= dict.fromkeys(("mix_first", "mix_second", "mix_logits", "mix_pixels"), (None, None))
        known: dict[str, tuple[Sizes, Sizes]] = {
            layout.ENCODER: ({"pictures": pictures}, {"mean": (None, latent), "spread": (None, latent)}),
            layout.DECODER: (decoder, {"pictures": pictures}),
            layout.RECONSTRUCTION_CLASSIFIER: ({"pictures": pictures}, {"probabilities": (None, classes)}),
            layout.LATENT_CLASSIFIER: ({"z": (None, latent)}, {"probabilities": (None, classes)}),
            layout.PRIOR: (
                {"noise": (None, None, latent + 1), "theta": (None, latent), "n": (), "which": (None, classes)},
                {"z": (None, None, latent)},
            ),
        }
    else:
        judged = len(card.judge.classes) if card.judge else classes
        known = {
            layout.CLASSIFIER: ({"pictures": pictures}, {"probabilities": (None, classes)}),
            layout.JUDGE: ({"pictures": pictures}, {"bits": (None, judged)}),
            layout.GUIDE: ({"pictures": pictures}, {"bits": (None, judged)}),
        }
    if file in known:
        check_graph(content, *known[file])


def check_thumbs(content: bytes, card: DatasetCard, rows: int) -> None:
    """Refuses a sheet of pictures that has no tile for each row; only its header is read.

    Raises:
        BadContent: no picture, or one of another size or number of colours.
    """
    from PIL import Image

    channels, height, width = card.shape
    size = (card.thumbs.columns * width, math.ceil(rows / card.thumbs.columns) * height)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            sheet = Image.open(io.BytesIO(content), formats=["WEBP", "PNG"])
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadContent("is no picture that can be read") from error
    if sheet.size != size:
        raise BadContent(f"is {sheet.width} x {sheet.height} pixels, where {size[0]} x {size[1]} belong")
    if channels not in (1, 3) or getattr(sheet, "n_frames", 1) != 1:
        raise BadContent("is no single sheet of grey or coloured pictures")
