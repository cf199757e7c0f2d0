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
        most: values that are kept.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
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
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)

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
