"""Pictures that are two pictures side by side, of which a visitor may show one half alone.

A half that is not shown is black; models that were taught to see halves go by the other one then.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from latent_core.artifacts import Half

BOTH = ""
"""Both halves are shown."""


def covered(pictures: np.ndarray, half: int) -> np.ndarray:
    """Pictures (batch, channels, height, width) whose left (0) or right (1) half is black."""
    hidden, middle = pictures.copy(), pictures.shape[3] // 2
    hidden[..., slice(None, middle) if half == 0 else slice(middle, None)] = 0
    return hidden


def shown_alone(pictures: np.ndarray, halves: Sequence[Half], shown: str) -> np.ndarray:
    """Pictures (batch, channels, height, width) of which the half of that name alone is shown; as they are for BOTH."""
    names = [half.name for half in halves]
    return covered(pictures, 1 - names.index(shown)) if shown in names else pictures


def asked_for(message: Any, halves: Sequence[Half]) -> str:
    """Name of the half that a browser's message asks to be `shown` alone; BOTH where it names none of these."""
    shown = message.get("shown") if isinstance(message, Mapping) else BOTH
    return shown if isinstance(shown, str) and shown in [half.name for half in halves] else BOTH
