"""A search that was ordered, as a link's parameter and back; a link is anybody's input."""

from collections.abc import Mapping
from typing import Any

from latent_core.recipes.untrusted import finite
from latent_core.search._order import Order

FIELDS = ("model", "kind", "accuracy", "worst", "seed", "optimiser", "budget")
MOST_TEXT = 400


def to_text(order: Mapping[str, Any]) -> str:
    """The values of an order as the page gives it."""
    return "~".join(str(order[name]) for name in FIELDS)


def read(text: str) -> dict[str, Any] | None:
    """The order in an untrusted text; None where no search could use it."""
    parts = text[:MOST_TEXT].split("~")
    if len(parts) != len(FIELDS):
        return None
    order: dict[str, Any] = dict(zip(FIELDS, parts, strict=True))
    numbers = {name: finite(order[name]) for name in ("accuracy", "worst", "seed", "budget")}
    if None in numbers.values():
        return None
    order |= numbers | {name: int(numbers[name] or 0) for name in ("seed", "budget")}
    try:
        Order(**order)
    except ValueError:
        return None
    return order
