"""Melodies: 24,000 piano rolls, 28 notes high and 28 steps long, of ten kinds; composed by this file, to be heard."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from latent_core.datasets import About, LabelledImages, Split

SIDE, TRAIN, TEST = 28, 20_000, 4_000
SEEDS = {"train": 1, "test": 2}
BAR = 4
"""Steps of a bar; a melody has seven."""
SCALE = (0, 2, 4, 5, 7, 9, 11)
"""Semitones of the white keys above C: whatever sounds together is at least of one scale."""
LOWEST = 48
"""MIDI number of the lowest row: the C below the middle one."""
REST = -1
"""In the place of a row: nothing sounds."""
ABOUT = About(
    title="Melodies",
    what="Ten kinds of melody as piano rolls: a row for each white key of four octaves, a column for each step.",
    source="https://arxiv.org/abs/1803.05428",
    licence="MIT",
    credit="composed by Medley itself; the model is after MusicVAE (Roberts, Engel, Raffel, Hawthorne and Eck 2018)",
    linear="linear-50",
    default_model="musicvae-16",
    start=("Rising", "Arpeggio", "Pedal note"),
    rows=(8000, 4000),
    classifier_steps=800,
    judge_steps=800,
    notes=tuple(LOWEST + 12 * (row // 7) + SCALE[row % 7] for row in reversed(range(SIDE))),
)
HARMONIES = ((0, 0, 3, 3, 4, 4, 0), (0, 3, 4, 0, 3, 4, 0), (0, 5, 3, 4, 0, 3, 0), (0, 0, 0, 0, 0, 0, 0))
"""Rows by which a bar's first note is above that of the first bar."""
RUNS = ((2, 14), (2, 7), (1, 14), (1, 7))
"""Steps of a note, and notes of a scale until it begins again."""
WAVES = ((2, 7), (1, 14), (1, 7))
"""Steps of a note, and notes from the turn of an arch to its end."""
MOVES = (-2, -1, 1, 2)
"""Rows from one note of a walk to the next."""


def load(root: Path | None, split: Split) -> LabelledImages:
    """20,000 (train) or 4,000 (test) melodies, the kinds in turn; always the same ones."""
    rng = np.random.default_rng(SEEDS[split])
    y = np.arange(TRAIN if split == "train" else TEST, dtype=np.int16) % len(KINDS)
    composers = list(KINDS.values())
    rows = np.stack([np.asarray(composers[kind](rng), np.int64) for kind in y])
    x = np.zeros((len(y), SIDE, SIDE), np.uint8)
    melody, step = np.nonzero(rows != REST)
    x[melody, SIDE - 1 - rows[melody, step], step] = 255
    return LabelledImages(x[..., None], y, tuple(KINDS))


def _rising(rng: np.random.Generator) -> np.ndarray:
    """(28,) the row, from 0 at the bottom, that sounds in each step; so the others."""
    steps, notes = RUNS[rng.integers(len(RUNS))]
    return rng.integers(SIDE - notes + 1) + np.arange(SIDE) // steps % notes


def _falling(rng: np.random.Generator) -> np.ndarray:
    return SIDE - 1 - _rising(rng)


def _arch(rng: np.random.Generator) -> np.ndarray:
    steps, notes = WAVES[rng.integers(len(WAVES))]
    place = np.arange(SIDE) // steps % (2 * notes)
    return rng.integers(SIDE - notes + 1) + np.minimum(place, 2 * notes - 1 - place)


def _valley(rng: np.random.Generator) -> np.ndarray:
    return SIDE - 1 - _arch(rng)


def _arpeggio(rng: np.random.Generator) -> np.ndarray:
    return _harmony(rng, (0, 2, 4, 7))


def _alberti(rng: np.random.Generator) -> np.ndarray:
    return _harmony(rng, (0, 4, 2, 4))


def _trill(rng: np.random.Generator) -> np.ndarray:
    return _harmony(rng, (0, 1, 0, 1))


def _repeated(rng: np.random.Generator) -> np.ndarray:
    return np.where(np.arange(SIDE) % 2, REST, _harmony(rng, (0, 0, 0, 0)))


def _pedal(rng: np.random.Generator) -> np.ndarray:
    """A low note in every other step, and a scale that turns between them."""
    place, half = np.arange(SIDE) // 2, SIDE // 4
    scale = np.minimum(place, 2 * half - 1 - place)
    above = scale if rng.integers(2) else half - 1 - scale
    low = rng.integers(SIDE // 2)
    return np.where(np.arange(SIDE) % 2, low + 5 + rng.integers(3) + above, low)


def _walk(rng: np.random.Generator) -> np.ndarray:
    """Notes of two steps, each one or two rows from the last; it turns back at the edges."""
    rows = [int(rng.integers(4, SIDE - 4))]
    for move in rng.choice(MOVES, SIDE // 2 - 1):
        inside = 0 <= rows[-1] + move < SIDE
        rows.append(rows[-1] + int(move if inside else -move))
    return np.repeat(rows, 2)


def _harmony(rng: np.random.Generator, figure: tuple[int, ...]) -> np.ndarray:
    """A figure, one row for each step of a bar, that follows one of the harmonies."""
    bars = np.array(HARMONIES[rng.integers(len(HARMONIES))])
    first = rng.integers(SIDE - max(figure) - bars.max())
    return first + (bars[:, None] + np.array(figure)).flatten()


KINDS: dict[str, Callable[[np.random.Generator], np.ndarray]] = {
    "Rising": _rising,
    "Falling": _falling,
    "Arch": _arch,
    "Valley": _valley,
    "Arpeggio": _arpeggio,
    "Alberti bass": _alberti,
    "Trill": _trill,
    "Repeated notes": _repeated,
    "Pedal note": _pedal,
    "Walk": _walk,
}
