"""The command `judge`."""

from collections.abc import Iterator
from pathlib import Path

from latent_core.commands.checks import RUNS, Root, Slugs, at_least, known_dataset


def judge(
    names: Slugs, /, root: Root = None, models: Root = None, runs: Path = RUNS, steps: int | None = None
) -> Iterator[str]:
    """Train the two judges of a dataset, which say how much of each class is in a blend, and add them to its folder.

    Args:
        names: datasets, such as omniglot, whose folders are there already (see data).
        root: folder to search for the raw files; without it they are downloaded.
        models: folder to write to instead of models/.
        runs: folder for intermediate files.
        steps: optimiser steps of each judge, if not the dataset's own number.
    """
    if not names:
        raise ValueError("name at least one dataset, such as omniglot")
    if steps is not None:
        at_least(1, steps=steps)
    for name in names:
        known_dataset(name)
    from latent_core.commands.items import make_judges
    from latent_core.training import pictures

    for name in names:
        yield from make_judges(pictures.load(name, root), root, models, runs, steps)
