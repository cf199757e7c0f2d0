"""Values that anybody may write into links and files: what fits is taken, a sentence says what does not."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from latent_core.language import known as in_words
from latent_core.language import point, t
from latent_core.recipes import numbers
from latent_core.recipes.limits import Limit, short, shown

MOST_TEXT = 2**20
"""Characters of JSON that are looked at; patterns of theta are the longest part of a recipe."""


class Notice(str):
    """A sentence about a value that was not taken, and what is done instead.

    refusal: what is said where nothing is done instead, as on a command line; "" where that is no reason to refuse.
    """

    refusal: str

    def __new__(cls, sentence: str, refusal: str = "") -> "Notice":
        made = super().__new__(cls, sentence)
        made.refusal = refusal
        return made


def one_of(
    values: Mapping[str, Any], key: str, known: Sequence[str], default: str, what: str, said: list[Notice]
) -> str:
    """The value if it is one of `known`, else the default and, where something was given, a sentence in `said`."""
    given = values.get(key)
    if given is None or given == "":
        return default
    if isinstance(given, str) and given in known:
        return given
    asked = {"what": in_words(what), "given": plain(given)}
    shown_instead = t("There is no {what} “{given}” here; {default} is shown.", **asked, default=default)
    said.append(
        Notice(shown_instead, t("There is no {what} “{given}”; there are {known}.", **asked, known=among(known)))
    )
    return default


def among(names: Sequence[str], most: int = 20) -> str:
    """What there is, for a sentence about what there is not."""
    first = ", ".join(names[:most])
    return t("{names} and {n} more", names=first, n=len(names) - most) if len(names) > most else first


def number(values: Mapping[str, Any], key: str, default: float, limit: Limit, said: list[Notice]) -> float:
    """The number within the limit, else the default and, where something was given, a sentence in `said`."""
    given = values.get(key)
    if given is None or given == "":
        return default
    found = numbers.read(given, limit.whole) if isinstance(given, str) else finite(given)
    if found not in limit:
        unsure = numbers.doubt(given) if isinstance(given, str) else ""
        limit_said = f"{limit} ({unsure})" if unsure else f"{limit}"
        used = t(
            "{name} must be a {limit}; {default} is used.", name=key, limit=limit_said, default=point(short(default))
        )
        refusal = t("{name} must be a {limit}; it was {given}.", name=key, limit=limit_said, given=plain(given))
        said.append(Notice(used, refusal))
        return default
    assert found is not None, "no limit holds None"
    return found


def finite(given: Any) -> float | None:
    """The number, or None for anything that is not one (text, nan, inf, True)."""
    if isinstance(given, str):
        return numbers.read(given)
    if isinstance(given, bool):
        return None
    try:
        found = float(given) + 0.0  # there is no minus zero
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
    return re.sub(r"[^\w .-]", "", given[:200] if isinstance(given, str) else shown(given))[:30]


def record(text: str | bytes) -> dict[str, Any]:
    """The JSON object in a text that anybody may have written.

    Raises:
        ValueError: it is none, or one that no writer of ours makes: long, nested deep, a key twice, or a value that is
            no number; the message goes on after a name: "is not JSON".
    """
    if len(text) > MOST_TEXT:
        raise ValueError(t("is longer than {n} characters", n=MOST_TEXT))
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError(t("is nested too deep")) from error
    except json.JSONDecodeError as error:
        raise ValueError(t("is not JSON: {error}", error=error)) from error
    except UnicodeDecodeError as error:
        raise ValueError(t("is not text")) from error
    except _Refused:
        raise
    except ValueError as error:  # Python reads no whole number of thousands of digits
        raise ValueError(t("has a number of thousands of digits")) from error
    if not isinstance(found, dict):
        raise ValueError(t("is not a record"))
    return found


class _Refused(ValueError):
    """Valid JSON, but none that can be meant."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
        raise _Refused(t("says {key} twice", key=repr(plain(twice))))
    return found


def _no_number(name: str) -> float:
    raise _Refused(t("has {value}, which is no number", value=name))
