"""Numbers as people write them, in fields, links and files; web/engine/numbers.js reads the same ones."""

import math
import re
import unicodedata

MOST_LETTERS = 40
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS = re.compile(r"\.\d{3}$", re.ASCII)
_SIGNS = {",": ".", "٫": ".", "−": "-"}


def read(text: str, whole: bool = False) -> float | None:
    """The number that a text says, or None where it says none.

    Digits are those of any script, the decimal sign is a point or a comma, and nothing parts the thousands: `1_000` is
    none. There is no minus zero.

    Args:
        whole: only whole numbers, and not `1.000` or `1,000` either, by which many mean a thousand.
    """
    text = text.strip()
    if len(text) > MOST_LETTERS:
        return None
    plain = "".join(_SIGNS.get(letter) or str(unicodedata.decimal(letter, letter)) for letter in text)
    if not _NUMBER.fullmatch(plain) or (whole and _THOUSANDS.search(plain)):
        return None
    found = float(plain)
    if not math.isfinite(found) or (whole and not found.is_integer()):
        return None
    return found + 0.0  # which makes -0 a 0
