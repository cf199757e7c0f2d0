"""Omniglot-20 on a sheet of 112 pixels: the pen's path of each drawing, followed anew by a pen 1.2 pixels wide."""

from pathlib import Path

import numpy as np
from scipy.ndimage import map_coordinates

from latent_core.datasets import LabelledImages
from latent_core.datasets._omniglot_files import drawings
from latent_core.datasets.omniglot import CHARACTERS, OUT_OF_CLASS, TRAIN_DRAWERS
from latent_core.slow._pen import BOX, SIZE, grey
from latent_core.training.steps.strokes import points_of

TRAIN_EACH, TEST_EACH = 30, 15
"""Variations of each drawing of the 16 people to learn from, and of the 4 who are held out."""
KNOTS = 7
"""Knots a side of the wobble: it bends a line over about a seventh of the sheet."""


def redraw(points: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """One variation of a drawing, (112, 112) uint8; the pen's width stays what it is, whatever the drawing's size.

    Args:
        points: (points, 2) x and y on the pen's path, the longer side of their box from -1/2 to 1/2.
        chance: for rotation up to 10 degrees, shear, scale .95 to 1.15, aspect, shift up to 3 pixels, and wobble.
    """
    angle, shear = np.deg2rad(chance.uniform(-10, 10)), chance.uniform(-0.1, 0.1)
    size, aspect = chance.uniform(0.95, 1.15), chance.uniform(0.92, 1.09)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.array([[1, 0], [shear, 1]]) @ np.diag([aspect, 1 / aspect]) * size
    at = points.astype(np.float64) @ linear.T
    knots = chance.standard_normal((2, KNOTS, KNOTS)) * 2.4  # a cubic spline halves their spread: 1.2 pixels
    where = (at.T + 0.6) / 1.2 * (KNOTS - 1)
    wobble = np.stack([map_coordinates(one, where, order=3, mode="nearest", prefilter=False) for one in knots], 1)
    at = at * BOX + wobble
    at += (SIZE - 1) / 2 - (at.min(0) + at.max(0)) / 2 + chance.uniform(-3, 3, 2)
    return np.round(grey(at.astype(np.float32)) * 255).astype(np.uint8)


def paths(root: Path) -> list[list[np.ndarray]]:
    """For each class, the pen's paths of its 20 writers."""
    wanted = [(alphabet, number) for alphabet, number, _ in CHARACTERS.values()]
    return [[points_of(ink) for ink in character] for character in drawings(root, wanted)]


def draw(found: list[list[np.ndarray]], split: str) -> LabelledImages:
    """9,600 variations of 16 people's drawings (train) or 1,200 of the other four's (test), class by class.

    The people are parted exactly as the dataset parts them.
    """
    writers = slice(0, TRAIN_DRAWERS) if split == "train" else slice(TRAIN_DRAWERS, None)
    each, seed = (TRAIN_EACH, 1) if split == "train" else (TEST_EACH, 2)
    chance = np.random.default_rng(seed)
    x = [redraw(path, chance) for character in found for path in character[writers] for _ in range(each)]
    y = np.repeat(np.arange(len(found), dtype=np.int16), len(x) // len(found))
    return LabelledImages(np.stack(x)[..., None], y, tuple(CHARACTERS))


def strangers(root: Path) -> tuple[np.ndarray, np.ndarray]:
    """(n, 112, 112, 1) uint8 characters of no class, to learn from and (other alphabets) to test with."""
    chance = np.random.default_rng(3)
    parts = []
    for wanted in OUT_OF_CLASS.values():
        found = [points_of(ink) for character in drawings(root, wanted) for ink in character]
        parts.append(np.stack([redraw(path, chance) for path in found for _ in range(2)])[..., None])
    return parts[0], parts[1]


def prepare(root: Path, runs: Path) -> dict[str, np.ndarray]:
    """Everything that is drawn: train, train_y, test, test_y, learn, foreign; kept in RUNS/canvas.npz."""
    kept = runs / "canvas.npz"
    if not kept.is_file():
        found = paths(root)
        train, test = draw(found, "train"), draw(found, "test")
        learn, foreign = strangers(root)
        runs.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            kept, train=train.x, train_y=train.y, test=test.x, test_y=test.y, learn=learn, foreign=foreign
        )
    with np.load(kept) as held:
        return dict(held)


def pictures(x: np.ndarray) -> np.ndarray:
    """(n, 1, height, width) float32 0..1 of (n, height, width, 1) uint8."""
    return np.ascontiguousarray(x.transpose(0, 3, 1, 2), np.float32) / np.float32(255)
