"""Whether a model belongs to the dataset that it lies in: same classes, pictures and rows, and statistics of those."""

from collections.abc import Mapping

import numpy as np

from latent_core.artifacts.card import DatasetCard, ModelCard

Arrays = Mapping[str, np.ndarray]
MOST_SIGMAS = 8.0
"""How far the mean of a class's shipped rows may lie from its statistics, in standard errors; 4.4 in what ships."""
MOST_SPREAD = 1e-2
"""How far a class's std may lie from the root of its variance, as a part of it and of the latent's own unit."""

ROUNDED = 2.0**-10
"""How far a latent that ships in 16 bits may lie from the one that was found, as a part of it, twice over: all that
there is of a dimension that is the same for every picture."""


def disagreement(dataset: DatasetCard, rows: Arrays, model: ModelCard, stats: Arrays, z: np.ndarray) -> str:
    """What does not fit, going on after the model's name; "" where all does.

    Args:
        rows: y and split, each (rows,).
        stats: mean and std (classes, latent), perhaps covariance and count.
        z: (rows, latent).
    """
    if model.classes != dataset.classes:
        return "has other classes than its dataset"
    if model.pictures and dataset.pictures and model.pictures != dataset.pictures:
        return "was made from other pictures than its dataset"
    if model.shape != dataset.shape:
        return f"makes pictures of {model.shape}, where its dataset has {dataset.shape}"
    if model.rows != len(rows["y"]):
        return f"has latents of {model.rows} rows, where its dataset has {len(rows['y'])}"
    if "covariance" in stats:
        variance = np.diagonal(stats["covariance"], axis1=1, axis2=2)
        away = np.abs(np.sqrt(np.maximum(variance, 0)) - stats["std"])
        if (away > MOST_SPREAD * (1 + stats["std"])).any():
            return "has standard deviations that are not those of its covariances"
    train = rows["split"] == 0
    name = stranger(rows["y"][train].astype(np.int64), stats["mean"], stats["std"], z[train])
    if name >= 0:
        return f"has statistics of {model.classes[name]!r} that are not those of its latents and labels"
    return ""


def stranger(y: np.ndarray, mean: np.ndarray, std: np.ndarray, place: np.ndarray) -> int:
    """The first class whose rows lie nearer to another's mean, and far from its own; -1 for none.

    Means are of all training pictures and the rows may be some of them, so the two differ by chance.

    Args:
        y: (rows,) the class of each.
        mean, std: (classes, size).
        place: (rows, size).
    """
    counts = np.bincount(y, minlength=len(mean))
    there = counts > 0
    if not there.any():
        return -1
    sums = np.zeros(mean.shape, np.float32)
    starts = np.cumsum(counts) - counts
    sums[there] = np.add.reduceat(place[np.argsort(y, kind="stable")], starts[there], dtype=np.float32)
    centre = sums / np.maximum(counts, 1)[:, None]
    unit = std.mean(0) + ROUNDED * np.abs(mean).max(0) + 1e-6
    error = std / np.sqrt(np.maximum(counts, 1))[:, None] + 1e-2 * unit
    far = (np.abs(centre - mean) > MOST_SIGMAS * error).any(1)
    here, known = centre / unit, mean / unit
    away = np.square(here).sum(1)[:, None] + np.square(known).sum(1) - 2 * here @ known.T
    lost = (away.argmin(1) != np.arange(len(mean))) & far & there
    return int(lost.argmax()) if lost.any() else -1
