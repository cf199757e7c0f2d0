"""A line chart as a PNG with Pillow: accuracy against cosine, lines, dots and their names."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FINE = 3
"""Drawn so many times larger and then reduced, so that lines are smooth."""
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 880, 560, 66, 44, 24, 62
INK, PALE = "#222222", "#dddddd"


@dataclass(frozen=True)
class Curve:
    """points: (x, y) in order; dashed lines have gaps."""

    name: str
    colour: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """One point with its name beside it, `down` pixels lower; shape is "round" or "square"."""

    name: str
    colour: str
    at: tuple[float, float]
    shape: str = "round"
    down: int = 0


class Chart:
    """Axes from `low` to `high`, (x, y)."""

    def __init__(self, low: tuple[float, float], high: tuple[float, float], titles: tuple[str, str]) -> None:
        self.low, self.high = low, high
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.font = ImageFont.load_default(13 * FINE)
        for axis, step in ((0, 0.05), (1, 0.02)):
            value = low[axis]
            while value <= min(high[axis], 1) + 1e-9:
                self._tick(axis, value)
                value = round(value + step, 4)
        self._text(titles[0], ((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16), "mm")
        self._text(titles[1], (14, 12), "lt")

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Pixels of a point."""
        x, y = ((point[i] - self.low[i]) / (self.high[i] - self.low[i]) for i in (0, 1))
        return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)

    def line(self, curve: Curve) -> None:
        """Draws a curve as far as it is inside."""
        inside = [point for point in curve.points if all(self.low[i] <= point[i] <= self.high[i] for i in (0, 1))]
        places = [(FINE * x, FINE * y) for x, y in map(self.place, inside)]
        gone = 0.0  # along the curve, in pixels
        for one, other in pairwise(places):
            length = math.dist(one, other)
            pieces = max(1, round(length / (2 * FINE)))
            for k in range(pieces):
                ends = [_between(one, other, at / pieces) for at in (k, k + 1)]
                if not (curve.dashed and (gone + k * length / pieces) // (7 * FINE) % 2):
                    self.pen.line(ends, curve.colour, 2 * FINE)
            gone += length

    def dot(self, dot: Dot) -> None:
        """Draws a dot and its name."""
        x, y = self.place(dot.at)
        box = [FINE * value for value in (x - 5, y - 5, x + 5, y + 5)]
        (self.pen.ellipse if dot.shape == "round" else self.pen.rectangle)(box, dot.colour, "white", FINE)
        self._text(dot.name, (x + 9, y + dot.down), "lm")

    def legend(self, curves: Sequence[Curve]) -> None:
        """Names of the curves, in the lower left corner, where accuracy is low and pictures are varied."""
        for i, curve in enumerate(curves):
            y = HEIGHT - BOTTOM - 22 * (len(curves) - i)
            parts = ((0, 12), (18, 30)) if curve.dashed else ((0, 30),)
            for begin, end in parts:
                at = [FINE * value for value in (WIDTH - 280 + begin, y, WIDTH - 280 + end, y)]
                self.pen.line(at, curve.colour, 3 * FINE)
            self._text(curve.name, (WIDTH - 240, y), "lm")

    def save(self, path: Path) -> None:
        """Writes the PNG."""
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(path, optimize=True)

    def _tick(self, axis: int, value: float) -> None:
        one = self.place((value, self.low[1]) if axis == 0 else (self.low[0], value))
        other = self.place((value, self.high[1]) if axis == 0 else (self.high[0], value))
        self.pen.line([tuple(FINE * v for v in one), tuple(FINE * v for v in other)], PALE, FINE)
        where, anchor = ((one[0], one[1] + 14), "mm") if axis == 0 else ((one[0] - 8, one[1]), "rm")
        self._text(f"{value:.2f}", where, anchor)

    def _text(self, text: str, at: tuple[float, float], anchor: str) -> None:
        self.pen.text((at[0] * FINE, at[1] * FINE), text, INK, self.font, anchor)


def _between(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    """The point that far from one to the other, 0..1."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
