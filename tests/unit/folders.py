"""A small models folder for tests: a dataset of six pictures and two models of one matrix, all files real and tiny."""

import hashlib
import io
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from safetensors.numpy import save

from latent_core import artifacts
from latent_core.artifacts import DatasetCard, Latent, Metric, ModelCard, Named, Thumbs, layout

CLASSES, SHAPE, LATENT, ROWS = ["a", "b", "c"], [1, 4, 4], 2, 6


def dataset_card(**changes: Any) -> DatasetCard:
    """The card of the dataset `tiny`."""
    card = {
        "format": artifacts.FORMAT, "slug": "tiny", "title": "Tiny", "what": "Made up.", "classes": CLASSES,
        "shape": SHAPE, "source": "here", "licence": "none", "credit": "nobody", "counts": {"train": 4, "test": 2},
        "linear": "linear-2", "default_model": "elbo-2", "start": CLASSES[:2],
        "thumbs": Thumbs(layout.THUMBS, 3, "original"), "classifier": {"accuracy": 0.3333, "n": 3.0},
    }  # fmt: skip
    return DatasetCard(**{**card, **changes})


def rebuilding() -> Metric:
    """How well the toy rebuilds its test pictures."""
    x = pictures()[3:].reshape(3, -1) / 255
    rebuilt = 1 / (1 + np.exp(-(x.astype(np.float32) @ ENCODING @ DECODING)))
    return Metric("squared error", float(np.square(x - rebuilt).mean()), n=3)


def model_card(slug: str = "tiny/elbo-2", **changes: Any) -> ModelCard:
    """The card of a model of it."""
    card = {
        "format": artifacts.FORMAT, "slug": slug, "title": slug, "what": "Made up.",
        "kind": "linear" if "linear" in slug else "vae", "objective": Named("elbo"), "network": Named("mlp"),
        "latent": Latent(LATENT), "likelihood": "bernoulli", "averages_at": list(artifacts.DEPTHS),
        "shape": SHAPE, "classes": CLASSES, "rows": ROWS, "metrics": [rebuilding()],
    }  # fmt: skip
    return ModelCard(**{**card, **changes})


def pictures() -> np.ndarray:
    """(rows, height, width) uint8: one of each class for training, and one, nearly the same, for the test."""
    x = np.concatenate([TYPICAL, TYPICAL]) * 255 + np.random.default_rng(0).normal(0, 3, (ROWS, PIXELS))
    return np.clip(np.round(x), 0, 255).astype(np.uint8).reshape(ROWS, *SHAPE[1:])


def latents() -> np.ndarray:
    """(rows, latent) float32: what the toy encoder makes of the pictures."""
    return (pictures().reshape(ROWS, -1).astype(np.float32) / 255) @ ENCODING


