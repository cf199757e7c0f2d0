"""Lists of class names as one parameter of a link: `3:50,8:50`, `3,8`."""

from urllib.parse import unquote

_SIGNS = {"%": "%25", ",": "%2C", ":": "%3A"}
"""What would be taken for the list's own; blanks and all else are the address's business, which encodes every value."""


def escaped(name: str) -> str:
    """The name as it stands in a list; `plain` reads it back."""
    return "".join(_SIGNS.get(letter, letter) for letter in name)


def plain(entry: str) -> str:
    """The name that an entry stands for; also of a list whose blanks are encoded, as links of before have them."""
    return unquote(entry)
