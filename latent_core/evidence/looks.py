"""How drawn a picture looks, beside its evidence: without it, a grey average that hides nothing would always win."""

from collections.abc import Mapping

import numpy as np

from latent_core import checked
from latent_core.graphs.graph import open_shared

AXES = ("n", "channels", "height", "width")


def sharpness(pictures: np.ndarray, real: Mapping[str, float]) -> np.ndarray:
    """Q (n,) float32, 0 (blank, grey, solid) to 1 (as sharp as real pictures); see `blends.helpers.sharpness`.

    Args:
        pictures: (n, channels, height, width) 0..1.
        real: contrast, width and ink of real pictures, as `look` finds them and dataset.json keeps them.

    Raises:
        ValueError: they are no such pictures, or `real` lacks a figure or has one below 0.
    """
    run = open_shared("sharpness")
    given = checked.pictures(pictures, AXES)
    try:
        figures = np.array([real[name] for name in ("contrast", "width", "ink")], np.float32)
    except (KeyError, TypeError, ValueError):
        figures = np.full(3, np.nan, np.float32)
    if not (np.isfinite(figures) & (figures >= 0)).all():
        raise ValueError(f"real must have contrast, width and ink from 0, as `look` finds them; it was {real}")
    return run(pictures=np.ascontiguousarray(given, np.float32), real=figures)["sharpness"]


def look(pictures: np.ndarray) -> dict[str, float]:
    """Mean contrast (0..1), stroke width (pixels) and ink (mean grey value, 0..1) of pictures: what Q compares with.

    contrast = sum x^2 / sum x; width = 2 area / perimeter, area = sum x, perimeter = sqrt(TVx^2 + TVy^2) on a black
    ground; ink = mean x. Blank pictures have neither strokes nor contrast and are left out.

    Args:
        pictures: (n, channels, height, width) 0..1; channels are averaged to grey.

    Raises:
        ValueError: they are no such pictures, or every one is blank.
    """
    x = checked.pictures(pictures, AXES).mean(axis=1, dtype=np.float64)
    x = x[x.any(axis=(1, 2))]
    if not len(x):
        raise ValueError("blank pictures have no look: give at least one picture with something in it")
    area = x.sum(axis=(1, 2))
    framed = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    perimeter = np.hypot(*(np.abs(np.diff(framed, axis=axis)).sum(axis=(1, 2)) for axis in (1, 2)))
    return {
        "contrast": float(((x * x).sum(axis=(1, 2)) / area).mean()),
        "width": float((2 * area / perimeter).mean()),
        "ink": float(x.mean()),
    }
