"""Blends to take away: PNG with the recipe inside, NPZ with latent and weights."""

import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from latent_core.models.model import Blend
from latent_core.recipes.limits import Limit
from latent_core.recipes.untrusted import record

SCALE = Limit(1, 16, whole=True)
"""Times that a saved PNG may be larger than its picture."""
WIDE = 1080
"""Pixels of a picture that is passed on; its lines of text are in letters of so many pixels:"""
LETTERS = (44, 30, 26)
EDGE = 40
NO_LETTER = "\uffff"
"""A sign that no font has: what is drawn in its place is drawn for all that a font lacks."""
RECIPE_KEY = "medley"
"""Name of the PNG text chunk that holds the recipe as JSON."""
MOST_NPY = 2**20
"""Bytes of the recipe in an NPZ; four groups of 60,000 rows need a quarter of it."""
MOST_PIXELS = 40_000_000
"""Of a PNG that is asked for its recipe; pictures have up to 256 x 256, and each pixel can be 16 x 16."""


def pixels(picture: np.ndarray) -> np.ndarray:
    """(height, width) or (height, width, 3) uint8 of a picture (channels, height, width) in 0..1; halves round up."""
    bytes_ = np.floor(np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    return bytes_[0] if len(bytes_) == 1 else np.moveaxis(bytes_, 0, -1)


def png(blend: Blend, scale: int = 1) -> bytes:
    """The blend as PNG, each pixel a square of `scale` (1..16), with its recipe in the metadata.

    Raises:
        ValueError: scale outside 1..16.
    """
    scale = int(SCALE.check("scale", scale))
    image = np.kron(pixels(blend.picture), np.ones((scale, scale) + (1,) * (blend.picture.shape[0] > 1), np.uint8))
    facts = PngInfo()
    facts.add_text(RECIPE_KEY, json.dumps(blend.record()))
    out = io.BytesIO()
    Image.fromarray(image).save(out, "PNG", pnginfo=facts)
    return out.getvalue()


def poster(blend: Blend, lines: Sequence[str], smooth: bool = False, font: Path | None = None) -> bytes:
    """The blend as PNG, 1080 pixels wide, with lines of text below it and its recipe in the metadata.

    Args:
        lines: at most three, the first in the largest letters; what is too long goes on in the next line.
        smooth: whether it is enlarged smoothly; else each pixel is a square.
        font: a file with the letters; Pillow's own, which are those of English alone, without one.
    """
    picture = Image.fromarray(pixels(blend.picture)).convert("RGB")
    how = Image.Resampling.LANCZOS if smooth else Image.Resampling.NEAREST
    picture = picture.resize((WIDE, round(WIDE * picture.height / picture.width)), how)
    written = [
        (part, letters, size)
        for line, size in zip(lines, LETTERS, strict=False)
        for letters in [_letters(font, size)]
        for part in _parts(line, letters)
    ]
    below = 2 * EDGE + sum(int(1.4 * size) for *_, size in written)
    sheet = Image.new("RGB", (WIDE, picture.height + below), "white")
    sheet.paste(picture, (0, 0))
    draw, down = ImageDraw.Draw(sheet), picture.height + EDGE
    for part, letters, size in written:
        draw.text((EDGE, down), part, "#1f2240" if size == LETTERS[0] else "#525459", letters)
        down += int(1.4 * size)
    facts = PngInfo()
    facts.add_text(RECIPE_KEY, json.dumps(blend.record()))
    out = io.BytesIO()
    sheet.save(out, "PNG", pnginfo=facts)
    return out.getvalue()


def writable(text: str, font: Path | None = None) -> bool:
    """Whether a poster's letters have every sign of a text; one that they lack would be a box.

    Args:
        font: as of `poster`.
    """
    letters = _letters(font, LETTERS[0])
    box = bytes(letters.getmask(NO_LETTER))
    return all(bytes(letters.getmask(sign)) != box for sign in set(text))


def _letters(font: Path | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font's usual letters, of so many pixels; Pillow's own where it cannot be read."""
    if font is not None:
        try:
            found = ImageFont.truetype(font, size)
            found.set_variation_by_name("Regular")  # a variable one begins with its thinnest
        except OSError:
            pass
        else:
            return found
    return ImageFont.load_default(size)


def _parts(line: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Iterator[str]:
    """A line as lines that fit the poster: parted at blanks, and at any letter where a word alone is too long."""
    part = ""
    for word in re.findall(r"\S+\s*", line):
        if part and font.getlength(part + word.rstrip()) > WIDE - 2 * EDGE:
            yield part.rstrip()
            part = ""
        for letter in word:
            if font.getlength(part + letter) > WIDE - 2 * EDGE:
                yield part
                part = ""
            part += letter
    if part.strip():
        yield part.rstrip()


def npz(blend: Blend) -> bytes:
    """z (latent,), weights (chosen,), classes (chosen,), picture, and the recipe as JSON text; nothing is pickled."""
    shares = blend.recipe.shares()
    out = io.BytesIO()
    np.savez(
        out,
        z=blend.latent,
        weights=np.array(list(shares.values()), np.float32),
        classes=np.array(list(shares)),
        picture=blend.picture,
        recipe=np.array(json.dumps(blend.record())),
    )
    return out.getvalue()


def recipe_of(content: bytes) -> dict[str, Any]:
    """The recipe's JSON in a PNG or NPZ that `Keep it` saved, unchecked, as of `recipe_of_png`.

    Raises:
        ValueError: it is neither.
    """
    return _recipe_of_npz(content) if content.startswith(b"PK") else recipe_of_png(content)


def _recipe_of_npz(content: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            if held.getinfo("recipe.npy").file_size > MOST_NPY:
                raise ValueError("it is too large")
        text = str(np.load(io.BytesIO(content), allow_pickle=False)["recipe"])
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError("this file is not an NPZ that Medley saved: it holds no recipe") from error
    try:
        return record(text)
    except ValueError as error:
        raise ValueError(f"this NPZ's recipe {error}") from error


def recipe_of_png(content: bytes) -> dict[str, Any]:
    """The recipe's JSON in a PNG that `png` wrote, unchecked: give it to `recipe.parse`.

    Raises:
        ValueError: not a PNG, one larger than Medley saves, or one without a recipe.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=["PNG"])
        text = image.info[RECIPE_KEY] if image.width * image.height <= MOST_PIXELS else ""
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        text = ""
    except (OSError, KeyError, ValueError, SyntaxError) as error:
        raise ValueError("this file is not a PNG that Medley saved: it holds no recipe") from error
    if not text:
        raise ValueError(f"this file is not a PNG that Medley saved: it has more than {MOST_PIXELS} pixels")
    try:
        return record(text)
    except ValueError as error:
        raise ValueError(f"this PNG's recipe {error}") from error
