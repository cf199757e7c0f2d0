"""Medium1: one theta for each latent dimension; all classes share one row."""

from latent_core.search._rounds import Groups

ROUNDS = 5
STEPS = 100


def groups(classes: int) -> Groups:
    """Which classes share a row of theta."""
    return [tuple(range(classes))]
