"""Digits: 1,797 handwritten digits, 8x8 grey, inside scikit-learn's wheel; UCI; CC BY 4.0. For tests: no network."""

from pathlib import Path

import numpy as np

from latent_core.datasets import About, LabelledImages, Split

ABOUT = About(
    title="Small digits",
    what="Handwritten digits at 8 by 8 pixels: small enough to train a model in seconds.",
    source="https://archive.ics.uci.edu/dataset/80",
    licence="CC BY 4.0",
    credit="E. Alpaydin and C. Kaynak, UCI Machine Learning Repository",
    linear="linear-8",
    default_model="elbo-8",
    start=("3", "8", "0"),
    rows=(300, 100),
)
TRAIN = 1397


def load(root: Path | None, split: Split) -> LabelledImages:
    """The first 1,397 pictures (train) or the last 400 (test); other writers wrote the last ones."""
    from sklearn.datasets import load_digits

    raw = load_digits()
    part = slice(0, TRAIN) if split == "train" else slice(TRAIN, None)
    pixels = np.clip(raw.images * (255 / 16), 0, 255).astype(np.uint8)
    return LabelledImages(pixels[part, ..., None], raw.target[part].astype(np.int16), tuple("0123456789"))
