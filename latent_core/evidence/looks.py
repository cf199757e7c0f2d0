"""How drawn a picture looks, beside its evidence: without it, a grey average that hides nothing would always win."""

from collections.abc import Mapping, Sequence

import numpy as np

from latent_core import checked
from latent_core.graphs.graph import open_shared

AXES = ("n", "channels", "height", "width")


def sharpness(pictures: np.ndarray, real: Mapping[str, float], ground: Sequence[float] | np.ndarray = ()) -> np.ndarray:
    """Q (n,) float32, 0 (blank, grey, solid) to 1 (as sharp as real pictures); see `blends.helpers.sharpness`.

    Args:
        pictures: (n, channels, height, width) 0..1.
        real: contrast, width and ink of real pictures, as `look` finds them and dataset.json keeps them.
        ground: (channels,) 0..1, the colour behind what is drawn; () is black.

    Raises:
        ValueError: they are no such pictures, the ground has other channels, or `real` lacks a figure or has one below
            0.
    """
    run = open_shared("sharpness")
    given = checked.pictures(pictures, AXES)
    try:
        figures = np.array([real[name] for name in ("contrast", "width", "ink")], np.float32)
    except (KeyError, TypeError, ValueError):
        figures = np.full(3, np.nan, np.float32)
    if not (np.isfinite(figures) & (figures >= 0)).all():
        raise ValueError(f"real must have contrast, width and ink from 0, as `look` finds them; it was {real}")
    behind = _ground(given, ground)
    return run(pictures=np.ascontiguousarray(given, np.float32), real=figures, ground=behind)["sharpness"]


def look(pictures: np.ndarray, ground: Sequence[float] | np.ndarray = ()) -> dict[str, float]:
    """Mean contrast (0..1), stroke width (pixels) and ink (mean, 0..1) of pictures: what Q compares with.

    x, a pixel's ink, is how far from the ground its farthest channel is: grey on black, its grey value. contrast =
    sum x^2 / sum x; width = 2 area / perimeter, area = sum x, perimeter = sqrt(TVx^2 + TVy^2), each of the
    channel that changes most, framed by the ground; ink = mean x. Blank pictures have neither strokes nor contrast and
    are left out.

    Args:
        pictures: (n, channels, height, width) 0..1.
        ground: (channels,) 0..1, the colour behind what is drawn; () is black.

    Raises:
        ValueError: they are no such pictures, the ground has other channels, or every picture is blank.
    """
    given = checked.pictures(pictures, AXES).astype(np.float64)
    apart = given - _ground(given, ground)[:, None, None]
    apart = apart[apart.any(axis=(1, 2, 3))]
    if not len(apart):
        raise ValueError("blank pictures have no look: give at least one picture with something in it")
    x = np.abs(apart).max(axis=1)
    area = x.sum(axis=(1, 2))
    framed = np.pad(apart, ((0, 0), (0, 0), (1, 1), (1, 1)))
    perimeter = np.hypot(*(np.abs(np.diff(framed, axis=axis)).max(axis=1).sum(axis=(1, 2)) for axis in (2, 3)))
    return {
        "contrast": float(((x * x).sum(axis=(1, 2)) / area).mean()),
        "width": float((2 * area / perimeter).mean()),
        "ink": float(x.mean()),
    }


def _ground(pictures: np.ndarray, ground: Sequence[float] | np.ndarray) -> np.ndarray:
    """The ground as (channels,) float32."""
    channels = pictures.shape[1]
    colour = np.asarray(ground if len(ground) else [0.0] * channels, np.float32)
    if colour.shape != (channels,) or not ((colour >= 0) & (colour <= 1)).all():
        raise ValueError(f"the ground must be {channels} numbers from 0 to 1, one for each channel; it was {ground}")
    return colour
