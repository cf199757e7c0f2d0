"""How far each class and latent dimension of a blend may vary: one number, or one number times a pattern.

A pattern is a matrix (classes, latent) of 0..1 in steps of 0.01. Its text is one byte per cell, 0..100, row after row,
in base64url without padding, so that it fits into a link; "" is the pattern of ones, where theta is one number (Simple
in "Categorical generation of images via analysis of learned latent vectors"). Equal rows are its Medium1, any rows its
Medium2.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.recipes import limits

STEPS = 100


@dataclass(frozen=True)
class Theta:
    """Multiplier of each class's own spread: `scale`, 0..1, times the cells of a pattern, as text.

    The scale is kept to 6 significant digits and the pattern in its one spelling, so that equal thetas are equal.

    Raises:
        ValueError: no number from 0 to 1, or a text that is no pattern.
    """

    scale: float = 0.0
    pattern: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", limits.THETA.check("theta", self.scale))
        object.__setattr__(self, "pattern", _spelled(_cells(self.pattern)) if self.pattern else "")

    @classmethod
    def from_cells(cls, scale: float, cells: np.ndarray) -> "Theta":
        """scale times cells (classes, latent) of 0..1, which are rounded to steps of 0.01.

        Raises:
            ValueError: a cell or the scale is no number from 0 to 1.
        """
        return cls(scale, to_text(cells))

    @classmethod
    def of(cls, values: np.ndarray) -> "Theta":
        """Theta of these values (classes, latent) of 0..1: one number where all are equal, else in steps of 0.01.

        Raises:
            ValueError: a value is no number from 0 to 1.
        """
        cells = np.asarray(values, np.float64)
        return cls(float(cells.flat[0])) if (cells == cells.flat[0]).all() else cls.from_cells(1.0, cells)

    @classmethod
    def from_rows(cls, values: np.ndarray, rows: Sequence[int], grid: tuple[int, int]) -> "Theta":
        """Theta that has `values` (rows, latent) of 0..1 in these rows of the grid, as `of`; the other rows get 1.

        Raises:
            ValueError: another shape, a value outside 0..1, or one below 1 in a row beyond the grid, where several
                differ: such a row is a group, which no pattern knows.
        """
        values = np.asarray(values, np.float64)
        if values.shape != (len(rows), grid[1]) or not ((values >= 0) & (values <= 1)).all():
            raise ValueError(f"theta as an array must be {(len(rows), grid[1])}, of numbers from 0 to 1")
        if (values == values.flat[0]).all():
            return cls.of(values)
        cells = np.ones(grid)
        for row, found in zip(rows, values, strict=True):
            if row < grid[0]:
                cells[row] = found
            elif (found != 1).any():
                raise ValueError("a group gets all of theta, so its row of the array must be 1")
        return cls.from_cells(1.0, cells)

    def cells(self, grid: tuple[int, int]) -> np.ndarray:
        """(classes, latent) float64, 0..1: what part of the scale each class and latent dimension gets.

        Raises:
            ValueError: the pattern is of another size.
        """
        return from_text(self.pattern, grid)

    def rows(self, rows: Sequence[int], grid: tuple[int, int]) -> np.ndarray:
        """Theta of these rows of the grid, (rows, latent) float32, 0..1.

        A row beyond the grid is a group, which no pattern knows, and gets all of the scale.

        Raises:
            ValueError: as `cells`.
        """
        known = self.scale * self.cells(grid)
        groups = np.full((max(rows, default=0) + 1, grid[1]), self.scale)
        groups[: grid[0]] = known[: len(groups)]
        return groups[list(rows)].astype(np.float32)


def to_text(cells: np.ndarray) -> str:
    """The text of a pattern (classes, latent) of 0..1, rounded to steps of 0.01.

    Raises:
        ValueError: a cell is no number from 0 to 1.
    """
    cells = np.asarray(cells, np.float64)
    if cells.ndim != 2 or not ((cells >= 0) & (cells <= 1)).all():
        raise ValueError("a pattern is a matrix (classes, latent) of numbers from 0 to 1")
    return _spelled(np.rint(cells * STEPS).astype(np.uint8).tobytes())


def from_text(text: str, grid: tuple[int, int]) -> np.ndarray:
    """(classes, latent) float64, 0..1 of a pattern's text.

    Args:
        grid: classes and latent dimensions.

    Raises:
        ValueError: the text is no pattern of that size.
    """
    if text == "":
        return np.ones(grid)
    found = _cells(text)
    if len(found) != grid[0] * grid[1]:
        raise ValueError(f"the pattern of theta has {len(found)} cells and not {grid[0]} x {grid[1]}")
    return np.frombuffer(found, np.uint8).reshape(grid) / STEPS


def _cells(text: str) -> bytes:
    """The cells of a pattern's text, 0..100 each."""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise ValueError("the pattern of theta is not base64url text") from error
    if not found or max(found) > STEPS:
        raise ValueError(f"the pattern of theta is not bytes from 0 to {STEPS}")
    return found


def _spelled(cells: bytes) -> str:
    """The one spelling of these cells."""
    ones = cells.count(STEPS) == len(cells)
    return "" if ones else base64.urlsafe_b64encode(cells).decode().rstrip("=")
