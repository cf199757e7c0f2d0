"""What groups are called, the classes that visitors make: in links, files and recipes. `language` translates them."""

import re

NAME = "Group {n}"
"""The key in catalogues, too. web/engine/language.js knows the same names."""
_NAMED = re.compile(r"Group ([1-9][0-9]*)")


def name_of(number: int) -> str:
    """The name of the group of that number, 1.."""
    return NAME.format(n=number)


def number_in(name: str) -> str:
    """The number of the group of that name, as it is written there; "" where it is no group's."""
    found = _NAMED.fullmatch(name)
    return found[1] if found else ""
