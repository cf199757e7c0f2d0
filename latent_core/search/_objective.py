"""What a search wants: pictures of a class as unlike each other as they can be while enough of them are still right."""

import math
from dataclasses import dataclass

import numpy as np

from latent_core.language import decimals, point, t
from latent_core.metrics import lower_bound

SCORED = 3000
"""Draws of each class that a result is scored on in the end."""
SURE = 1.28
"""Standard errors kept in hand when a setting is chosen, so that nine of ten choices also hold on fresh noise."""
SACRIFICE = 3.0
"""How much dearer an error is in a class that has more of them than it may."""


def equation_4(cosine: float, accuracy: float, weight: float = 1.0) -> float:
    """cosine + weight (1 - accuracy), to be made small; Vargas Aguilar et al., Eq. 4, where the weight is 1.

    With weight 1 its least value lies where a tenth of the pictures is wrong (theta .7 with n 1), not at the settings
    of the paper's Table 4; near an accuracy of .995 it takes a weight of about 5 to stop there.
    """
    return cosine + weight * (1 - accuracy)


@dataclass(frozen=True)
class Requirement:
    """Least cosine subject to accuracy: the mean over classes by its lower 95 % bound, and every class as measured."""

    accuracy: float
    worst: float

    def met(self, error: np.ndarray, seen: int) -> bool:
        """Whether a setting may be chosen.

        Args:
            error: (classes,) share of wrong pictures, 0..1.
            seen: pictures that the shares come from, of all classes together.
        """
        return 1 - float(error.max()) >= self.worst and self.sure(float(error.mean()), len(error), seen)

    def sure(self, error: float, classes: int, seen: int) -> bool:
        """Whether the mean accuracy's bound will probably still be high enough on SCORED fresh draws of each class."""
        scored = SCORED * classes
        return lower_bound(max(0.0, 1 - error - margin(error, seen, scored)), scored) >= self.accuracy

    def target(self, classes: int, seen: int) -> float:
        """The largest mean error that may be chosen, 0..1.

        Raises:
            ValueError: so few pictures cannot show such an accuracy.
        """
        if not self.sure(0.0, classes, seen):
            most = lower_bound(1.0, SCORED * classes)
            raise ValueError(
                t(
                    "{n} pictures of each class cannot show an accuracy of {accuracy}: "
                    "even without a mistake its lower bound is {most}. Ask for less.",
                    n=SCORED,
                    accuracy=point(f"{self.accuracy}"),
                    most=decimals(most, 5),
                )
            )
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if self.sure(middle, classes, seen) else (low, middle)
        return low


def margin(error: float, seen: int, scored: int) -> float:
    """How much lower the accuracy may come out on fresh pictures, 0..1: SURE standard errors of the difference."""
    return SURE * math.sqrt(max(error * (1 - error), 0) * (1 / seen + 1 / scored))


def cost(cosine: np.ndarray, error: np.ndarray, weight: float, worst: float) -> float:
    """What an optimiser makes small: Eq. 4, with errors dearer in a class that falls below `worst`.

    Args:
        cosine, error: (rows,) of the classes that a setting touches.
    """
    over = np.maximum(0, error - (1 - worst))
    return float((cosine + weight * (error + SACRIFICE * over)).mean())
