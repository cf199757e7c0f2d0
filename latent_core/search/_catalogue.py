"""The kinds of search and the optimisers that their rooms hold, and which optimiser can search what here."""

from importlib.util import find_spec

from latent_core import registry
from latent_core.search._kind import Kind, Optimiser
from latent_core.search.optimisers import ROOM as OPTIMISER_ROOM

ROOM = "search"

_kinds: dict[str, Kind] = {name.replace("_", "-"): registry.get(ROOM, name).KIND for name in registry.names(ROOM)}
KINDS = dict(sorted(_kinds.items(), key=lambda item: item[1].order))
"""Every kind of search by its word in orders and commands, such as "mixture-filter"; the paper's first."""
_optimisers: dict[str, Optimiser] = {
    name: registry.get(OPTIMISER_ROOM, name).OPTIMISER for name in registry.names(OPTIMISER_ROOM)
}
OPTIMISERS = dict(sorted(_optimisers.items(), key=lambda item: item[1].order))
"""Every optimiser of rows of theta by its word in orders, the usual one first."""


def optimisers(kind: str) -> list[str]:
    """Names of the optimisers that can search a kind here, its usual one first; one whose package is missing cannot.

    A kind with a single theta has "bisection" alone, which is no entry of `OPTIMISERS`.
    """
    if not KINDS[kind].form.rounds:
        return ["bisection"]
    return [name for name, one in OPTIMISERS.items() if not one.needs or find_spec(one.needs)]
