"""Values that anybody may write into links and files: what fits is taken, a sentence says what does not."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from latent_core.recipes.limits import Limit, short


def one_of(values: Mapping[str, Any], key: str, known: Sequence[str], default: str, what: str, said: list[str]) -> str:
    """The value if it is one of `known`, else the default and, where something was given, a sentence in `said`."""
    given = values.get(key)
    if given is None or given == "":
        return default
    if isinstance(given, str) and given in known:
        return given
    said.append(f"There is no {what} “{plain(given)}” here; {default} is shown.")
    return default


def number(values: Mapping[str, Any], key: str, default: float, limit: Limit, said: list[str]) -> float:
    """The number within the limit, else the default and, where something was given, a sentence in `said`."""
    given = values.get(key)
    if given is None or given == "":
        return default
    found = finite(given)
    if found not in limit:
        said.append(f"{key} must be a {limit}; {short(default)} is used.")
        return default
    assert found is not None, "no limit holds None"
    return found


def finite(given: Any) -> float | None:
    """The number, or None for anything that is not one (text, nan, inf, True)."""
    if isinstance(given, bool) or (isinstance(given, str) and len(given) > 40):
        return None
    try:
        found = float(given)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


DEPTH, MOST_PARTS = 8, 20_000
"""How deep a browser's message may be nested, and how many numbers, texts, lists and keys it may hold."""


def tame(given: Any) -> Any:
    """The JSON that a browser sent, or None where it is nothing that a page of ours sends.

    That is where a number in it is not finite (NaN is never equal to itself, so nobody could tell an old message from
    a new one), or it is nested too deep or holds too many parts to be looked at.
    """
    level, seen = [given], 0
    for _ in range(DEPTH):
        seen += len(level)
        below: list[Any] = []
        for one in level:
            if isinstance(one, Mapping):
                below += one.keys()
                below += one.values()
            elif isinstance(one, list | tuple):
                below += one
            elif isinstance(one, float) and not math.isfinite(one):
                return None
            if seen + len(below) > MOST_PARTS:
                return None
        if not below:
            return given
        level = below
    return None


def plain(given: Any) -> str:
    """Untrusted text made safe to repeat in a sentence: letters, digits, space, dot and hyphen, 30 at most."""
    return re.sub(r"[^\w .-]", "", str(given)[:200])[:30]
