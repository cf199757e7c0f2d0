"""Who of those that wait may work: places are shared by turns, so that nobody holds one while others wait."""

import threading
import time
from collections.abc import Callable
from typing import Protocol


class Worker(Protocol):
    """Somebody who works when there is a place. owner: whoever it works for."""

    owner: str

    def go(self) -> None:
        """Begin, or go on."""

    def rest(self) -> bool:
        """Stop for now, with everything in hand; False where that is impossible just now."""


class Places:
    """Places for workers, and a line of those that wait.

    Whoever has worked for a turn while somebody waits makes room and goes to the end of the line. The next one is
    whose owner has the fewest at work, and of those the one who has waited longest.

    Args:
        at_once: places.
        turn: s of work after which somebody else may have the place.
        most: workers that are taken in at all, at work or waiting.
    """

    def __init__(self, at_once: int, turn: float, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.at_once, self.turn, self.most, self.clock = at_once, turn, most, clock
        self.working: dict[Worker, float] = {}
        self.line: list[Worker] = []
        self._lock = threading.RLock()

    def join(self, worker: Worker) -> bool:
        """Takes it in; False where there are too many already."""
        with self._lock:
            if len(self.working) + len(self.line) >= self.most:
                return False
            self.line.append(worker)
            self.look()
            return True

    def leave(self, worker: Worker) -> None:
        """It is done, or nobody wants it any more."""
        with self._lock:
            self.working.pop(worker, None)
            if worker in self.line:
                self.line.remove(worker)
            self.look()

    def before(self, worker: Worker) -> int:
        """How many wait before it; 0 for the next one."""
        with self._lock:
            return self.line.index(worker) if worker in self.line else 0

    def waits(self, worker: Worker) -> bool:
        """Whether it waits."""
        return worker in self.line

    def look(self) -> None:
        """Gives places to those that wait; to be called now and then."""
        with self._lock:
            while self.line and len(self.working) < self.at_once:
                self._admit()
            for worker, since in list(self.working.items()):
                if self.line and self.clock() - since >= self.turn and worker.rest():
                    del self.working[worker]
                    self._admit()
                    self.line.append(worker)

    def _admit(self) -> None:
        owners = [one.owner for one in self.working]
        chosen = min(self.line, key=lambda one: owners.count(one.owner) if one.owner else 0)
        self.line.remove(chosen)
        self.working[chosen] = self.clock()
        chosen.go()
