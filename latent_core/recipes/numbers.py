"""Numbers as people write them, in fields, links and files; web/engine/numbers.js reads the same ones."""

import math
import re
import unicodedata

from latent_core.language import t

MOST_LETTERS = 40
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS = re.compile(r"\.\d{3}$", re.ASCII)
_EITHER = re.compile(r"([+-]?)([1-9]\d{0,2}),(\d{3})", re.ASCII)
MOST_WHOLE = 2**53 - 1
"""Above it a float may stand for another whole number than was written."""
_SIGNS = {",": ".", "٫": ".", "−": "-"}


def read(text: str, whole: bool = False) -> float | None:
    """The number that a text says, or None where it says none.

    Digits are those of any script, the decimal sign is a point or a comma, and nothing parts the thousands: `1_000` is
    none, nor is `1,000`, which is 1 to some and a thousand to others (see `doubt`). There is no minus zero.

    Args:
        whole: only whole numbers up to MOST_WHOLE, and not `1.000` either, by which many mean a thousand.
    """
    if doubt(text):
        return None
    plain = "".join(_SIGNS.get(letter, letter) for letter in _digits(text))
    if not _NUMBER.fullmatch(plain) or (whole and _THOUSANDS.search(plain)):
        return None
    found = float(plain)
    if not math.isfinite(found) or (whole and not (found.is_integer() and abs(found) <= MOST_WHOLE)):
        return None
    return found + 0.0  # which makes -0 a 0


def doubt(text: str) -> str:
    """Why nobody can tell which number a text says, and what to write; "" where that is not so."""
    either = _EITHER.fullmatch(_digits(text))
    if not either:
        return ""
    sign, left, right = either.groups()
    return t(
        "“{text}” may be {small} or {large}: write the one that is meant",
        text=text.strip(), small=f"{sign}{left}.{right}", large=f"{sign}{left}{right}",
    )  # fmt: skip


def _digits(text: str) -> str:
    """The text with plain digits; "" where it is too long for a number."""
    text = text.strip()
    if len(text) > MOST_LETTERS:
        return ""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
