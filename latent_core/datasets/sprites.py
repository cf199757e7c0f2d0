"""Sprites: 8,192 drawn shapes, 32x32 grey, of which all is known; drawn by this file, after dSprites (Matthey 2017)."""

from itertools import product
from pathlib import Path

import numpy as np

from latent_core.datasets import About, LabelledImages, Split

ABOUT = About(
    title="Sprites",
    what="Four drawn shapes in every size, direction and place: what differs between two pictures is known exactly.",
    source="https://github.com/google-deepmind/dsprites-dataset",
    licence="MIT",
    credit="drawn by Medley itself, after the data set dSprites of Matthey, Higgins, Hassabis and Lerchner",
    linear="linear-20",
    default_model="elbo-10",
    start=("Heart", "Arrow"),
    rows=(6144, 2048),
    classifier_steps=1500,
)
SHAPES = ("Heart", "Arrow", "Moon", "Drop")
FACTORS = ("shape", "size", "turn", "place across", "place down")
"""What differs between pictures, in the order of `factors`."""
ORDERED = (False, True, True, True, True)
"""Which of these are steps along a line; the last turn is as near to the first as any other is to its neighbour."""
COUNTS = (len(SHAPES), 4, 8, 8, 8)
"""Values of each factor: every combination is one picture."""
SIDE, TRAIN, SEED = 32, 6144, 1
SIZES = (4.0, 5.25, 6.5, 7.75)
"""Half the height of a shape, in pixels."""
FIRST, STEP = 9.0, 2
"""Pixels from the edge to the first of the places of a shape's middle, and between two of them."""
FINE = 8
"""Points along a pixel's side at which it is asked whether they are inside."""


def load(root: Path | None, split: Split) -> LabelledImages:
    """6,144 (train) or the other 2,048 (test) of all combinations, in an order of chance that is always the same."""
    chosen = factors(split)
    shapes = np.stack([_drawn(*which) for which in product(*map(range, COUNTS[:3]))])
    x = np.zeros((len(chosen), SIDE, SIDE), np.uint8)
    middle = shapes[np.ravel_multi_index(tuple(chosen[:, :3].T), COUNTS[:3])]
    for number, (picture, (across, down)) in enumerate(zip(middle, chosen[:, 3:], strict=True)):
        x[number] = np.roll(picture, (STEP * int(down), STEP * int(across)), (0, 1))
    return LabelledImages(x[..., None], chosen[:, 0].astype(np.int16), SHAPES)


def factors(split: Split) -> np.ndarray:
    """(n, 5) int64: the value, from 0, of each of `FACTORS` in every picture of the split, in its order."""
    every = np.array(list(product(*map(range, COUNTS))))
    order = np.random.default_rng(SEED).permutation(len(every))
    return every[order[:TRAIN] if split == "train" else order[TRAIN:]]


def _drawn(shape: int, size: int, turn: int) -> np.ndarray:
    """(32, 32) uint8: a white shape at the first place, in the first row and column of places; smooth at its edges."""
    fine = (np.arange(SIDE * FINE) + 0.5) / FINE - FIRST
    angle = 2 * np.pi * turn / COUNTS[2]
    right, up = fine / SIZES[size], -fine[:, None] / SIZES[size]
    u, v = right * np.cos(angle) + up * np.sin(angle), up * np.cos(angle) - right * np.sin(angle)
    inside = (_heart, _arrow, _moon, _drop)[shape](u, v)
    share = inside.reshape(SIDE, FINE, SIDE, FINE).mean((1, 3))
    return np.round(share * 255).astype(np.uint8)


def _heart(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Whether points (u to the right, v upwards, -1..1) are inside; so the others."""
    x, y = 1.2 * u, 1.2 * v + 0.1
    inside: np.ndarray = (x**2 + y**2 - 1) ** 3 <= x**2 * y**3
    return inside


def _arrow(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    shaft = (np.abs(u) <= 0.28) & (v >= -1) & (v <= 0.2)
    head: np.ndarray = (v >= 0) & (np.abs(u) <= 0.8 * (1 - v))
    return shaft | head


def _moon(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    inside: np.ndarray = (u**2 + v**2 <= 1) & ((u - 0.5) ** 2 + v**2 >= 0.75**2)
    return inside


def _drop(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    belly, tip = 0.6, 1.0
    low = u**2 + (v + tip - belly) ** 2 <= belly**2
    cone: np.ndarray = (v >= -0.15) & (np.abs(u) <= belly * (tip - v) / (tip + 0.25))
    return low | cone
