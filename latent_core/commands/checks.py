"""What the commands share: flags, and checks that refuse with a sentence."""

from pathlib import Path
from typing import Annotated

import tyro

from latent_core import registry
from latent_core.training import presets

RUNS = Path("runs")
Root = Annotated[Path | None, tyro.conf.arg(metavar="DIR")]
Slugs = tyro.conf.Positional[tuple[str, ...]]


class Failed(Exception):
    """A check found something wrong; not the fault of the arguments."""


def model_names(names: tuple[str, ...]) -> list[str]:
    """The names, each checked."""
    if not names:
        raise ValueError("name at least one model, such as mnist/elbo-10")
    for slug in names:
        presets.split_slug(slug)
    return list(names)


def known_dataset(name: str) -> None:
    """Refuses an unknown dataset."""
    if name not in registry.names("datasets"):
        raise LookupError(f"there is no dataset '{name}'; there are {registry.names('datasets')}")


def at_least(least: int, **values: int) -> None:
    """Refuses numbers that are too small, by the flag's name."""
    for name, value in values.items():
        if value < least:
            raise ValueError(f"--{name.replace('_', '-')} must be at least {least}; it was {value}")
