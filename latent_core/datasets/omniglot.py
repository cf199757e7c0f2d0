"""Omniglot-20: 20 handwritten characters of four alphabets, strokes drawn anew; Lake et al. 2015; MIT licence.

Lake, Salakhutdinov and Tenenbaum, Human-level concept learning through probabilistic program induction, Science 2015.
The 20 people who wrote each character are split: 16 to learn from, 4 held out.
"""

from pathlib import Path

import numpy as np

from latent_core.datasets import About, LabelledImages, Split
from latent_core.datasets._strokes import redraw

CHARACTERS: dict[str, tuple[str, int, str]] = {
    "Latin b": ("Latin", 2, "b"),
    "Latin e": ("Latin", 5, "e"),
    "Latin g": ("Latin", 7, "g"),
    "Latin s": ("Latin", 19, "s"),
    "Latin x": ("Latin", 24, "x"),
    "Greek delta": ("Greek", 4, "δ"),
    "Greek theta": ("Greek", 8, "θ"),
    "Greek pi": ("Greek", 16, "π"),
    "Greek psi": ("Greek", 23, "ψ"),
    "Greek omega": ("Greek", 24, "ω"),
    "Korean a": ("Korean", 1, "ㅏ"),
    "Korean n": ("Korean", 24, "ㄴ"),
    "Korean m": ("Korean", 28, "ㅁ"),
    "Korean s": ("Korean", 31, "ㅅ"),
    "Korean h": ("Korean", 40, "ㅎ"),
    "Sanskrit ka": ("Sanskrit", 1, "क"),
    "Sanskrit nga": ("Sanskrit", 5, "ङ"),
    "Sanskrit dha": ("Sanskrit", 14, "ढ"),
    "Sanskrit ta": ("Sanskrit", 16, "त"),
    "Sanskrit a": ("Sanskrit", 34, "अ"),
}
"""Class name: alphabet, number of the character in it, short label."""
DRAWERS, TRAIN_DRAWERS, TRAIN_EACH, TEST_EACH = 20, 16, 60, 15

ABOUT = About(
    title="Omniglot characters",
    what="Twenty handwritten letters of four alphabets, each by twenty people, with many variations of every drawing.",
    source="https://github.com/brendenlake/omniglot",
    licence="MIT",
    credit="Brenden Lake, Ruslan Salakhutdinov and Joshua Tenenbaum",
    linear="linear-50",
    default_model="label-guided-16",
    start=("Latin b", "Greek theta", "Korean h"),
    rows=(10_000, 1_200),
    judge_steps=5000,
    symbols={name: symbol for name, (_, _, symbol) in CHARACTERS.items()},
)


def load(root: Path | None, split: Split) -> LabelledImages:
    """19,200 variations of 16 people's drawings (train) or 1,200 of the other four people's (test), in mixed order."""
    from latent_core.datasets._omniglot_files import drawings

    wanted = [(alphabet, number) for alphabet, number, _ in CHARACTERS.values()]
    found = drawings(root, wanted)
    drawers = slice(0, TRAIN_DRAWERS) if split == "train" else slice(TRAIN_DRAWERS, DRAWERS)
    each, seed = (TRAIN_EACH, 1) if split == "train" else (TEST_EACH, 2)
    rng = np.random.default_rng(seed)
    x = [redraw(ink, rng) for character in found for ink in character[drawers] for _ in range(each)]
    y = np.repeat(np.arange(len(found), dtype=np.int16), len(x) // len(found))
    mixed = rng.permutation(len(x))  # the first rows ship, and must show every class and writer
    return LabelledImages(np.stack(x)[mixed][..., None], y[mixed], tuple(CHARACTERS), changed=np.ones(len(x), bool))


OUT_OF_CLASS = {
    "learn": [("Balinese", number) for number in range(1, 25)] + [("Japanese_(katakana)", n) for n in range(1, 48)],
    "test": [("Tagalog", number) for number in range(1, 18)] + [("Early_Aramaic", number) for number in range(1, 23)],
}
"""Alphabets of which no character is a class here: (alphabet, number of the character)."""


def out_of_class(root: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """Characters of other alphabets, drawn like the classes: Balinese and Katakana to learn from, Tagalog and Early
    Aramaic to test with; each (n, 28, 28, 1) uint8, 20 writers a character, two variations each."""
    from latent_core.datasets._omniglot_files import drawings

    rng = np.random.default_rng(3)
    parts = []
    for wanted in OUT_OF_CLASS.values():
        found = drawings(root, wanted)
        x = np.stack([redraw(ink, rng) for character in found for ink in character for _ in range(2)])
        parts.append(x[rng.permutation(len(x))][..., None])
    return parts[0], parts[1]
