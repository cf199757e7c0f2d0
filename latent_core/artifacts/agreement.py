"""Whether a model belongs to the dataset that it lies in: same classes, pictures and rows, and statistics of those."""

from collections.abc import Mapping

import numpy as np

from latent_core.artifacts.card import DatasetCard, ModelCard

Arrays = Mapping[str, np.ndarray]
MOST_SIGMAS = 8.0
"""How far the mean of a class's shipped rows may lie from its statistics, in standard errors; 4.4 in what ships."""
MOST_SPREAD = 1e-2
"""How far a class's std may lie from the root of its variance, as a part of it and of the latent's own unit."""


def disagreement(dataset: DatasetCard, rows: Arrays, model: ModelCard, stats: Arrays, z: np.ndarray) -> str:
    """What does not fit, going on after the model's name; "" where all does.

    Args:
        rows: y and split, each (rows,).
        stats: mean and std (classes, latent), perhaps covariance and count.
        z: (rows, latent).
    """
    if model.classes != dataset.classes:
        return "has other classes than its dataset"
    if model.shape != dataset.shape:
        return f"makes pictures of {model.shape}, where its dataset has {dataset.shape}"
    if model.rows != len(rows["y"]):
        return f"has latents of {model.rows} rows, where its dataset has {len(rows['y'])}"
    if "covariance" in stats:
        variance = np.diagonal(stats["covariance"], axis1=1, axis2=2)
        away = np.abs(np.sqrt(np.maximum(variance, 0)) - stats["std"])
        if (away > MOST_SPREAD * (1 + stats["std"])).any():
            return "has standard deviations that are not those of its covariances"
    name = stranger(rows, stats, z)
    if name >= 0:
        return f"has statistics of {model.classes[name]!r} that are not those of its latents and labels"
    return ""


def stranger(rows: Arrays, stats: Arrays, z: np.ndarray) -> int:
    """The first class whose shipped training rows lie nearer to another's mean, and far from its own; -1 for none.

    Statistics are of all training pictures and the rows may be some of them, so the two differ by chance.
    """
    train = rows["split"] == 0
    y, place = rows["y"][train].astype(np.int64), z[train].astype(np.float32)
    mean, std = stats["mean"], stats["std"]
    counts = np.bincount(y, minlength=len(mean))
    sums = np.zeros((len(mean), len(y)), np.float32)
    sums[y, np.arange(len(y))] = 1
    centre = (sums @ place) / np.maximum(counts, 1)[:, None]
    unit = std.mean(0) + 1e-6
    error = std / np.sqrt(np.maximum(counts, 1))[:, None] + 1e-2 * unit
    far = (np.abs(centre - mean) > MOST_SIGMAS * error).any(1)
    here, there = centre / unit, mean / unit
    away = np.square(here).sum(1)[:, None] + np.square(there).sum(1) - 2 * here @ there.T
    lost = (away.argmin(1) != np.arange(len(mean))) & far & (counts > 0)
    return int(lost.argmax()) if lost.any() else -1
