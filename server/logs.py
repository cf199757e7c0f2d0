"""A log that cannot fill a disk: so many bytes a second on average, and a line that says how much was left out."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

BURST = 256 * 1024
"""Bytes that may come at once: some thirty tracebacks."""
RATE = 200.0
"""Bytes a second that may come for ever: 17 MB a day."""


class Measured:
    """A text stream that writes no more than its allowance; what exceeds it is counted, and the count is written later.

    Args:
        stream: where it goes.
        clock: s.
    """

    def __init__(
        self, stream: TextIO, burst: float = BURST, rate: float = RATE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.stream, self.burst, self.rate, self.clock = stream, burst, rate, clock
        self._allowance, self._then, self._left_out = burst, clock(), 0
        self._lock = threading.Lock()

    def write(self, text: str) -> int:
        """Writes the text, or counts it; its length either way."""
        with self._lock:
            now = self.clock()
            self._allowance = min(self.burst, self._allowance + self.rate * (now - self._then))
            self._then = now
            resumes = self._left_out > 0 and self._allowance > self.burst / 4
            if len(text) > self._allowance or (self._left_out and not resumes):
                self._left_out += len(text)
                return len(text)
            if resumes:
                self.stream.write(f"[{self._left_out:,} characters of the log were left out: too many at once]\n")
                self._left_out = 0
            self._allowance -= len(text)
            self.stream.write(text)
            return len(text)

    def __getattr__(self, name: str) -> Any:
        """Everything else is the stream's own."""
        return getattr(self.stream, name)


@contextmanager
def measured_logs() -> Iterator[None]:
    """Lets everything that the process says on its two streams, through whatever logger, go through an allowance."""
    streams = {id(stream): Measured(stream) for stream in (sys.stdout, sys.stderr)}
    before = sys.stdout, sys.stderr
    handlers = [one for one in _handlers() if id(one.stream) in streams]
    was = [one.stream for one in handlers]
    sys.stdout, sys.stderr = (streams[id(one)] for one in before)
    for one in handlers:
        one.setStream(streams[id(one.stream)])
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for one, stream in zip(handlers, was, strict=True):
            one.setStream(stream)


def _handlers() -> list["logging.StreamHandler[Any]"]:
    """Every handler that writes to a stream; Streamlit and uvicorn have made theirs when the server starts."""
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    found = {id(one): one for logger in loggers for one in logger.handlers if isinstance(one, logging.StreamHandler)}
    return list(found.values())
