"""What the Compare page shows beside the recipe, as link parameters and back; a link is anybody's input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from latent_core.language import mark
from latent_core.recipes.untrusted import Notice, one_of

KEYS = ("sort", "beside")
"""The page's own query parameters."""
SORTS = ("present", "sharpness", "error", "name")
"""Orders of the models: by what is in the blend, by sharpness, by squared error, by name."""


@dataclass(frozen=True)
class Order:
    """sort: of SORTS; beside: name of the model that stands beside the recipe's own, "" for the first other one."""

    sort: str = SORTS[0]
    beside: str = ""

    def to_query(self) -> dict[str, str]:
        """Link parameters; only what differs from a first visit."""
        query = {"sort": self.sort} if self.sort != Order.sort else {}
        return query | ({"beside": self.beside} if self.beside else {})


def from_query(query: Mapping[str, Any], names: Sequence[str], model: str) -> tuple[Order, list[Notice]]:
    """The order that a link asks for, and a sentence about each part of it that cannot be taken.

    Args:
        names: of the models that can be opened.
        model: the recipe's own.
    """
    said: list[Notice] = []
    sort = one_of(query, "sort", SORTS, Order.sort, mark("order"), said)
    other = next((name for name in names if name != model), "")
    beside = one_of(query, "beside", names, other, mark("model"), said)
    return Order(sort, other if beside == model else beside), said
