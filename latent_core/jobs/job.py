"""Work under way in another process: how far it is, its result, and a way to stop it.

The server that starts a job imports none of what the job needs, and stays quick while it runs. What the process says is
described in `latent_core.jobs.worker`.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from latent_core.jobs.places import Places
from latent_core.language import known, mark, speaking, spoken

Result = TypeVar("Result")
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment that keeps the process on one core."""
SPOKEN = "MEDLEY_LANGUAGE"
"""Environment that tells the process the language of its sentences."""
CROWDED = mark("Many other visitors' pictures are being made just now. Try again in a minute.")
STOPPED = mark("It stopped before it was done: the process that worked on it came to an end. Try again.")
_running: "set[Job[Any]]" = set()
_places: dict[str, Places] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Work(Generic[Result]):
    """A kind of work that a process does.

    module: what `python -m` runs; read: the result out of what the process sent, KeyError or ValueError where this is
    none; patience: s without a question after which a job ends, as whoever wanted it has left the page; at_once: jobs
    of one server and module at the same time; turn: s after which one of them makes room for one that waits; most: jobs
    that are begun or wait; crowded: what is said where there are as many already.
    """

    module: str
    read: Callable[[Any], Result]
    patience: float = 30.0
    at_once: int = 2
    turn: float = 5.0
    most: int = 8
    crowded: str = CROWDED

    def places(self) -> Places:
        """The places that all jobs of this module share."""
        with _lock:
            return _places.setdefault(self.module, Places(self.at_once, self.turn, self.most))


def under_way(module: str, order: Mapping[str, Any]) -> "Job[Any] | None":
    """The job that does this order already, whoever gave it; None where there is none."""
    with _lock:
        same = (job for job in _running if job.module == module and job.order == order and not job.cancelled)
        return next(same, None)


class Job(Generic[Result]):
    """One process, which waits for a place first; ask `share` and `running` now and then, or it takes you to have left.

    After it has ended, either `finished` is there or `sentence` says why not, in the language of whoever
    began it; after `cancel` neither is. `news` are the lines about progress that told more than how far it is.

    Args:
        work: what kind of work it is.
        order: what to do, as plain JSON.
        owner: whom it is for, such as a network address; places are shared fairly among owners.
        keep: told the result, whether or not anybody still waits for it.
    """

    def __init__(
        self,
        work: Work[Result],
        order: Mapping[str, Any],
        owner: str = "",
        keep: Callable[[Result], None] = lambda result: None,
    ) -> None:
        self.order, self.news, self.owner = dict(order), list[Mapping[str, Any]](), owner
        self.finished: Result | None = None
        self.sentence = ""
        self.cancelled = False
        self._kind, self._share, self._asked, self._keep = work, 0.0, time.monotonic(), keep
        self._holders, self._language = 1, spoken().code
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Event()
        self._places = work.places()
        if not self._places.join(self):
            self.sentence = known(work.crowded)
            return
        with _lock:
            _running.add(self)
        threading.Thread(target=self._work, args=(json.dumps(self.order),), daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def module(self) -> str:
        """What the process runs."""
        return self._kind.module

    @property
    def running(self) -> bool:
        """Whether it still works, or waits for its turn."""
        self._asked = time.monotonic()
        return self in _running

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        self._asked = time.monotonic()
        return self._share

    @property
    def waiting(self) -> bool:
        """Whether others are at work and it waits for its turn."""
        return self._places.waits(self)

    def go(self) -> None:
        """Has a place, and works."""
        self._turn.set()
        if self._process:
            self._process.send_signal(signal.SIGCONT)

    def rest(self) -> bool:
        """Stops where it is, and keeps all that it has; False where the system cannot, or it has hardly begun."""
        if not self._process or not hasattr(signal, "SIGSTOP"):
            return False
        self._process.send_signal(signal.SIGSTOP)
        return True

    def join(self) -> "Job[Result]":
        """One more visitor wants the same; it ends when all of them have cancelled."""
        self._holders += 1
        return self

    def in_this_language(self, owner: str = "") -> "Job[Result] | None":
        """The same order anew, where it was refused in another language than is spoken now; None where it was not.

        A refusal comes early, and its sentence is made where the work is: whoever joined a job of somebody else is
        refused by one of their own.
        """
        if not self.sentence or self._language == spoken().code:
            return None
        same = under_way(self.module, self.order)
        return same.join() if same else Job(self._kind, self.order, owner, self._keep)

    def cancel(self) -> None:
        """Ends the process at once, unless somebody else wants it too."""
        self._holders -= 1
        if self._holders <= 0:
            self._end()

    def _end(self) -> None:
        self.cancelled = True
        self._turn.set()
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
        with speaking(self._language):
            self._do(order)

    def _do(self, order: str) -> None:
        try:
            self._turn.wait()
            if self.cancelled:
                return
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._kind.module],
                cwd=Path(__file__).resolve().parents[2],
                env=os.environ | ALONE | {SPOKEN: self._language},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            if self.cancelled:  # before there was anything to end
                return
            self._follow(self._process, order)
        except (OSError, ValueError, KeyError) as error:  # no process, or one that talks nonsense
            self.sentence = f"{known(STOPPED)} ({type(error).__name__})"
        finally:
            if self._process:
                self._process.kill()  # it has closed its output, or is of no use any more
                self._process.wait()
            if not (self.finished or self.sentence or self.cancelled):
                self.sentence = known(STOPPED)
            if self.finished:
                self._keep(self.finished)
            with _lock:
                _running.discard(self)
            self._places.leave(self)

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
            elif not self.cancelled:
                self.finished = self._kind.read(said["finished"])

    def _watch(self) -> None:
        """Ends the process of somebody who has left, and sees to it that turns end."""
        while self in _running:
            if time.monotonic() - self._asked > self._kind.patience:
                self._end()
            self._places.look()
            time.sleep(0.2)
