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
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment that keeps the process on one core."""
CROWDED = "Other visitors' pictures are being made just now. Try again in a few seconds."
STOPPED = "It stopped before it was done: the process that worked on it came to an end. Try again."
_running: "set[Job[Any]]" = set()
_lock = threading.Lock()


class Job(Generic[Result]):
    """One process; ask `share` and `running` now and then, or it takes you to have left.

    After it has ended, either `finished` is there or `sentence` says why not; after `cancel` neither is. What kind of
    work it is, a subclass says.
    """

    MODULE = ""
    """What `python -m` runs."""
    AT_ONCE = 2
    """Jobs of one server and module at the same time."""
    PATIENCE = 6.0
    """s without a question after which a job ends: whoever wanted it has left the page."""
    crowded = CROWDED

    def __init__(self, order: Mapping[str, Any]) -> None:
        self.finished: Result | None = None
        self.sentence = ""
        self._share, self._asked, self._cancelled = 0.0, time.monotonic(), False
        self._process: subprocess.Popen[str] | None = None
        with _lock:
            if sum(job.MODULE == self.MODULE for job in _running) >= self.AT_ONCE:
                self.sentence = self.crowded
                return
            _running.add(self)
        threading.Thread(target=self._work, args=(json.dumps(dict(order)),), daemon=True).start()

    def taken(self, parcel: Any) -> Result:
        """The result out of what the process sent.

        Raises:
            KeyError, ValueError: this is none.
        """
        raise NotImplementedError

    def hear(self, said: Mapping[str, Any]) -> None:
        """Takes note of a line about progress."""
        self._share = said["step"] / max(said["steps"], 1)

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
                [sys.executable, "-m", self.MODULE],
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
                self.hear(said)
            elif "refused" in said:
                self.sentence = str(said["refused"])
            elif not self._cancelled:
                self.finished = self.taken(said["finished"])

    def _watch(self) -> None:
        """Ends the process of somebody who has left."""
        while self in _running:
            if time.monotonic() - self._asked > self.PATIENCE:
                self.cancel()
            time.sleep(0.2)
