"""Titles of models in the visitor's language."""

import re

from latent_core.language import known, many

SIZE = re.compile(r"(\d+) (dimensions|components)")


def model_title(title: str) -> str:
    """A card's title, "MMD VAE, 20 dimensions, smooth", part by part: sizes are any number, also of somebody's own."""
    return ", ".join(_said(part) for part in title.split(", "))


def parts(title: str) -> list[str]:
    """The parts of a title that a catalogue holds word by word."""
    return [part for part in title.split(", ") if not SIZE.fullmatch(part)]


def _said(part: str) -> str:
    size = SIZE.fullmatch(part)
    if size is None:
        return known(part)
    n = int(size[1])
    if size[2] == "components":
        return many(n, "{n} components", "{n} components")
    return many(n, "{n} dimensions", "{n} dimensions")
