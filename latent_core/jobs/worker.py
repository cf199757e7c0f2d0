"""The other side of a `latent_core.jobs.job`: a process that reads one order, says how far it is, and answers.

The order is one line of JSON on standard input, checked by whoever sends it. The answer is lines of JSON on standard
output: {"step", "steps", ...} while it works, and at the end either {"finished": result} or {"refused": sentence}.
"""

import contextlib
import ctypes
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import connection, parent_process
from typing import Any

from latent_core.jobs.job import SPOKEN
from latent_core.language import ENGLISH, speaking

EVERY = 0.05
"""s between two lines about progress."""

PR_SET_PDEATHSIG = 1
"""Of Linux' prctl: the signal that a process gets when whoever started it ends."""


class Progress:
    """Writes a line about progress now and then, and always when there is something new to tell."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, step: int, steps: int, **news: Any) -> None:
        """Tells (step, steps), with whatever else the work has to say."""
        if news or time.monotonic() - self._last > EVERY:
            self._last = time.monotonic()
            say(step=step, steps=steps, **news)


def answer(work: Callable[[dict[str, Any]], Any], most_seconds: int) -> None:
    """Takes the order, does the work, and says what came of it.

    Args:
        work: from an order to the result as plain JSON; a LookupError or ValueError is its refusal, as a sentence.
        most_seconds: CPU time after which the system ends the process.
    """
    be_modest(most_seconds)
    order = json.loads(sys.stdin.readline())
    try:
        with speaking(os.environ.get(SPOKEN, ENGLISH)):
            say(finished=work(order))
    except (LookupError, ValueError) as error:
        say(refused=str(error))


def be_modest(most_seconds: int) -> None:
    """Lower priority, an end to endless work and an end with the server, where the system has such limits."""
    if hasattr(os, "nice"):
        os.nice(5)
    if sys.platform == "linux":  # a process that rests would not notice that whoever let it rest is gone
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))


def end_with_parent() -> None:
    """Lets this process, which another one of ours started, end when that one does, even when it is killed.

    Linux ends it at once. Elsewhere a thread waits for the parent's end, and may have to wait for compiled code too.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    """Waits for the parent's end, and ends this process."""
    connection.wait([sentinel])
    os._exit(1)


def say(**values: Any) -> None:
    """Writes one line."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()
