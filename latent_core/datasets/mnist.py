"""MNIST: 70,000 handwritten digits, 28x28 grey; LeCun, Cortes and Burges 1998; CC BY-SA 3.0."""

from pathlib import Path

import numpy as np

from latent_core.datasets import About, LabelledImages, Split
from latent_core.datasets._raw import idx_split

ABOUT = About(
    title="MNIST digits",
    what="Handwritten digits, 0 to 9, written by census workers and high-school students.",
    source="http://yann.lecun.com/exdb/mnist",
    licence="CC BY-SA 3.0",
    credit="Yann LeCun, Corinna Cortes and Christopher J.C. Burges",
    linear="linear-50",
    default_model="mmd-20",
    start=("3", "8", "0"),
    judge_steps=4000,
)


def load(root: Path | None, split: Split) -> LabelledImages:
    """60,000 training or 10,000 test digits in the order of the original files."""
    images, labels = idx_split(root, split, "MNIST", (5, 0, 4, 1, 9, 2, 1, 3), "MNIST")
    return LabelledImages(images, labels, tuple("0123456789"))


def out_of_class(root: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """Omniglot's letters of other alphabets, drawn at the same size with a pen as wide."""
    from latent_core.datasets import omniglot

    return omniglot.out_of_class(root)
