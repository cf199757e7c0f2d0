"""Fixtures for every test: the real app, started once, and further apps with another environment."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serving import Server


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app over the shipped models, one for the whole session: `app.url`, `app.log()`.

    The session fails at its end when the app's log holds a traceback.
    """
    server = Server(tmp_path_factory.mktemp("app") / "log.txt").start()
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
