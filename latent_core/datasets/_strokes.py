"""Draws a pen stroke anew at 28x28 with another width, slant, size and wobble."""

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter, map_coordinates

SIZE, BOX = 28, 20.0
"""Side of the new picture and of the box that the drawing fills, in pixels."""


def redraw(ink: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One variation of a drawing, (28, 28) uint8.

    Each new pixel asks the distance transform of the original how far the pen's line is, so that the stroke's width is
    chosen and not scaled: grey = clip(radius + 1/2 - distance, 0, 1).

    Args:
        ink: (height, width) bool, True where the pen was, at least one pixel.
        rng: for radius .5 to 1.1 pixels, rotation up to 12 degrees, shear, scale, aspect, shift and elastic wobble.
    """
    rows, columns = np.nonzero(ink)
    centre = np.array([rows.min() + rows.max(), columns.min() + columns.max()]) / 2
    # pixels of the original in one pixel of the new picture; the pen there is about 3 pixels wide
    scale = max(int(np.ptp(rows)), int(np.ptp(columns)), 1) / (BOX - 2)
    distance = distance_transform_edt(~ink)
    angle, shear = np.deg2rad(rng.uniform(-12, 12)), rng.uniform(-0.12, 0.12)
    size, aspect = rng.uniform(0.88, 1.1), rng.uniform(0.9, 1.11)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    backwards = turn @ np.array([[1, 0], [shear, 1]]) @ np.diag([aspect, 1 / aspect]) * (scale / size)
    grid = np.mgrid[0:SIZE, 0:SIZE].reshape(2, -1) - (SIZE - 1) / 2 - rng.uniform(-1, 1, (2, 1))
    wobble = gaussian_filter(rng.standard_normal((2, SIZE, SIZE)), (0, 4, 4)) * 7
    source = backwards @ (grid + wobble.reshape(2, -1)) + centre[:, None]
    height, width = ink.shape
    outside = np.maximum(0, np.stack([-source[0], source[0] - height + 1, -source[1], source[1] - width + 1]).max(0))
    far = map_coordinates(distance, source, order=1, mode="nearest") + outside
    radius = rng.uniform(0.5, 1.1)
    grey = np.clip(radius + 0.5 - far / scale * size, 0, 1).reshape(SIZE, SIZE)
    return np.round(grey * 255).astype(np.uint8)
