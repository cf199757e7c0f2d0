"""The last step of every search: how far a pattern of thetas may be turned up, by the reconstruction classifier."""

from collections.abc import Callable

import numpy as np

from latent_core.language import class_name, decimals, point, t
from latent_core.search._objective import Requirement, equation_4
from latent_core.search._order import Order
from latent_core.search._rounds import turned
from latent_core.search._state import State
from latent_core.search._trials import Audit, Trials, seed_of
from latent_core.search._world import World

VALIDATED = 6000
"""Draws of each class that a scale is chosen on; 60,000 of ten classes."""
WHOLE = 1000
"""Scales are counted in thousandths."""
USE, USE_COSINE = 1, 2
"""Seeds of validation noise."""
Tell = Callable[[State], None]


class Scales:
    """What happens to a pattern at each scale.

    Args:
        pattern: (classes, latent) 0..1, what scale 1 gives.
        steps: thetas are rounded to so many steps of 0..1, before anything is measured.
    """

    def __init__(
        self, world: World, pattern: np.ndarray, steps: int, order: Order, tau: float | None, state: State, tell: Tell
    ) -> None:  # fmt: skip
        self.world, self.pattern, self.steps, self.order, self.tau = world, pattern, steps, order, tau
        self.state, self.tell = state, tell
        self._audit: Audit | None = None

    def theta(self, scale: int) -> np.ndarray:
        """(classes, latent) 0..1 at a scale in thousandths."""
        share = scale / WHOLE
        cells = np.minimum(self.pattern * share, 1) if (self.pattern == 1).all() else turned(self.pattern, share)
        return np.round(cells * self.steps) / self.steps

    def error(self, scale: int) -> tuple[np.ndarray, int]:
        """Error of each class at a scale, and of how many pictures; looked up where it was seen before."""
        key = str(scale)
        if key not in self.state.looked:
            self._audit = self._audit or Audit(self.world, seed_of(self.order.seed, USE), VALIDATED)
            seen = self._audit(self.theta(scale), self.tau)
            self.state.looked[key] = (seen.error.tolist(), seen.seen)
            self.state.evaluations += 1
            self.tell(self.state)
        error, pictures = self.state.looked[key]
        return np.array(error), pictures

    @property
    def largest(self) -> int:
        """The scale above which nothing changes any more: every theta is 1."""
        least = self.pattern[self.pattern > 0].min(initial=1.0)
        return min(2 * WHOLE, int(np.ceil(WHOLE / max(least, 0.5))))


def largest_met(scales: Scales, requirement: Requirement, start: int, width: int = 1) -> int:
    """The largest scale that meets a requirement, by bisection, to `width` thousandths.

    Args:
        start: where to look first.

    Raises:
        ValueError: not even the smallest scale does; the message says how far off it is.
    """

    def met(scale: int) -> bool:
        return requirement.met(*scales.error(scale))

    reach = max(8, start // 25)
    low = high = min(max(start, 1), scales.largest)
    if met(low):
        while low < scales.largest:
            high = min(scales.largest, low + reach)
            if not met(high):
                break
            low, reach = high, 2 * reach
        else:
            return low
    else:
        while True:
            if high <= 1:
                raise ValueError(unreachable(scales, requirement))
            low = max(1, high - reach)
            if met(low):
                break
            high, reach = low, 2 * reach
    while high - low > width:
        middle = (low + high) // 2
        low, high = (middle, high) if met(middle) else (low, middle)
    return low


def unreachable(scales: Scales, requirement: Requirement) -> str:
    """Why no setting is good enough, as a sentence."""
    error, _ = scales.error(1)
    worst = int(error.argmax())
    name = scales.world.classes[worst]
    return t(
        "No setting reaches an accuracy of {accuracy} with {least} in every class: even "
        "with hardly any variety it is {found}, and {weakest} for {name}. Ask for less.",
        accuracy=point(f"{requirement.accuracy:g}"), least=point(f"{requirement.worst:g}"),
        found=decimals(1 - error.mean(), 4), weakest=decimals(1 - error[worst], 4), name=class_name(name),
    )  # fmt: skip


def cheapest(scales: Scales, weight: float, start: int) -> int:
    """The scale with the least Eq. 4, on a grid around the start that is made finer three times."""
    trials = Trials(scales.world, seed_of(scales.order.seed, USE_COSINE), 100, 100)
    rows = range(len(scales.pattern))

    def value(scale: int) -> float:
        cosine, _ = trials(scales.theta(scale), rows)
        return equation_4(float(cosine.mean()), 1 - float(scales.error(scale)[0].mean()), weight)

    best, reach = start, scales.largest // 4
    while reach >= 5:
        near = [min(max(best + step * reach, 1), scales.largest) for step in (-2, -1, 0, 1, 2)]
        best = min(near, key=value)
        reach //= 2
    return best
