"""Draws pen lines anew at 112 pixels: points on a line become grey or binary pictures with strokes of 1.2 pixels."""

from dataclasses import dataclass

import numpy as np

SIZE, BOX = 112, 80.0
"""Side of the picture, and of the box that a drawing of scale 1 fills, in pixels; as 20 is to the 28 of the dataset."""
RADIUS = 0.6
"""Half of a stroke's width, in pixels."""
INK = 0.3
"""A pixel darker than this is ink, where ink is counted."""
AROUND = tuple((x, y) for y in (-1, 0, 1) for x in (-1, 0, 1))
"""A point reaches no farther than its nearest pixel's neighbours: grey = clip(radius + 1/2 - distance, 0, 1)."""


@dataclass(frozen=True)
class Pose:
    """How a drawing lies: drawing number, turn in radians, scale, and shift (x, y) in whole pixels."""

    drawing: int
    turn: float
    scale: float
    shift: tuple[int, int] = (0, 0)


def placed(points: np.ndarray, pose: Pose) -> np.ndarray:
    """(points, 2) float32 x and y in pixels of points (points, 2) in -1/2..1/2."""
    cos, sin = np.cos(pose.turn) * pose.scale * BOX, np.sin(pose.turn) * pose.scale * BOX
    turned = points @ np.array([[cos, sin], [-sin, cos]], np.float32)
    return turned + (np.array(pose.shift, np.float32) + np.float32((SIZE - 1) / 2))


def grey(at: np.ndarray) -> np.ndarray:
    """(SIZE, SIZE) float32 0..1: the strokes through points (points, 2) in pixels; nothing is drawn off the sheet."""
    near = np.rint(at)
    sheet = np.zeros((SIZE, SIZE), np.float32)
    for offset in AROUND:
        pixel = near + np.array(offset, np.float32)
        far = np.hypot(*(pixel - at).T)
        x, y = pixel.astype(np.int32).T
        kept = (x >= 0) & (y >= 0) & (x < SIZE) & (y < SIZE) & (far < RADIUS + 0.5)
        np.maximum.at(sheet, (y[kept], x[kept]), np.minimum(1, RADIUS + 0.5 - far[kept]))
    return sheet


def inked(at: np.ndarray) -> np.ndarray:
    """(pixels,) int32, sorted: the pixels of `grey(at)` above INK, as y * SIZE + x; all points must be on the sheet."""
    near = np.rint(at)
    off = at - near
    square = [(off - np.float32(step)) ** 2 for step in (-1, 0, 1)]
    centre = (near[:, 1] * SIZE + near[:, 0]).astype(np.int32)
    sheet = np.zeros(SIZE * SIZE, bool)
    reach = np.float32((RADIUS + 0.5 - INK) ** 2)
    for x, y in AROUND:
        sheet[(centre + (y * SIZE + x))[square[x + 1][:, 0] + square[y + 1][:, 1] < reach]] = True
    return np.flatnonzero(sheet).astype(np.int32)
