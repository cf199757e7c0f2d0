"""Values that strangers write into links and files: what fits is taken, and there is a sentence about what does not."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any


def one_of(values: Mapping[str, Any], key: str, known: Sequence[str], default: str, what: str, said: list[str]) -> str:
    """The value if it is one of `known`, else the default and, where something was given, a sentence in `said`."""
    given = values.get(key)
    if given is None or given == "":
        return default
    if isinstance(given, str) and given in known:
        return given
    said.append(f"There is no {what} “{plain(given)}” here; {default} is shown.")
    return default


def number(
    values: Mapping[str, Any], key: str, default: float, low: float, high: float, said: list[str], whole: bool = False
) -> float:
    """The number from low to high, else the default and, where something was given, a sentence in `said`."""
    given = values.get(key)
    if given is None or given == "":
        return default
    found = finite(given)
    if found is None or not low <= found <= high or (whole and found != int(found)):
        limits = f"{'whole ' * whole}number from {short(low)} to {short(high)}"
        said.append(f"{key} must be a {limits}; {short(default)} is used.")
        return default
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


def short(number: float) -> float | int:
    """6 significant digits, whole where it is whole."""
    rounded = float(f"{number:.6g}")
    return int(rounded) if rounded == int(rounded) else rounded


def plain(given: Any) -> str:
    """Untrusted text made safe to repeat in a sentence: letters, digits, space, dot and hyphen, 30 at most."""
    return re.sub(r"[^\w .-]", "", str(given)[:200])[:30]
