"""A slower blend under way in another process."""

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from latent_core.jobs.job import Job, Work, under_way
from latent_core.models import group_links
from latent_core.models.groups import Group, named_in
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from latent_core.slow._parcel import unpacked

MODULE = "latent_core.slow"


def start_slow_blend(
    method: str,
    recipe: Recipe,
    groups: Sequence[Group] = (),
    owner: str = "",
    keep: Callable[[Finished], None] = lambda made: None,
) -> Job[Finished]:
    """One slower blend; `finished` is its picture with its figures. Two who order the same share it.

    Args:
        method: of `latent_core.slow.names()`.
        recipe: what to make it of.
        groups: the visitor's.
        owner, keep: as of `Job`.
    """
    named = named_in(recipe, groups)
    same = slow_blend_under_way(method, recipe, named)
    work = Work(MODULE, partial(_finished, recipe, named))
    return same.join() if same else Job(work, _order(method, recipe, named), owner, keep)


def slow_blend_under_way(method: str, recipe: Recipe, groups: Sequence[Group] = ()) -> Job[Finished] | None:
    """The job that makes it already; arguments as above."""
    return under_way(MODULE, _order(method, recipe, named_in(recipe, groups)))


def _order(method: str, recipe: Recipe, groups: Sequence[Group]) -> dict[str, Any]:
    """The same for all recipes that differ only in what no slower blend looks at."""
    counts = Recipe(recipe.data, recipe.model, recipe.w, seed=recipe.seed)
    return {"method": method, "recipe": counts.to_json(), "groups": group_links.to_text(groups)}


def _finished(recipe: Recipe, groups: tuple[Group, ...], parcel: Any) -> Finished:
    """The blend in a parcel; KeyError or ValueError where this is none."""
    try:
        return unpacked(parcel, recipe, groups)
    except zlib.error as error:
        raise ValueError("the parcel is damaged") from error
