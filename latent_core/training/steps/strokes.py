"""Pen lines of real drawings, for the collage: each drawing's skeleton as a row of points.

Skeletons by Zhang and Suen's thinning (scikit-image). A drawing's points lie close together on its lines, so that
whoever draws them anew only has to ask how far a pixel is from the nearest point.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from safetensors.numpy import save
from scipy.ndimage import zoom
from scipy.spatial import cKDTree
from skimage.morphology import skeletonize

from latent_core import artifacts, datasets
from latent_core.artifacts import layout

EACH = 4
"""Drawings per class that ship: where people are known, the held-out ones' first drawings."""
REACH = 2.5
"""Pixels of the skeleton over which a line is smoothed; a thinned line goes in stairs."""
PARTS = 2
"""Points per step between neighbouring pixels of a skeleton."""


def points_of(ink: np.ndarray) -> np.ndarray:
    """(points, 2) float16: x and y on the pen's lines, centred, the longer side of their box from -1/2 to 1/2.

    Args:
        ink: (height, width) bool, True where the pen was.
    """
    pixels = np.argwhere(skeletonize(ink)).astype(np.float64)  # (n, 2), rows first
    tree = cKDTree(pixels)
    near = tree.sparse_distance_matrix(tree, REACH * 2, output_type="coo_matrix")
    weight = near.copy()
    weight.data = np.exp(-0.5 * (near.data / (REACH / 2)) ** 2)
    smooth = (weight @ pixels) / np.asarray(weight.sum(1)).reshape(-1, 1)
    pairs = tree.query_pairs(1.5, output_type="ndarray")
    steps = np.arange(1, PARTS)[:, None, None] / PARTS
    between = smooth[pairs[:, 0]] * (1 - steps) + smooth[pairs[:, 1]] * steps
    line = np.concatenate([smooth, between.reshape(-1, 2)])[:, ::-1]
    low, high = line.min(0), line.max(0)
    return ((line - (low + high) / 2) / max(*(high - low), 1)).astype(np.float16)


def write(
    name: str, root: Path | None, models: Path | None = None,
    on_step: Callable[[int, int], None] = lambda step, steps: None,
) -> tuple[int, int]:  # fmt: skip
    """Adds strokes.safetensors to a dataset's folder; returns the number of drawings and the file's bytes.

    Args:
        on_step: told (step, steps) after each drawing.

    Raises:
        ValueError: a dataset of pictures that no pen drew.
        DataMissing, BrokenFolder: the drawings, or the dataset's folder, are not there.
    """
    if name not in ("omniglot", "mnist"):
        raise ValueError(f"{name} has no pen strokes; omniglot and mnist have")
    found = list(_drawings(name, root))
    points = []
    for number, (_, ink) in enumerate(found, 1):
        points.append(points_of(ink))
        on_step(number, len(found))
    held = save(
        {
            "points": np.concatenate(points),
            "starts": np.cumsum([0, *map(len, points)]).astype(np.int32),
            "classes": np.array([number for number, _ in found], np.int16),
        },
        {"about": "x and y of pen lines; drawing i has points starts[i] to starts[i + 1]; classes by number"},
    )
    folder, card = artifacts.folder_of(name, models), artifacts.open_dataset(name, models)
    files = {file: (folder / file).read_bytes() for file in card.files}
    artifacts.write_folder(card, {**files, layout.STROKES: held}, models)
    return len(found), len(held)


def _drawings(name: str, root: Path | None) -> Iterator[tuple[int, np.ndarray]]:
    """Class number and ink of each drawing that ships."""
    if name == "omniglot":
        from latent_core.datasets._omniglot_files import drawings
        from latent_core.datasets.omniglot import CHARACTERS, TRAIN_DRAWERS

        characters = drawings(root, [(alphabet, number) for alphabet, number, _ in CHARACTERS.values()])
        for number, drawn in enumerate(characters):
            for ink in drawn[TRAIN_DRAWERS : TRAIN_DRAWERS + EACH]:
                yield number, ink
        return
    test = datasets.load(name, root, "test")
    for number in range(len(test.names)):
        for x in test.x[test.y == number][:EACH, ..., 0]:
            yield number, zoom(x.astype(np.float32), 4, order=3) > 127
