"""Fixtures for every test: the real app, started once, and further apps with another environment."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.serving import Server

os.environ.setdefault("OMP_NUM_THREADS", "1")
"""Tests run side by side, a core each: threads of torch and numpy would only wait for one another."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps each file of unit tests, or each marked group of files, on one worker: what they share is built once."""
    for item in items:
        if item.path.parent.name == "unit" and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


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
