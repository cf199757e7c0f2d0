"""The pattern of a recipe: which part of theta each class and latent dimension gets, as text that fits into a link.

A pattern is a matrix (classes, latent) of 0..1 in steps of 0.01. Its text is one byte a cell, 0..100, row after row, in
base64url without padding; "" is the pattern of ones, where theta is one number (Simple in "Categorical generation of
images via analysis of learned latent vectors"). Equal rows are its Medium1, any rows its Medium2.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import numpy as np

STEPS = 100
SENTENCE = "The pattern of theta in the link does not fit this model, so every dimension gets all of theta."


def to_text(pattern: np.ndarray) -> str:
    """The text of a pattern (classes, latent) of 0..1, rounded to steps of 0.01.

    Raises:
        ValueError: a cell is no number from 0 to 1.
    """
    cells = np.asarray(pattern, np.float64)
    if cells.ndim != 2 or not np.isfinite(cells).all() or cells.min() < 0 or cells.max() > 1:
        raise ValueError("a pattern is a matrix (classes, latent) of numbers from 0 to 1")
    whole = np.rint(cells * STEPS).astype(np.uint8)
    return "" if (whole == STEPS).all() else base64.urlsafe_b64encode(whole.tobytes()).decode().rstrip("=")


def to_array(text: str, grid: tuple[int, int]) -> np.ndarray:
    """(classes, latent) float64, 0..1 of a pattern's text.

    Args:
        grid: classes and latent dimensions.

    Raises:
        ValueError: the text is no pattern of that size.
    """
    rows, columns = grid
    if text == "":
        return np.ones(grid)
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("the pattern is not base64url text") from error
    if len(found) != rows * columns or max(found) > STEPS:
        raise ValueError(f"the pattern is not {rows} x {columns} bytes from 0 to {STEPS}")
    return np.frombuffer(found, np.uint8).reshape(grid) / STEPS


def taken(given: Any, grid: tuple[int, int], said: list[str]) -> str:
    """The pattern's text out of untrusted values, "" and a sentence in `said` where it is none of that size."""
    if given is None or given == "":
        return ""
    try:
        if isinstance(given, str) and len(given) <= 2 * grid[0] * grid[1] + 4:
            return to_text(to_array(given, grid))
    except ValueError:
        pass
    said.append(SENTENCE)
    return ""


def thetas(theta: float, text: str, grid: tuple[int, int], rows: Sequence[int]) -> float | np.ndarray:
    """Theta times the pattern, (rows, latent) of these rows of the classes, or theta itself without a pattern.

    A row beyond the grid is a group, which no pattern knows, and gets all of theta.
    """
    if not text:
        return theta
    cells = to_array(text, grid)
    return np.stack([theta * (cells[row] if row < grid[0] else np.ones(grid[1])) for row in rows])


def spread(theta: float | np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Theta for each of the chosen classes and dimensions, float32 of that shape, from one number or such an array.

    Raises:
        ValueError: not finite, an array of another shape, or one with a cell outside 0..1.
    """
    given = np.asarray(theta, np.float64)
    if not np.isfinite(given).all():
        raise ValueError("theta must be a finite number, or an array of them")
    if given.ndim and (given.shape != shape or given.min() < 0 or given.max() > 1):
        raise ValueError(f"theta as an array must be (chosen classes, latent) = {shape}, of numbers from 0 to 1")
    return np.broadcast_to(given, shape).astype(np.float32)


def recorded(theta: float | np.ndarray, grid: tuple[int, int], rows: Sequence[int]) -> tuple[float, str]:
    """Theta and pattern as a recipe holds them; an array becomes the pattern, in steps of 0.01, with theta 1."""
    given = np.asarray(theta, np.float64)
    if not given.ndim:
        return float(given), ""
    cells = np.ones(grid)
    for row, values in zip(rows, given, strict=True):
        if row < grid[0]:
            cells[row] = values
    return 1.0, to_text(cells)


def parted(theta: np.ndarray) -> tuple[float, str]:
    """Theta and pattern that together give theta (classes, latent) of 0..1; one number where all cells are equal."""
    cells = np.asarray(theta, np.float64)
    return (float(cells.flat[0]), "") if (cells == cells.flat[0]).all() else (1.0, to_text(cells))
