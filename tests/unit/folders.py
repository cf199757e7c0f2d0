"""A small models folder for tests: a dataset and two models whose files are bytes, with cards that fit."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save

from latent_core import artifacts
from latent_core.artifacts import DatasetCard, Latent, ModelCard, Named, Thumbs, layout

CLASSES, SHAPE, LATENT, ROWS = ["a", "b", "c"], [1, 4, 4], 2, 6


def dataset_card(**changes: Any) -> DatasetCard:
    """The card of the dataset `tiny`."""
    card = {
        "format": artifacts.FORMAT, "slug": "tiny", "title": "Tiny", "what": "Made up.", "classes": CLASSES,
        "shape": SHAPE, "source": "here", "licence": "none", "credit": "nobody", "counts": {"train": 4, "test": 2},
        "linear": "linear-2", "default_model": "elbo-2", "start": CLASSES[:2],
        "thumbs": Thumbs(layout.THUMBS, 3, "original"),
    }  # fmt: skip
    return DatasetCard(**{**card, **changes})


def model_card(slug: str = "tiny/elbo-2", **changes: Any) -> ModelCard:
    """The card of a model of it."""
    card = {
        "format": artifacts.FORMAT, "slug": slug, "title": slug, "what": "Made up.",
        "kind": "linear" if "linear" in slug else "vae", "objective": Named("elbo"), "network": Named("mlp"),
        "latent": Latent(LATENT), "likelihood": "bernoulli", "averages_at": list(artifacts.DEPTHS),
        "shape": SHAPE, "classes": CLASSES, "rows": ROWS,
    }  # fmt: skip
    return ModelCard(**{**card, **changes})


def model_files() -> dict[str, bytes]:
    """All files that a model needs; its statistics are real arrays."""
    numbers = np.arange(6, dtype=np.float32).reshape(3, 2)
    stats = save({"mean": numbers, "std": numbers + 1})
    return {name: name.encode() * 9 for name in layout.NEEDED_OF_MODEL} | {layout.STATS: stats}


def dataset_files() -> dict[str, bytes]:
    """All files that a dataset needs."""
    return {name: name.encode() * 9 for name in (*layout.NEEDED_OF_DATASET, layout.THUMBS)}


def write(root: Path) -> Path:
    """Two models of one dataset below root."""
    artifacts.write_folder(dataset_card(), dataset_files(), root)
    for slug in ("tiny/elbo-2", "tiny/linear-2"):
        artifacts.write_folder(model_card(slug), model_files(), root)
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
