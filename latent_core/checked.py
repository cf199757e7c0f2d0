"""What public functions are given: a sentence says what they take where that is something else."""

from collections.abc import Sequence

import numpy as np

SLACK = 1e-5
"""How far rounding may lead out of 0..1: blends are sums of shares."""
REST = "..."
"""As the last axis: any further ones, or none."""


def pictures(given: object, axes: Sequence[int | str], what: str = "pictures") -> np.ndarray:
    """Real numbers 0..1 of these axes, without rounding: whole numbers are refused, as they are mostly 0..255.

    Args:
        axes: sizes, or names where any size will do, such as ("n", 1, 28, 28); only a "batch" may be empty.

    Raises:
        ValueError: they are none; the message says what they were.
    """
    found = numbers(what, given)
    wanted = f"{what} must be ({_words(axes)}) float 0..1"
    _fits(found, axes, wanted)
    if found.dtype.kind != "f":
        raise ValueError(f"{wanted}; they were {found.dtype}: write pictures / 255 if white is 255")
    if not ((found >= -SLACK) & (found <= 1 + SLACK)).all():
        said = f"{found.min():g} to {found.max():g}" if np.isfinite(found).all() else "not all finite"
        raise ValueError(f"{wanted}; they were {said}")
    return found


def finite(given: object, axes: Sequence[int | str], what: str = "latents") -> np.ndarray:
    """Numbers of these axes, as they are, that are finite in 32 bits; errors as in `pictures`."""
    found = numbers(what, given)
    wanted = f"{what} must be ({_words(axes)}) finite numbers"
    _fits(found, axes, wanted)
    if not (np.abs(found.astype(np.float64)) <= np.finfo(np.float32).max).all():
        raise ValueError(f"{wanted}; some were not finite")
    return found


def labels(given: object, n: int, classes: int | None = None) -> np.ndarray:
    """n whole numbers from 0, below `classes` where that is given; errors as in `pictures`."""
    found = numbers("labels", given)
    wanted = f"labels must be ({n}) whole numbers from 0" + (f" to {classes - 1}" if classes else "")
    _fits(found, (n,), wanted)
    if found.dtype.kind not in "iu" or (found < 0).any() or (classes is not None and (found >= classes).any()):
        raise ValueError(f"{wanted}; they were {found.dtype}, {found.min()} to {found.max()}")
    return found


def numbers(what: str, given: object) -> np.ndarray:
    """An array of real numbers.

    Raises:
        ValueError: it is none.
    """
    try:
        found = np.asarray(given)
    except ValueError as error:
        raise ValueError(f"{what} must be an array; these are of different lengths") from error
    if found.dtype.kind not in "fiu":
        raise ValueError(f"{what} must be real numbers; they were {found.dtype}")
    return found


def _words(axes: Sequence[int | str]) -> str:
    return ", ".join(map(str, axes)) + "," * (len(axes) == 1)


def _fits(found: np.ndarray, axes: Sequence[int | str], wanted: str) -> None:
    fixed = [one for one in axes if one != REST]
    right = found.ndim == len(fixed) or (REST in axes and found.ndim > len(fixed))
    for size, one in zip(found.shape, fixed, strict=False):
        right = right and (size == one if isinstance(one, int) else size > 0 or one == "batch")
    if not right:
        raise ValueError(f"{wanted}; they were {found.shape}")
