"""What is known of a model whose pictures have a foreground of some class and a background."""

import numpy as np
import torch

from latent_core import metrics
from latent_core.training import networks
from latent_core.training.networks.layers import LayersDecoder
from latent_core.training.pictures import Pictures
from latent_core.training.steps import goals, stages

CLEAR = 0.05
"""Share of a pixel up to which a drawn foreground does not cover it."""


def figures(
    model: networks.Autoencoder, pictures: Pictures, seed: int
) -> tuple[list[tuple[str, float, str, int, str]], np.ndarray, np.ndarray]:  # fmt: skip
    """What of the background is known, as a card notes it, and pictures whose class was swapped.

    Returns:
        the figures; the pictures (n, channels, height, width) of the test split, each told to be of another class; and
        these classes (n,).
    """
    decoder, test, y = model.decoder, pictures.test, pictures.test.y
    assert isinstance(decoder, LayersDecoder)
    style, behind, labels = decoder.sizes
    train, _ = stages.posterior(model, pictures.train.pictures())
    z, _ = stages.posterior(model, test.pictures())
    about = slice(style, style + behind)
    near = metrics.neighbours(train[:, about], pictures.train.y, z[:, about], y)
    other = (y + np.random.default_rng(seed).integers(1, labels, len(y))) % labels
    told = np.concatenate([z[:, : style + behind], np.eye(labels, dtype=np.float32)[other]], 1)
    swapped = stages.rebuild(model, told)
    found = [(goals.NEAR_BEHIND, near, "share", len(y), "test")]
    if test.mask is not None:
        x = test.pictures().mean(1)
        bare = test.mask == 0
        _, _, drawn = layers(model, z)
        front, _, _ = layers(model, told)
        kept = bare & (front < CLEAR)
        found.append((goals.BEHIND, explained(x, drawn, bare), "of the variance", len(y), "test"))
        found.append((goals.STAYS, explained(x, swapped.mean(1), kept), "of the variance", len(y), "test"))
    return found, swapped, other


def layers(model: networks.Autoencoder, z: np.ndarray, batch: int = 1000) -> list[np.ndarray]:
    """Foreground, gate and background, each (n, height, width), grey, of latents (n, latent)."""
    decoder = model.decoder
    assert isinstance(decoder, LayersDecoder)
    channels, height, width = decoder.shape
    with torch.no_grad():
        parts = [decoder.layers(decoder(torch.from_numpy(z[i : i + batch]))) for i in range(0, len(z), batch)]
    together = [torch.cat(part).numpy() for part in zip(*parts, strict=True)]
    return [one.reshape(-1, channels, height, width).mean(1) for one in together]


def explained(x: np.ndarray, told: np.ndarray, where: np.ndarray) -> float:
    """R2: the share of the variance of x (n, height, width) around each pixel's mean that `told` explains.

    Args:
        where: (n, height, width) the pixels of each picture that count.
    """
    count = where.sum(0).clip(min=1)
    mean = np.where(where, x, 0).sum(0) / count
    missed, there = (np.square(x - one)[where].sum(dtype=np.float64) for one in (told, mean[None]))
    return float(1 - missed / max(there, 1e-12))
