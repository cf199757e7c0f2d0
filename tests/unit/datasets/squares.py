"""Noisy pictures of classes that differ, and which datasets need no files."""

import numpy as np

from latent_core.datasets import LabelledImages

MADE = ["animals", "digits", "melodies", "sprites"]
"""Those that need no files."""


def squares(classes=3, each=20, height=8, width=9, channels=1, seed=0):
    """Noisy pictures of classes that differ: x (n, height, width, channels) uint8 and y (n,), class after class."""
    rng = np.random.default_rng(seed)
    bases = (rng.random((classes, 1, height, width, channels)) > 0.6) * 200
    x = bases + rng.integers(0, 55, (classes, each, height, width, channels))
    return x.reshape(-1, height, width, channels).astype(np.uint8), np.repeat(np.arange(classes, dtype=np.int16), each)


def images(names=("a", "b", "c"), change=lambda x: x, label=lambda y: y, **how):
    x, y = squares(classes=how.pop("classes", 3), **how)
    mixed = np.random.default_rng(1).permutation(len(x))
    return LabelledImages(change(x[mixed]), label(y[mixed]), names)
