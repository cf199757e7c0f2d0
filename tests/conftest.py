"""Fixtures for every test: the real app, started once, and further apps with another environment."""

import asyncio
import fcntl
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.harness.serving import Server

os.environ.setdefault("OMP_NUM_THREADS", "1")
"""Tests run side by side, a core each: threads of torch and numpy would only wait for one another."""
os.environ.setdefault("NUMBA_OPT", "1")
"""UMAP lays out a few hundred points: to compile it well takes four times as long as to compile it."""
os.environ.setdefault("MEDLEY_FIRST", "mnist")
"""The bare address shows digits at rest; what it shows a visitor has tests of its own (tests/unit/test_state.py)."""
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
"""What an example takes says nothing where other processes share the cores."""
ON_ONE_WORKER = {"tests/unit/test_cli.py": "umap", "tests/unit/test_projections.py": "umap"}
"""Files that share a worker: UMAP takes half a minute to compile."""


class ByFile(LoadScopeScheduling):
    """Keeps each file of unit tests on one worker, so that what its tests share is built once.

    xdist's own groups do nothing under pytest 9.2, whose items have no `_nodeid` that a mark could be added to.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return ON_ONE_WORKER.get(file, file) if file.startswith("tests/unit/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """The scheduler of --dist loadgroup."""
    return ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What measures comes late, and what takes a moment last, so that no worker waits long for another one."""
    items.sort(key=lambda item: (item.path.parent.name == "web", "at_best" in getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What all tests have read stays till the end. Streamlit searches for garbage after each run of a page, and would
    look at all of it."""
    gc.collect()
    gc.freeze()


ALONE = "alone"
"""The property of a test that says for how many seconds no other one ran."""
BUSY: dict[str, list[float]] = {}
"""By worker: seconds of tests, and of these what was measured alone."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counts what each worker did."""
    busy = BUSY.setdefault(getattr(report, "worker_id", "this process"), [0, 0])
    busy[0] += report.duration
    if report.when == "teardown":
        busy[1] += sum(float(str(value)) for name, value in report.user_properties if name == ALONE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells whether workers waited for one another: what is missing to the time of the run went into that, or into
    reading the tests."""
    if len(BUSY) > 1:
        terminalreporter.section("work of the workers")
        for worker, (seconds, alone) in sorted(BUSY.items()):
            terminalreporter.line(f"{worker}: {seconds:.0f} s of tests, {alone:.0f} s of them while no other ran any")


class Company:
    """A room that the tests of all workers share and one may have to itself; both are locks of files.

    Whoever comes passes the door. Whoever wants to be alone holds it: others would else come as fast as some leave.
    """

    def __init__(self, room: TextIO, door: TextIO) -> None:
        self.room, self.door, self.alone = room, door, 0.0
        with self._held(door, fcntl.LOCK_SH):
            fcntl.flock(room, fcntl.LOCK_SH)

    def at_best(self, holds: Callable[[], bool]) -> bool:
        """Whether something holds that other work on the machine can only spoil: beside that work, or else without."""
        return holds() or self._alone(holds)

    def _alone(self, holds: Callable[[], bool]) -> bool:
        fcntl.flock(self.room, fcntl.LOCK_UN)
        with self._held(self.door, fcntl.LOCK_EX):
            fcntl.flock(self.room, fcntl.LOCK_EX)
            begun = time.monotonic()
            held = holds()
            self.alone += time.monotonic() - begun
            fcntl.flock(self.room, fcntl.LOCK_SH)
        return held

    @staticmethod
    @contextmanager
    def _held(file: TextIO, how: int) -> Iterator[None]:
        fcntl.flock(file, how)
        yield
        fcntl.flock(file, fcntl.LOCK_UN)


@pytest.fixture(autouse=True)
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Tests run beside those of other workers, unless one of them has asked to be alone."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "room.lock").open("w") as room, (shared / "door.lock").open("w") as door:
        company = Company(room, door)
        yield company
        if company.alone:
            request.node.user_properties.append((ALONE, company.alone))


AtBest = Callable[[Callable[[], bool]], bool]


@pytest.fixture
def at_best(company: Company) -> AtBest:
    """`assert at_best(holds)`: what is measured, e.g. frames a second, is good enough beside the tests of other workers
    or, on a second try, while none runs."""
    return company.at_best


@pytest.fixture
def opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are handed what ships as this process opened it first: half a second goes into comparing all its files
    with their hashes."""
    from latent_core.commands import making
    from tests import shipped

    monkeypatch.setattr(making, "open_library", shipped.library)


@pytest.fixture(scope="session", autouse=True)
def operators_read_once() -> None:
    """torch's exporter reads the sources of all ONNX operators for each graph anew: a third of the time of a graph."""
    if "latent_core.training.export" in sys.modules:
        from torch.onnx._internal.exporter._registration import ONNXRegistry

        ONNXRegistry.from_torchlib = staticmethod(cache(ONNXRegistry.from_torchlib))  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit makes the page that it runs `__main__`; processes that a later test starts would run it again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(autouse=True)
def own_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright leaves its event loop running in this thread; a unit test may start one of its own."""
    outside = asyncio._get_running_loop() if "unit" in request.path.parts else None
    if outside:
        asyncio._set_running_loop(None)
    yield
    if outside:
        asyncio._set_running_loop(outside)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app over the shipped models, one for the whole session: `app.url`, `app.log()`.

    Its temporary folder is its own, so that it finds no search that an earlier session left half done. The session
    fails at its end when the app's log holds a traceback.
    """
    folder = tmp_path_factory.mktemp("app")
    server = Server(folder / "log.txt", {"TMPDIR": str(folder)}).start()
    yield server
    server.stop()
    assert "Traceback" not in server.log(), server.log()


@pytest.fixture
def start_app(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """A function that starts another app: `start_app(MEDLEY_MODELS=folder)`; all are stopped after the test."""
    started: list[Server] = []

    def start(**environment: str | Path) -> Server:
        values = {name: str(value) for name, value in environment.items()}
        started.append(Server(tmp_path / f"log{len(started)}.txt", values).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()
