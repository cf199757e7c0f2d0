"""What a recipe can hold: the range of each of its numbers, for links, flags, files, Python and the pages alike."""

from numbers import Real
from typing import Any, NamedTuple

from latent_core.language import point, t


class Limit(NamedTuple):
    """The numbers from low to high, both included; only the whole ones where `whole`."""

    low: float
    high: float
    whole: bool = False

    def __str__(self) -> str:
        low, high = point(self.low), point(self.high)
        if self.whole:
            return t("whole number from {low} to {high}", low=low, high=high)
        return t("number from {low} to {high}", low=low, high=high)

    def __contains__(self, number: object) -> bool:
        """Whether it is such a number; True and False are none."""
        if not isinstance(number, Real) or isinstance(number, bool):
            return False
        try:
            value = float(number)
        except OverflowError:  # a whole number of hundreds of digits
            return False
        return self.low <= value <= self.high and (not self.whole or value.is_integer())

    def check(self, name: str, given: Any) -> float:
        """The number as a link holds it, to 6 significant digits or whole.

        Raises:
            ValueError: it is none of these numbers; the message says which ones there are.
        """
        if given not in self:
            raise ValueError(t("{name} must be a {limit}; it was {given}", name=name, limit=self, given=shown(given)))
        return int(given) if self.whole else float(short(given))


THETA = Limit(0, 1)
N = Limit(1, 10, whole=True)
SEED = Limit(0, 2**32 - 1, whole=True)
DEPTH = Limit(0, 4, whole=True)
AMOUNT = Limit(0, 100)
COMPONENTS = Limit(0, 4096, whole=True)
"""More than any linear model has; one model's own number of components is the limit of its eigen-images."""
CLASSES = Limit(1, 40, whole=True)
TAU = Limit(0, 0.99)
"""Least probability of a class that a filter may ask for."""
STEP = Limit(-3, 3)
STEP_FURTHER = Limit(-6, 6)
"""How far a step along a direction goes, in standard deviations; with the Directions page's switch, the second."""
CHANGE = Limit(0, 1)
CHANGE_FURTHER = Limit(-2, 3)
"""How much of the way from one class to another is added; with the switch, the second."""


def shown(given: Any) -> str:
    """Any value whatever as text of 50 characters at most, to repeat in a sentence."""
    try:
        return (t("the text {text}", text=repr(given[:30])) if isinstance(given, str) else str(given))[:50]
    except (ValueError, RecursionError):  # Python spells no whole number of thousands of digits, and no deep list
        return t("a {kind} too large to show", kind=type(given).__name__)


def short(number: float) -> float | int:
    """6 significant digits, whole where it is whole."""
    rounded = float(f"{number:.6g}")
    return int(rounded) if rounded == int(rounded) else rounded
