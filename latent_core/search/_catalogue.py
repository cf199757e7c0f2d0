"""The kinds of search and the optimisers that their rooms hold, and which optimiser can search what here."""

from importlib.util import find_spec

from latent_core import registry
from latent_core.search._kind import Kind, Optimiser
from latent_core.search.optimisers import ROOM as OPTIMISER_ROOM

ROOM = "search"

KINDS = {
    name.replace("_", "-"): Kind(entry.TITLE, entry.MEANING, entry.FAMILY, entry.FORM, entry.FILTERED)
    for name, entry in registry.ordered(ROOM).items()
}
"""Every kind of search by its word in orders and commands, such as "mixture-filter"; the paper's first."""
OPTIMISERS = {
    name: Optimiser(entry.TITLE, entry.MEANING, entry.BUDGET, entry.NEEDS)
    for name, entry in registry.ordered(OPTIMISER_ROOM).items()
}
"""Every optimiser of rows of theta by its word in orders, the usual one first."""


def optimisers(kind: str) -> list[str]:
    """Names of the optimisers that can search a kind here, its usual one first; one whose package is missing cannot.

    A kind with a single theta has "bisection" alone, which is no entry of `OPTIMISERS`.
    """
    if not KINDS[kind].form.rounds:
        return ["bisection"]
    return [name for name, one in OPTIMISERS.items() if not one.needs or find_spec(one.needs)]
