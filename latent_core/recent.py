"""What was worked out lately, so that asking again costs nothing: shared by threads, and never more than so much."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Values by what they were made of; the one that was not asked for longest is forgotten first.

    However many threads ask for a value at once, one of them makes it and the others wait. Where making it raises,
    nothing is kept and the next one who asks tries again.

    Args:
        most: what the values that are kept may weigh together.
        weigh: the weight of a value; by default each weighs 1.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda value: 1) -> None:
        self.most, self.weigh = most, weigh
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._weight = 0
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value, or None where there is none."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, value: Value) -> None:
        """Keeps a value."""
        with self._lock:
            if key in self._kept:
                self._weight -= self.weigh(self._kept.pop(key))
            self._kept[key] = value
            self._weight += self.weigh(value)
            while self._weight > self.most:
                self._weight -= self.weigh(self._kept.popitem(last=False)[1])

    def get_or_make(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value, made where there is none; what `make` raises is raised here.

        A value is never None.
        """
        found = self.get(key)
        if found is not None:
            return found
        with self._lock:
            mine = self._making.setdefault(key, threading.Lock())
        with mine:
            found = self.get(key)
            if found is None:
                try:
                    found = make()
                    self.put(key, found)
                finally:
                    with self._lock:
                        self._making.pop(key, None)
            return found
