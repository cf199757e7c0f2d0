"""A slower blend under way in another process."""

import zlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from latent_core.jobs.job import Job, Work
from latent_core.models import group_links
from latent_core.models.groups import Group, named_in
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from latent_core.slow._parcel import unpacked


def start_slow_blend(method: str, recipe: Recipe, groups: Sequence[Group] = ()) -> Job[Finished]:
    """One slower blend; `finished` is its picture with its figures.

    Args:
        method: of `latent_core.slow.names()`.
        recipe: what to make it of.
        groups: the visitor's.
    """
    named = named_in(recipe, groups)
    work = Work("latent_core.slow", partial(_finished, recipe, named))
    return Job(work, {"method": method, "recipe": recipe.to_json(), "groups": group_links.to_text(named)})


def _finished(recipe: Recipe, groups: tuple[Group, ...], parcel: Any) -> Finished:
    """The blend in a parcel; KeyError or ValueError where this is none."""
    try:
        return unpacked(parcel, recipe, groups)
    except zlib.error as error:
        raise ValueError("the parcel is damaged") from error
