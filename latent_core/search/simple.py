"""Simple: one theta for all; there is nothing to search but its size, which calibration bisects."""

from latent_core.search._rounds import Groups

ROUNDS = 0
STEPS = 1000
"""Theta is one number, so that it may be finer than a pattern's cells."""


def groups(classes: int) -> Groups:
    """Which classes share a row of theta."""
    return [tuple(range(classes))]
