"""What the commands share: flags, and checks that refuse with a sentence."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import tyro

from latent_core import datasets
from latent_core.training import presets

RUNS = Path("runs")
Root = Annotated[Path | None, tyro.conf.arg(metavar="DIR")]
Slugs = tyro.conf.Positional[tuple[str, ...]]


class Failed(Exception):
    """A check found something wrong; not the fault of the arguments."""


def look_into(models: Path | None) -> None:
    """Lets this process, and those that it starts, find models in this folder instead of the usual one."""
    if models:
        os.environ["MEDLEY_MODELS"] = str(models.resolve())


def model_names(names: Sequence[str]) -> list[str]:
    """The names, each checked."""
    if not names:
        raise ValueError("name at least one model, such as mnist/elbo-10")
    for slug in names:
        presets.split_slug(slug)
    return list(names)


def known_dataset(name: str) -> None:
    """Refuses an unknown dataset."""
    if name not in datasets.names():
        datasets.find(name)  # which says what there is


def size_of(text: str) -> tuple[int, int] | None:
    """(height, width) of "32x48" (wide x high) or "32"; None for ""."""
    found = re.match(r"^(\d{1,4})(?:[x×](\d{1,4}))?$", text)
    if text and not found:
        raise ValueError(f"--size is WIDTHxHEIGHT or one number, such as 32x48; it was {text}")
    if not found:
        return None
    width, height = int(found[1]), int(found[2] or found[1])
    if not (8 <= width <= 256 and 8 <= height <= 256):
        raise ValueError(f"--size may be 8 to 256 pixels a side; it was {text}")
    return height, width


def at_least(least: int, **values: int) -> None:
    """Refuses numbers that are too small, by the flag's name."""
    for name, value in values.items():
        if value < least:
            raise ValueError(f"--{name.replace('_', '-')} must be at least {least}; it was {value}")
