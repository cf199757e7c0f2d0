"""How much CPU a visit takes: callbacks, pages and fragments, whatever starts them, and files that are made for it."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner import ScriptRunner

from server.allowance import Allowance

BURST = 5.0
"""s of CPU that the runs of a visit may take at once; opening fourteen models one after the other took one second."""
RATE = 0.2
"""s of CPU a second that they may take for ever; the busiest hands measured took .03 (docs/faults.md)."""
HEADER = b"medley-visit"
"""Says to the runs of a visit which socket it is; what a browser sends under this name is thrown away."""

AT_ONCE = 2
"""Files that are made at once, of all visits."""

_visits: dict[str, Allowance] = {}
_asking: ContextVar[Allowance | None] = ContextVar("asking", default=None)
"""Allowance of the visit that the event loop is busy with."""


@contextmanager
def visit(number: str) -> Iterator[tuple[str, Allowance]]:
    """A visit for as long as its socket is open: its number, which `HEADER` is to hold, and its allowance of CPU."""
    _visits[number] = Allowance(BURST, RATE)
    outside = _asking.set(_visits[number])
    try:
        yield number, _visits[number]
    finally:
        _asking.reset(outside)
        del _visits[number]


class CountedRunner(ScriptRunner):
    """Streamlit's runner of a visit's scripts, which takes what its thread works from the visit's allowance.

    It lives as long as its thread, and says what happens in it: at each of these events, the start of a run, every
    element and the end among them, what the thread has worked since the last one is taken.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._worked = 0.0
        self._allowance: Allowance | None = None
        self.on_event.connect(self._take)

    def _take(self, sender: Any, **event: Any) -> None:
        """Receiver of the events, which other threads may also send."""
        if self._is_in_script_thread():
            if self._allowance is None:
                self._allowance = _visits.get(st.context.headers.get(HEADER.decode()) or "")
            before, self._worked = self._worked, time.thread_time()
            if self._allowance:
                self._allowance.take(self._worked - before)


class CountedThreads(ThreadPoolExecutor):
    """The event loop's threads, in which Streamlit makes files to save: their work is taken from whoever asked."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begins it, as in any such pool."""
        allowance = _asking.get()

        def counted() -> Any:
            began = time.thread_time()
            try:
                return work(*args, **kwargs)
            finally:
                if allowance:
                    allowance.take(time.thread_time() - began)

        return super().submit(counted)


@contextmanager
def counted_work() -> Iterator[None]:
    """Counts files by `CountedThreads`, and runs by `CountedRunner`, for which Streamlit has no setting."""
    asyncio.get_running_loop().set_default_executor(CountedThreads(AT_ONCE))
    before, app_session.ScriptRunner = app_session.ScriptRunner, CountedRunner  # type: ignore[misc]
    try:
        yield
    finally:
        app_session.ScriptRunner = before  # type: ignore[misc]