def graph(
    nodes: list[onnx.NodeProto], takes: dict[str, list[Any]], gives: dict[str, list[Any]], **held: np.ndarray
) -> bytes:  # fmt: skip
    """A graph of real numbers with these inputs and outputs, by sizes."""
    values = [
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, sizes) for name, sizes in some.items()]
        for some in (takes, gives)
    ]
    weights = [numpy_helper.from_array(array, name) for name, array in held.items()]
    made = helper.make_graph(nodes, "toy", *values, weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    content: bytes = model.SerializeToString()
    return content


NODE = helper.make_node
PIXELS = int(np.prod(SHAPE))
DECODING = np.random.default_rng(2).normal(0, 1, (LATENT, PIXELS)).astype(np.float32)
PLACES = np.array([[2, 0], [-1, 2], [-1, -2]], np.float32)
TYPICAL = 1 / (1 + np.exp(-PLACES @ DECODING))
"""What the decoder makes of each class's place in the latent space; the encoder finds that place in it."""
ENCODING = np.linalg.lstsq(TYPICAL, PLACES, rcond=None)[0].astype(np.float32)
MIXES = ("mix_first", "mix_second", "mix_logits", "mix_pixels")


def encoder(weights: np.ndarray = ENCODING) -> bytes:
    """One matrix, and a spread of e^0."""
    nodes = [
        NODE("Flatten", ["pictures"], ["flat"]),
        NODE("MatMul", ["flat", "weights"], ["mean"]),
        NODE("Sub", ["mean", "mean"], ["zero"]),
        NODE("Exp", ["zero"], ["spread"]),
    ]
    latent = ["n", LATENT]
    return graph(nodes, {"pictures": ["n", *SHAPE]}, {"mean": latent, "spread": latent}, weights=weights)


def decoder(
    weights: np.ndarray = DECODING,
    extra: tuple[onnx.NodeProto, ...] = (),
    more: tuple[onnx.NodeProto, ...] = (),
    light: str = "light",
) -> bytes:
    """One matrix and a sigmoid; it takes all that a decoder takes. `more` may work on its "light"."""
    nodes = [
        NODE("Mul", ["z", "keep"], ["kept"]),
        NODE("MatMul", ["mix_first", "kept"], ["first"]),
        NODE("MatMul", ["mix_second", "first"], ["second"]),
        NODE("MatMul", ["second", "weights"], ["out"]),
        NODE("MatMul", ["mix_logits", "out"], ["logits"]),
        NODE("Sigmoid", ["logits"], ["light"]),
        *more,
        NODE("MatMul", ["mix_pixels", light], ["pixels"]),
        NODE("Reshape", ["pixels", "shape"], ["pictures"]),
        *extra,
    ]
    takes: dict[str, list[Any]] = {"z": ["rows", LATENT], "keep": [LATENT], "stretch": []}
    takes |= {name: [f"{name}0", f"{name}1"] for name in MIXES}
    shape = np.array([-1, *SHAPE], np.int64)
    return graph(nodes, takes, {"pictures": ["m", *SHAPE]}, weights=weights, shape=shape)


def classifier(weights: np.ndarray | None = None) -> bytes:
    """Probabilities of pictures by one matrix."""
    nodes = [
        NODE("Flatten", ["pictures"], ["flat"]),
        NODE("MatMul", ["flat", "weights"], ["logits"]),
        NODE("Softmax", ["logits"], ["probabilities"]),
    ]
    classes = len(CLASSES)
    held = np.ones((PIXELS, classes), np.float32) if weights is None else weights
    return graph(nodes, {"pictures": ["n", *SHAPE]}, {"probabilities": ["n", classes]}, weights=held)


def judge(weights: np.ndarray) -> bytes:
    """Bits of pictures by one matrix."""
    nodes = [NODE("Flatten", ["pictures"], ["flat"]), NODE("MatMul", ["flat", "weights"], ["bits"])]
    return graph(nodes, {"pictures": ["n", *SHAPE]}, {"bits": ["n", len(CLASSES)]}, weights=weights)


def statistics() -> dict[str, np.ndarray]:
    """Of the three rows that are for training, one a class."""
    mean = latents()[:3]
    return {"mean": mean, "std": np.full_like(mean, 0.01), "count": np.ones(3, np.int32)}


def rows() -> dict[str, np.ndarray]:
    """Three rows for training, three for the test."""
    y = np.array([0, 1, 2, 0, 1, 2], np.int16)
    return {"y": y, "index": np.array([0, 1, 2, 0, 1, 2], np.int32), "split": np.array([0, 0, 0, 1, 1, 1], np.uint8)}


def maps() -> dict[str, np.ndarray]:
    """Places on the three maps."""
    z = latents()
    axes = np.eye(2, LATENT, dtype=np.float32)
    return {"pca": z, "umap": z, "umap3": np.pad(z, ((0, 0), (0, 1))), "pca_centre": z.mean(0), "pca_components": axes}


def sheet(size: tuple[int, int] = (12, 8), turned: bool = False, typical: bool = False, off: int = 0) -> bytes:
    """The thumbnails: three tiles a line; turned, they are other pictures; typical, each is its class's mean; off by up
    to so much, as compressed ones are."""
    shown = pictures()[:, ::-1] if turned else pictures()
    shown = pictures()[[0, 1, 2] * 2] if typical else shown
    noise = np.random.default_rng(5).integers(-off, off + 1, shown.shape)
    shown = np.clip(shown.astype(int) + noise, 0, 255).astype(np.uint8)
    tiles = shown.reshape(2, 3, 4, 4).swapaxes(1, 2).reshape(8, 12)
    out = io.BytesIO()
    Image.fromarray(tiles).resize(size, Image.Resampling.NEAREST).save(out, "WEBP", lossless=True)
    return out.getvalue()


@cache
def _model_files() -> dict[str, bytes]:
    return {
        layout.DECODER: decoder(),
        layout.ENCODER: encoder(),
        layout.LATENTS: save({"z": latents().astype(np.float16)}),
        layout.STATS: save(statistics()),
        layout.PROJECTIONS: save(maps()),
    }


@cache
def _dataset_files() -> dict[str, bytes]:
    means = np.stack([pictures()[k].reshape(-1) / 255 for k in range(3)]).astype(np.float32)
    return {
        layout.ROWS: save(rows()),
        layout.MEANS: save({"pictures": means}),
        layout.CLASSIFIER: classifier(),
        layout.THUMBS: sheet(),
    }


def model_files() -> dict[str, bytes]:
    """All files that a model needs, as real and as small as they can be."""
    return dict(_model_files())


def dataset_files() -> dict[str, bytes]:
    """All files that a dataset needs."""
    return dict(_dataset_files())


def replace_file(folder: Path, file: str, content: bytes, card: str = layout.CARD) -> None:
    """Another content under a right hash, as somebody does who makes a folder to harm."""
    (folder / file).write_bytes(content)
    path = folder / card
    held = json.loads(path.read_text())
    held["files"][file] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    path.write_text(json.dumps(held))


def write(root: Path) -> Path:
    """Two models of one dataset below root."""
    artifacts.write_folder(dataset_card(), dataset_files(), root)
    for slug in ("tiny/elbo-2", "tiny/linear-2"):
        artifacts.write_folder(model_card(slug), model_files(), root)
    return root


def write_searchable(root: Path) -> Path:
    """`tiny/elbo-2` with all that a search asks; its classes lie apart, so that most settings are right.

    Both classifiers take the class whose place is nearest: of a latent's, or of the latent that a picture encodes.
    """
    slug, nearest = "tiny/elbo-2", PLACES.T * 2
    scorer = [NODE("MatMul", ["z", "weights"], ["logits"]), NODE("Softmax", ["logits"], ["probabilities"])]
    told = ["n", len(CLASSES)]
    files = model_files() | {
        layout.STATS: save(statistics() | {"std": np.full_like(PLACES, 0.8), "count": np.full(3, 50, np.int32)}),
        layout.RECONSTRUCTION_CLASSIFIER: classifier(ENCODING @ nearest),
        layout.LATENT_CLASSIFIER: graph(scorer, {"z": ["n", LATENT]}, {"probabilities": told}, weights=nearest),
    }
    artifacts.write_folder(dataset_card(), dataset_files() | {layout.CLASSIFIER: classifier(ENCODING @ nearest)}, root)
    artifacts.write_folder(model_card(slug), files, root)
    artifacts.write_folder(model_card("tiny/linear-2"), model_files(), root)
    return root


def change_card(folder: Path, name: str = layout.CARD, **values: Any) -> None:
    """Writes other values into a card, as a careless or hostile hand would."""
    path = folder / name
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def flip(path: Path) -> None:
    """Changes one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Leaves the first half of a file."""
    os.truncate(path, path.stat().st_size // 2)
