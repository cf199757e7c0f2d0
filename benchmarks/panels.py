"""Rows of pictures and scatter plots as PNG files for the docs: transparent, so that they suit dark and light pages."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from latent_core.models.files import pixels

INK = (122, 125, 140, 255)
"""Text that can be read on white and on black."""
GAP, LETTERS = 10, 22
PLUS, NONE, MINUS = (240, 140, 40), (250, 250, 252), (40, 110, 220)
# Okabe and Ito's colours, which colour-blind people can tell apart, as web/ui/colours.js has them.
TEN = ("#e69f00", "#3b8fd6", "#009e73", "#d55e00", "#cc79a7", "#8a7bd8", "#b8a51a", "#35b5b5", "#c44569", "#8c8c8c")


def grey(picture: np.ndarray) -> np.ndarray:
    """(height, width, 3) uint8 of a picture (channels, height, width), 0..1."""
    found = pixels(picture)
    return found if found.ndim == 3 else np.repeat(found[..., None], 3, axis=2)


def signed(values: np.ndarray) -> np.ndarray:
    """(height, width, 3) uint8 of signed values (channels, height, width): orange adds light, blue takes it away."""
    flat = values.mean(0)
    share = (np.abs(flat) / max(float(np.abs(flat).max()), 1e-9))[..., None] ** 0.8
    ends = np.where(flat[..., None] > 0, PLUS, MINUS)
    return np.round(np.array(NONE) + share * (ends - np.array(NONE))).astype(np.uint8)


def strips(
    path: Path, rows: Sequence[Sequence[np.ndarray]], texts: Sequence[Sequence[str]], side: int = 112,
    smooth: bool = False,
) -> None:  # fmt: skip
    """Writes rows of tiles (height, width, 3) uint8 with a text under each; pixels stay crisp squares, or do not."""
    how = Image.Resampling.BICUBIC if smooth else Image.Resampling.NEAREST
    widest = max(len(row) for row in rows)
    high = side + LETTERS + GAP
    sheet = Image.new("RGBA", (widest * (side + GAP) - GAP, len(rows) * high - GAP))
    draw = ImageDraw.Draw(sheet)
    for y, (row, names) in enumerate(zip(rows, texts, strict=True)):
        for x, (tile, name) in enumerate(zip(row, names, strict=True)):
            left, top = x * (side + GAP), y * high
            sheet.paste(Image.fromarray(tile).resize((side, side), how), (left, top))
            _text(draw, left + side / 2, top + side + 2, name)
    sheet.save(path, optimize=True)


def scatters(path: Path, maps: Sequence[np.ndarray], y: np.ndarray, texts: Sequence[str], side: int = 420) -> None:
    """Writes maps (n, 2) beside each other, a dot a row, coloured by class y (n,)."""
    sheet = Image.new("RGBA", (len(maps) * (side + GAP) - GAP, side + LETTERS))
    draw = ImageDraw.Draw(sheet)
    for i, (places, name) in enumerate(zip(maps, texts, strict=True)):
        low, high = places.min(0), places.max(0)
        inside = (places - low) / (high - low) * (side - 12) + 6
        for (across, up), k in zip(inside, y, strict=True):
            left, top = i * (side + GAP) + across, side - up
            draw.ellipse((left - 2, top - 2, left + 2, top + 2), fill=TEN[k % 10])
        _text(draw, i * (side + GAP) + side / 2, side + 2, name)
    sheet.save(path, optimize=True)


def _text(draw: ImageDraw.ImageDraw, middle: float, top: float, text: str) -> None:
    font = ImageFont.load_default(15)
    draw.text((middle - draw.textlength(text, font=font) / 2, top), text, fill=INK, font=font)
