"""Work under way in another process: how far it is, its result, and a way to stop it.

The server that starts a job imports none of what the job needs, and stays quick while it runs. What the process says is
described in `latent_core.jobs.worker`.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment that keeps the process on one core."""
CROWDED = "Other visitors' pictures are being made just now. Try again in a few seconds."
STOPPED = "It stopped before it was done: the process that worked on it came to an end. Try again."
_running: "set[Job[Any]]" = set()
_lock = threading.Lock()


@dataclass(frozen=True)
class Work(Generic[Result]):
    """A kind of work that a process does.

    module: what `python -m` runs; read: the result out of what the process sent, KeyError or ValueError where this is
    none; patience: s without a question after which a job ends, as whoever wanted it has left the page; at_once: jobs
    of one server and module at the same time; crowded: what is said where there are as many already.
    """

    module: str
    read: Callable[[Any], Result]
    patience: float = 6.0
    at_once: int = 2
    crowded: str = CROWDED


class Job(Generic[Result]):
    """One process; ask `share` and `running` now and then, or it takes you to have left.

    After it has ended, either `finished` is there or `sentence` says why not; after `cancel` neither is. `news` are the
    lines about progress that told more than how far it is.

    Args:
        work: what kind of work it is.
        order: what to do, as plain JSON.
    """

    def __init__(self, work: Work[Result], order: Mapping[str, Any]) -> None:
        self.order, self.news = dict(order), list[Mapping[str, Any]]()
        self.finished: Result | None = None
        self.sentence = ""
        self._kind, self._share, self._asked, self._cancelled = work, 0.0, time.monotonic(), False
        self._process: subprocess.Popen[str] | None = None
        with _lock:
            if sum(job._kind.module == work.module for job in _running) >= work.at_once:
                self.sentence = work.crowded
                return
            _running.add(self)
        threading.Thread(target=self._work, args=(json.dumps(self.order),), daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether it still works."""
        self._asked = time.monotonic()
        return self in _running

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        self._asked = time.monotonic()
        return self._share

    def cancel(self) -> None:
        """Ends the process at once."""
        self._cancelled = True
        if self._process:
            self._process.kill()

    def wait(self, seconds: float = 60) -> "Job[Result]":
        """Waits until it has ended."""
        end = time.monotonic() + seconds
        while self.running and time.monotonic() < end:
            time.sleep(0.01)
        return self

    def _work(self, order: str) -> None:
        """Starts the process, follows what it says, and notes how it ended."""
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._kind.module],
                cwd=Path(__file__).resolve().parents[2],
                env=os.environ | ALONE,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            if self._cancelled:  # before there was anything to end
                return
            threading.Thread(target=self._watch, daemon=True).start()
            self._follow(self._process, order)
        except (OSError, ValueError, KeyError) as error:  # no process, or one that talks nonsense
            self.sentence = f"{STOPPED} ({type(error).__name__})"
        finally:
            if self._process:
                self._process.kill()  # it has closed its output, or is of no use any more
                self._process.wait()
            if not (self.finished or self.sentence or self._cancelled):
                self.sentence = STOPPED
            with _lock:
                _running.discard(self)

    def _follow(self, process: "subprocess.Popen[str]", order: str) -> None:
        assert process.stdin and process.stdout
        try:
            process.stdin.write(order + "\n")
            process.stdin.close()
        except BrokenPipeError:  # it is gone already; its output tells as much
            pass
        for line in process.stdout:
            said = json.loads(line)
            if "steps" in said:
                self._share = said["step"] / max(said["steps"], 1)
                self.news += [said] if said.keys() > {"step", "steps"} else []
            elif "refused" in said:
                self.sentence = str(said["refused"])
            elif not self._cancelled:
                self.finished = self._kind.read(said["finished"])

    def _watch(self) -> None:
        """Ends the process of somebody who has left."""
        while self in _running:
            if time.monotonic() - self._asked > self._kind.patience:
                self.cancel()
            time.sleep(0.2)
