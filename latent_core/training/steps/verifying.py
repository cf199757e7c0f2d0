"""Checks a shipped model: hashes, and torch against onnxruntime on 16 pictures."""

from pathlib import Path

import numpy as np
import torch
from PIL import Image

from latent_core import artifacts
from latent_core.artifacts import layout
from latent_core.training import export
from latent_core.training.steps import stages

PICTURES = 16


class Differs(Exception):
    """A model's graphs do something else than torch does with their weights."""


def verify(slug: str, root: Path | None = None) -> str:
    """A sentence with the largest differences that were found.

    Raises:
        BrokenFolder: a file is missing or altered.
        Differs: torch and ONNX differ by more than export.TOLERANCE.
    """
    card = artifacts.open_model_card(slug, root)
    folder = artifacts.folder_of(slug, root)
    model = stages.networks_of(card, folder)
    pictures = sample(slug.split("/")[0], root)
    mean, spread = stages.posterior(model, pictures)
    got = export.run((folder / layout.ENCODER).read_bytes(), pictures)
    held = (folder / layout.DECODER).read_bytes()
    worst = {
        "latents": max(float(np.abs(mean - got[0]).max()), float(np.abs(spread - got[1]).max())),
        "pictures": float(np.abs(stages.rebuild(model, mean) - export.decode(held, mean)).max()),
        "mixed pictures": _mixed(model, held, card.latent.size),
    }
    for what, value in worst.items():
        if not value <= export.TOLERANCE:
            raise Differs(f"{slug}: torch and ONNX differ in {what} by {value:.1e}, more than {export.TOLERANCE:.0e}")
    return "hashes right; torch and ONNX agree: " + ", ".join(f"{what} {value:.0e}" for what, value in worst.items())


def sample(dataset: str, root: Path | None) -> np.ndarray:
    """16 of the dataset's thumbnails, spread over its rows: (16, channels, height, width) float32, 0..1."""
    card = artifacts.open_dataset(dataset, root)
    sheet = np.asarray(Image.open(artifacts.folder_of(dataset, root) / card.thumbs.file))
    channels, height, width = card.shape
    sheet = sheet.reshape(sheet.shape[0], sheet.shape[1], -1)[..., :channels]
    columns = card.thumbs.columns
    full = sheet.shape[0] // height * columns - columns  # the last line may be half empty
    picked = []
    for row in np.linspace(0, max(full, 1) - 1, PICTURES).astype(int):
        top, left = row // columns * height, row % columns * width
        picked.append(sheet[top : top + height, left : left + width].transpose(2, 0, 1))
    return np.stack(picked).astype(np.float32) / np.float32(255)


def _mixed(model: stages.networks.Autoencoder, held: bytes, latent: int) -> float:
    """Largest difference of a decoder run that mixes at every depth."""
    inputs = export.example(latent, seed=3)
    with torch.no_grad():
        want = export.DecoderGraph(model.decoder)(*inputs).numpy()
    names = ("z", "keep", *export.MIXES, "stretch")
    given = {name: value.numpy() for name, value in zip(names, inputs, strict=True)}
    return float(np.abs(want - export.session(held).run(None, given)[0]).max())
