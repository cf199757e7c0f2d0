"""A slower blend under way in another process."""

import zlib
from functools import partial
from typing import Any

from latent_core.jobs.job import Job, Work
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from latent_core.slow._parcel import unpacked


def start_slow_blend(method: str, recipe: Recipe, groups: str = "") -> Job[Finished]:
    """One slower blend; `finished` is its picture with its figures.

    Args:
        method: of `latent_core.slow.names()`.
        recipe: what to make it of.
        groups: the visitor's groups as text of `latent_core.models.group_links`.
    """
    work = Work("latent_core.slow", partial(_finished, recipe))
    return Job(work, {"method": method, "recipe": recipe.to_json(), "groups": groups})


def _finished(recipe: Recipe, parcel: Any) -> Finished:
    """The blend in a parcel; KeyError or ValueError where this is none."""
    try:
        return unpacked(parcel, recipe)
    except zlib.error as error:
        raise ValueError("the parcel is damaged") from error
