"""Pairs: an MNIST digit beside a Fashion-MNIST item of the same class number, 28x56 grey; put together by this file."""

from pathlib import Path

import numpy as np

from latent_core.artifacts import Half
from latent_core.datasets import About, LabelledImages, Split, fashion, mnist

ABOUT = About(
    title="Pairs",
    what="A handwritten digit beside a piece of clothing: every 0 has a T-shirt, every 1 has trousers, and so on.",
    source="http://yann.lecun.com/exdb/mnist and https://github.com/zalandoresearch/fashion-mnist",
    licence="CC BY-SA 3.0 (digits) and MIT (clothes)",
    credit=f"{mnist.ABOUT.credit}; {fashion.ABOUT.credit}",
    linear="linear-50",
    default_model="mmvm-16",
    start=("3 Dress", "8 Bag", "0 T-shirt"),
    rows=(3000, 3000),
    classifier_steps=400,
    judge_steps=1000,
    symbols={f"{number} {item}": str(number) for number, item in enumerate(fashion.NAMES)},
    halves=(Half("digit", "mnist"), Half("item", "fashion")),
)
NAMES = tuple(ABOUT.symbols)
SEED = 1


def load(root: Path | None, split: Split) -> LabelledImages:
    """60,000 training or 10,000 test pairs in the order of MNIST's digits, always the same."""
    digits, items = mnist.load(root, split), fashion.load(root, split)
    x = np.concatenate([digits.x, items.x[partners(digits.y, items.y)]], 2)
    return LabelledImages(x, digits.y, NAMES)


def partners(digits: np.ndarray, items: np.ndarray) -> np.ndarray:
    """(digits,) place among the items of the one that stands beside each digit: of its class, in an order of chance.

    Where a class has more digits than items, the items are taken again, in the same order.

    Args:
        digits, items: (n,) and (m,) class numbers; every class of the digits has an item.
    """
    rng, found = np.random.default_rng(SEED), np.zeros(len(digits), np.int64)
    for number in np.unique(digits):
        order = rng.permutation(np.flatnonzero(items == number))
        mine = np.flatnonzero(digits == number)
        found[mine] = np.resize(order, len(mine))
    return found
