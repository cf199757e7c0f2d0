"""Checks what a dataset's models share: its classifier, judge and guide, scored anew against its card's own figures."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from latent_core import artifacts, metrics
from latent_core.artifacts import layout
from latent_core.datasets import torn
from latent_core.models.dataset import EncodedDataset
from latent_core.models.spectrum import tiles
from latent_core.training import export
from latent_core.training.judges import judging
from latent_core.training.steps.verifying import MOST_SIGMAS, Differs, shows_all

ROUNDED = 0.002
"""How far an accuracy of the very pictures that a card speaks of may be off: rounding, other builds of a runtime."""
OVERLAYS, STRANGERS = 0.06, 0.15
"""How far recoverability from 300 overlays, and from pictures of no class, may lie from the card's: both are drawn by
chance, and an AUC of pictures of no class varies by .3."""
STAND_INS = 0.1
"""The same on top where the thumbnails are not the very pictures."""
MOST_PICTURES = 2_000
"""Test pictures, evenly spread, that overlays are made of."""


def verify_shared(slug: str, root: Path | None = None) -> str:
    """A sentence about what was scored.

    Raises:
        BrokenFolder: files are missing, altered, or hold something else than they should.
        Differs: a figure is not that of the card; all that are not are named.
    """
    dataset = EncodedDataset(slug, root)
    try:
        faults = [*_classifier(dataset), *_judges(dataset)]
    except artifacts.BrokenFolder:
        raise
    except Exception as error:  # onnxruntime raises classes of its own for each kind of damage
        raise Differs(f"{slug}: its graphs cannot be run: {' '.join(str(error).split())[:300]}") from error
    if faults:
        raise Differs(f"{slug}: {'; '.join(faults)}")
    return f"classifier{', judge and guide score' if dataset.card.judge else ' scores'} as its card says"


def _classifier(dataset: EncodedDataset) -> Iterator[str]:
    """What is wrong with the classifier's share of right test pictures."""
    rows = np.flatnonzero(dataset.rows["split"] == 1)
    said, n = dataset.card.classifier.get("accuracy"), dataset.card.classifier.get("n", 0.0)
    if said is None or not n or not len(rows):
        yield f"its card does not say how often {layout.CLASSIFIER} is right"
        return
    held = artifacts.read_file(dataset.folder, layout.CLASSIFIER, dataset.card)
    found = metrics.accuracy(export.run(held, _pictures(dataset, rows))[0], dataset.rows["y"][rows])
    left = max(0.0, 1 - len(rows) / n)
    chance = MOST_SIGMAS * np.sqrt(max(said * (1 - said), 1 / n) / len(rows) * left)
    if not abs(found - said) <= chance + ROUNDED + STAND_INS * (not shows_all(dataset)):
        yield f"{layout.CLASSIFIER} is right about {found:.3f} of the test pictures where its card says {said:.3f}"


def _judges(dataset: EncodedDataset) -> Iterator[str]:
    """What is wrong with judge and guide: overlays of test pictures, and pictures of no class."""
    card = dataset.card
    if card.judge is None:
        return
    if dataset.unjudged:
        yield dataset.unjudged.rstrip(".")
        return
    if card.files[layout.JUDGE].sha256 == card.files[layout.GUIDE].sha256:
        yield f"{layout.JUDGE} and {layout.GUIDE} are the same, so that what steers would score itself"
    rows = np.flatnonzero(dataset.rows["split"] == 1)
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_PICTURES)).astype(int)]
    test = torch.from_numpy(_pictures(dataset, rows)), torch.from_numpy(dataset.rows["y"][rows].astype(np.int64))
    others = torch.from_numpy(_of_no_class(dataset))
    said = {metric.what: metric.value for metric in card.judge.metrics}
    ground = judging.mixing_ground(card.shape[0], card.ground)
    for file in (layout.JUDGE, layout.GUIDE):
        held = artifacts.read_file(dataset.folder, file, card)
        for found in judging.controls(file, held, test, len(card.classes), others, ground):
            most = (STRANGERS if found.what.startswith("strangers") else OVERLAYS) + STAND_INS * (
                not shows_all(dataset)
            )
            if not abs(found.value - said.get(found.what, np.inf)) <= most:
                value = f"{said[found.what]:.2f}" if found.what in said else "nothing"
                yield f"{found.what}, is {found.value:.2f} where its card says {value}"


def _of_no_class(dataset: EncodedDataset) -> np.ndarray:
    """(m, channels, height, width) float32 0..1: what ships to control the judges, or training pictures torn up."""
    if layout.CONTROLS in dataset.card.files:
        held = artifacts.read_arrays(dataset.folder, layout.CONTROLS, dataset.card)["foreign"]
        return held.astype(np.float32) / np.float32(255)
    rows = np.flatnonzero(dataset.rows["split"] == 0)[:200]
    ripped = torn(tiles(dataset, rows).transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    return np.ascontiguousarray(ripped, np.float32) / np.float32(255)


def _pictures(dataset: EncodedDataset, rows: np.ndarray) -> np.ndarray:
    return tiles(dataset, rows).astype(np.float32) / np.float32(255)
