"""Attributes that are worked out once, when they are first asked for, also where several threads ask."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):
    """A `functools.cached_property` with a lock, which that has lost in Python 3.12.

    The lock is of the whole object and re-entrant, so that one lazy attribute may ask for another. Where working out
    raises, nothing is kept and the next one who asks tries again.
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self.work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "lazy[Value]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> "lazy[Value] | Value":
        if instance is None:
            return self
        held = instance.__dict__  # a value that is in here is found before this descriptor is asked
        with held.setdefault("_lazy_lock", threading.RLock()):
            if self.name not in held:
                held[self.name] = self.work_out(instance)
            value: Value = held[self.name]
            return value
