"""Checks a shipped model: its files, torch against onnxruntime, and its rebuilt pictures against its card's figure."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from latent_core import artifacts
from latent_core.artifacts import ModelCard, layout
from latent_core.models.dataset import EncodedDataset
from latent_core.models.spectrum import squared_error, tiles
from latent_core.training import export
from latent_core.training.steps import shared, stages

PICTURES = 16
"""Pictures that torch and onnxruntime are compared on."""
REBUILT = 200
"""Test pictures that are rebuilt."""
MOST_SIGMAS = 6.0
"""How far the mean error of those may lie from the card's, which is of all test pictures, in standard errors."""
COMPRESSED = 0.05
"""How much more the error may be where thumbnails are not the very pictures, as a part of it plus .01."""
ROUNDED = 1e-2
"""How far latents that ship in 16 bits may lie from those that the encoder finds, as a part of 1 + their size."""


class Differs(Exception):
    """A model does something else than its card or torch says; the message says what."""


def verify(slug: str, root: Path | None = None) -> str:
    """A sentence with the largest differences that were found.

    Raises:
        BrokenFolder: files are missing, altered, or hold something else than they should.
        Differs: something does not agree; all that does not is named.
    """
    opened = artifacts.open_model(slug, root)
    around = artifacts.open_dataset_folder(slug.split("/")[0], root)
    stats, z = opened.arrays[layout.STATS], opened.arrays[layout.LATENTS]["z"]
    artifacts.check_agreement(around.card, around.arrays[layout.ROWS], opened.card, stats, z)
    dataset = EncodedDataset(around.card.slug, root)
    folder = artifacts.folder_of(slug, root)
    graphs = [artifacts.read_file(folder, name, opened.card) for name in (layout.ENCODER, layout.DECODER)]
    try:
        faults = [*figures(opened.card, z.astype(np.float32), dataset, *graphs)]
        worst = against_torch(opened.card, dataset, *graphs)
    except Exception as error:  # torch and onnxruntime raise classes of their own for each kind of damage
        raise Differs(f"{slug}: its graphs cannot be run: {' '.join(str(error).split())[:300]}") from error
    faults += [
        f"torch and ONNX differ in {what} by {value:.1e}, more than {export.TOLERANCE:.0e}"
        for what, value in worst.items()
        if not value <= export.TOLERANCE
    ]
    if faults:
        raise Differs(f"{slug}: {'; '.join(faults)}")
    agreed = ", ".join(f"{what} {value:.0e}" for what, value in worst.items())
    return f"hashes and contents right; pictures rebuilt as its card says; torch and ONNX agree: {agreed}"


def figures(card: ModelCard, z: np.ndarray, dataset: EncodedDataset, encoder: bytes, decoder: bytes) -> Iterator[str]:
    """What does not agree with the card: latents that are not those of the pictures, or pictures rebuilt otherwise.

    Where another model's reconstructions stand in for the pictures, they are rebuilt better than the card says; large
    sheets of thumbnails are only close to the pictures.
    """
    exact = shows_all(dataset)
    rows = spread(np.flatnonzero(dataset.rows["split"] == 1), REBUILT)
    pictures = tiles(dataset, rows).astype(np.float32) / np.float32(255)
    mean = export.run(encoder, pictures)[0]
    away = difference(mean / (1 + np.abs(mean)), z[rows] / (1 + np.abs(mean)))
    if exact and not away <= ROUNDED:
        yield f"{layout.ENCODER} finds other latents in the pictures than {layout.LATENTS} holds, by {away:.1e}"
    error = np.square(pictures.astype(np.float64) - export.decode(decoder, mean)).reshape(len(rows), -1).mean(1)
    said, n = squared_error(card)
    if not n:
        yield "its card does not say how well it rebuilds pictures"
        return
    found, left = float(error.mean()), max(0.0, 1 - len(error) / n)  # no chance where all are rebuilt
    chance = float(error.std() / np.sqrt(len(error)) * np.sqrt(left))
    slack = 0.01 * said + 1e-5 if exact else COMPRESSED * (said + 0.01)
    if not (abs(found - said) if exact else found - said) <= MOST_SIGMAS * chance + slack:
        yield f"it rebuilds test pictures with a squared error of {found:.4g} where its card says {said:.4g}"


def shows_all(dataset: EncodedDataset) -> bool:
    """Whether the thumbnails are the very pictures: neither stand-ins, nor compressed as large sheets are."""
    lines = -(-len(dataset.rows["y"]) // dataset.card.thumbs.columns)
    size = lines * dataset.card.thumbs.columns * int(np.prod(dataset.card.shape))
    return dataset.card.thumbs.kind == "original" and size <= shared.LOSSLESS


def against_torch(card: ModelCard, dataset: EncodedDataset, encoder: bytes, decoder: bytes) -> dict[str, float]:
    """The largest difference between torch and onnxruntime in latents, pictures, and pictures mixed at every depth."""
    shape = (card.shape[0], card.shape[1], card.shape[2])
    model = export.restore(card.network.name, card.network.fields, shape, card.latent.size, (encoder, decoder))
    rows = spread(np.arange(len(dataset.rows["y"])), PICTURES)
    pictures = tiles(dataset, rows).astype(np.float32) / np.float32(255)
    mean, deviation = stages.posterior(model, pictures)
    got = export.run(encoder, pictures)
    return {
        "latents": max(difference(mean, got[0]), difference(deviation, got[1])),
        "pictures": difference(stages.rebuild(model, mean), export.decode(decoder, mean)),
        "mixed pictures": _mixed(model, decoder, card.latent.size, dataset.card.ground),
    }


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference; infinite where a value is not a number, as such a value equals nothing."""
    away = np.abs(np.asarray(one, np.float64) - other)
    return float(away.max(initial=0.0)) if np.isfinite(away).all() else float("inf")


def spread(rows: np.ndarray, most: int) -> np.ndarray:
    """Up to `most` of the rows, evenly spread."""
    return rows[np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(int)]


def _mixed(model: stages.networks.Autoencoder, held: bytes, latent: int, ground: list[float]) -> float:
    """Largest difference of a decoder run that mixes at every depth."""
    inputs = export.example(latent, seed=3)
    with torch.no_grad():
        want = export.DecoderGraph(model.decoder, ground)(*inputs).numpy()
    names = ("z", "keep", *export.MIXES, "stretch")
    given = {name: value.numpy() for name, value in zip(names, inputs, strict=True)}
    return difference(want, export.session(held).run(None, given)[0])
