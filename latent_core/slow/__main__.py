"""One slower blend in a process of its own: `python -m latent_core.slow` reads an order and writes how it goes.

The order is {"method", "recipe", "groups": text of `models.group_links`}; what is written is told in `jobs.worker`. The
process is nice to the server beside it and ends after a minute of work.
"""

from typing import Any

from latent_core import slow
from latent_core.jobs import worker
from latent_core.models import group_links
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow._parcel import packed

MOST_SECONDS = 60


def make(order: dict[str, Any]) -> dict[str, Any]:
    """The ordered blend.

    Raises:
        LookupError, ValueError: it cannot be made; the message says why.
    """
    recipe = Recipe.from_json(order["recipe"])
    model = Model(recipe.slug)
    known, _ = group_links.parse(order["groups"], {recipe.data: model.card.rows})
    return packed(slow.make(order["method"], recipe, worker.Progress(), model.with_groups(known)))


if __name__ == "__main__":
    worker.answer(make, MOST_SECONDS)
