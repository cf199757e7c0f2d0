"""What may be done to a folder.

Every content here stands under its right hash: what is caught is caught by what it is.
"""

import io
import re
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from onnx import TensorProto, helper
from PIL import Image
from safetensors.numpy import save

from latent_core.artifacts import Curve, Curves, Reference, Searched, layout, write_curves
from latent_core.artifacts.curves import MEASURES
from latent_core.models.library import open_library
from tests.unit import folders

Harm = Callable[[Path], object]


def changed(file: str, values: dict[str, np.ndarray], **arrays: Any) -> Harm:
    """Other arrays in a file of the model; None takes one out."""
    held = {name: array for name, array in {**values, **arrays}.items() if array is not None}
    return lambda folder: folders.replace_file(folder, file, save(held))


def graph(content: Callable[[], bytes], file: str = layout.DECODER) -> Harm:
    return lambda folder: folders.replace_file(folder, file, content())


def stats(**arrays: Any) -> Harm:
    return changed(layout.STATS, folders.statistics(), **arrays)


def one(array: np.ndarray, value: float) -> np.ndarray:
    """The array with another first number."""
    copy = array.copy()
    copy.flat[0] = value
    return copy


def header(text: bytes) -> Harm:
    """A safetensors file with this header and nothing behind it."""
    return lambda folder: folders.replace_file(folder, layout.STATS, struct.pack("<Q", len(text)) + text)


def loop() -> bytes:
    """A decoder with an endless loop in it."""
    body = helper.make_graph(
        [folders.NODE("Identity", ["go"], ["again"]), folders.NODE("Identity", ["x"], ["y"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("again", TensorProto.BOOL, []),
            helper.make_tensor_value_info("y", TensorProto.FLOAT, []),
        ],
    )
    return folders.decoder(extra=(folders.NODE("Loop", ["", "", "stretch"], ["never"], body=body),))


def external() -> bytes:
    """A decoder whose weights lie in another file."""
    import onnx

    model = onnx.load_from_string(folders.decoder())
    held = model.graph.initializer[0]
    held.ClearField("raw_data")
    held.data_location = TensorProto.EXTERNAL
    held.external_data.add(key="location", value="../../../etc/passwd")
    content: bytes = model.SerializeToString()
    return content


def curves(**changes: Any) -> Harm:
    """A file of curves in the model's folder, with other values than such a file may have."""
    shares = {name: [0.5] for name in (*MEASURES, "scale")}
    theta = [[0.5] * folders.LATENT] * 3
    one = dict.fromkeys(MEASURES, 0.5)
    held = Curves(
        format=1, slug="tiny/elbo-2", draws=1, seeds=1, accuracy=0.9,
        families=[Curve(family="diagonal", **{**shares, **changes.pop("family", {})})],
        references=[Reference("rebuilt", 0.5, 0.5, 0.5, 9)],
        searched=[Searched(name="x", family="diagonal", **{"theta": theta, **one, **changes.pop("searched", {})})],
    )  # fmt: skip
    return graph(lambda: write_curves(msgspec.structs.replace(held, **changes)), layout.CURVES)


MEAN, STD = folders.statistics()["mean"], folders.statistics()["std"]

Z = folders.latents()

NAN, HUGE = float("nan"), 1e30

DEEP = "[" * 3000 + "]" * 3000


def instead(file: str, put: Callable[[Path], object]) -> Harm:
    """Something else in the place of a file."""
    return lambda folder: ((folder / file).unlink(), put(folder / file))


def check_alone_broken(root: Path, sentence: str) -> None:
    """The model is broken with that sentence, quickly; the other one works."""
    began = time.monotonic()
    library = open_library(root)
    assert time.monotonic() - began < 2
    assert [*library.model_cards] == ["tiny/linear-2"] and [*library.broken] == ["tiny/elbo-2"]
    said = library.broken["tiny/elbo-2"]
    assert len(said) < 400 and "\n" not in said and said.startswith("tiny/elbo-2 ") and said.endswith(".")
    assert re.search(sentence, said), said


def rows(**arrays: np.ndarray) -> Harm:
    content = save({**folders.rows(), **arrays})
    return lambda folder: folders.replace_file(folder, layout.ROWS, content, layout.DATASET_CARD)


def origins(**arrays: np.ndarray) -> Harm:
    content = save({"changed": np.zeros(6, np.uint8), **arrays})
    return lambda folder: folders.replace_file(folder, layout.ORIGINS, content, layout.DATASET_CARD)


def shared(file: str, content: Callable[[], bytes]) -> Harm:
    return lambda folder: folders.replace_file(folder, file, content(), layout.DATASET_CARD)


def webp(frames: int) -> bytes:
    """A moving picture."""
    out = io.BytesIO()
    images = [Image.new("L", (12, 8), 9 * i) for i in range(frames)]
    images[0].save(out, "WEBP", save_all=True, append_images=images[1:], lossless=True)
    return out.getvalue()


Y = folders.rows()["y"]


def other_decoder() -> bytes:
    """Another model's decoder of the same sizes."""
    return folders.decoder(np.ascontiguousarray(folders.DECODING[:, ::-1]))
