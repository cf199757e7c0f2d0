"""An allowance that grows again with time: for messages, for seconds of work."""

import threading
import time
from collections.abc import Callable


class Allowance:
    """So much at once, and so much a second for ever. What is taken beyond it is a debt that has to be waited for.

    Args:
        burst: what may be taken at once.
        rate: what comes back a second, up to `burst`.
        clock: s.
    """

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.rate, self.clock = burst, rate, clock
        self._left, self._then = burst, clock()
        self._lock = threading.Lock()

    def take(self, amount: float) -> None:
        """Takes so much, whether there is so much or not; any thread may."""
        with self._lock:
            now = self.clock()
            self._left = min(self.burst, self._left + self.rate * (now - self._then)) - amount
            self._then = now

    def due(self) -> float:
        """s until there is no debt; 0 where there is none."""
        with self._lock:
            return max(0.0, -(self._left + self.rate * (self.clock() - self._then)) / self.rate)
