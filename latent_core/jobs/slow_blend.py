"""A slower blend under way in another process."""

import zlib
from typing import Any

from latent_core.jobs.job import Job as AnyJob
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from latent_core.slow._parcel import unpacked


class Job(AnyJob[Finished]):
    """One slower blend.

    Args:
        method: of `latent_core.slow.names()`.
        recipe: what to make it of.
        groups: the visitor's groups as text of `latent_core.models.group_links`.
    """

    MODULE = "latent_core.slow"

    def __init__(self, method: str, recipe: Recipe, groups: str = "") -> None:
        self.method, self.recipe, self.groups = method, recipe, groups
        super().__init__({"method": method, "recipe": recipe.to_json(), "groups": groups})

    def taken(self, parcel: Any) -> Finished:
        """The picture with its figures.

        Raises:
            KeyError, ValueError: this is no parcel.
        """
        try:
            return unpacked(parcel, self.recipe)
        except zlib.error as error:
            raise ValueError("the parcel is damaged") from error
