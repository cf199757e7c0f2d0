"""Scenes: the digits of MNIST before drawn backgrounds, 28x28 grey, what is digit known; LeCun 1998; CC BY-SA 3.0."""

from pathlib import Path

import numpy as np

from latent_core.datasets import About, LabelledImages, Split, mnist

ABOUT = About(
    title="Scenes",
    what="MNIST digits before clouds of light that have nothing to do with them: what and where can be told apart.",
    source="http://yann.lecun.com/exdb/mnist",
    licence="CC BY-SA 3.0",
    credit="digits by Yann LeCun, Corinna Cortes and Christopher J.C. Burges; backgrounds drawn by Medley itself",
    linear="linear-50",
    default_model="attribute2image-16",
    start=("3", "8", "0"),
    rows=(6000, 3000),
    classifier_steps=700,
    judge_steps=1000,
)
SIDE, POINTS = 28, 3
"""Pixels of a side, and points along it at which a background's light is drawn; between them it changes evenly."""
BRIGHTEST = 0.6
"""Of a background, so that the ink of a digit stands out before every one."""
SEEDS, COUNT = {"train": 1, "test": 2}, {"train": 30_000, "test": 5_000}


def load(root: Path | None, split: Split) -> LabelledImages:
    """MNIST's first 30,000 training or 5,000 test digits in its order, each before a background of its own.

    Where a digit has ink it covers the background as far as it is white; `mask` is that ink.
    """
    digits = mnist.load(root, split)
    mask, y = digits.x[: COUNT[split], ..., 0], digits.y[: COUNT[split]]
    ink = mask.astype(np.float32) / 255
    x = ink + backgrounds(split, len(ink)) * (1 - ink)
    return LabelledImages(np.round(x * 255).astype(np.uint8)[..., None], y, digits.names, mask)


def backgrounds(split: Split, count: int) -> np.ndarray:
    """(count, 28, 28) float32, 0 to BRIGHTEST: the first backgrounds of a split, always the same ones."""
    light = BRIGHTEST * np.random.default_rng(SEEDS[split]).random((count, POINTS, POINTS), np.float32)
    near = 1 - np.abs(np.linspace(0, POINTS - 1, SIDE)[:, None] - np.arange(POINTS)).clip(max=1)
    found: np.ndarray = (near @ light @ near.T).astype(np.float32)
    return found
