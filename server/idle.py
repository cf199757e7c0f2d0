"""Connections that ask nothing: they are closed after a while, as each holds a file that a visitor could have."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from uvicorn import Server

from server import crowd

PATIENCE, SHORT = 10.0, 1.0
"""s that a connection may wait before it asks something, and where files are short; a browser asks at once."""
EVERY = 0.5
"""s between two looks."""


def servers() -> list[Server]:
    """The servers of this process; to be asked for before gc.freeze(), which hides what there is."""
    return [one for one in gc.get_objects() if isinstance(one, Server)]


@asynccontextmanager
async def idle_ones_closed(servers: list[Server]) -> AsyncIterator[None]:
    """Looks after the connections of these servers; uvicorn itself waits for ever for a first request."""
    task = asyncio.create_task(_look_after(servers))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _look_after(servers: list[Server]) -> None:
    since: dict[Any, float] = {}
    while True:
        waiting = [one for server in servers for one in server.server_state.connections if _asks_nothing(one)]
        now = time.monotonic()
        since = {one: since.get(one, now) for one in waiting}
        patience = SHORT if waiting and crowd.short_of_files() else PATIENCE
        for one, began in since.items():
            if now - began >= patience:
                one.transport.abort()  # no goodbye: whoever asked nothing may also take nothing
        await asyncio.sleep(EVERY)


def _asks_nothing(connection: Any) -> bool:
    """Whether no request has come on it in full; a WebSocket has none to wait for."""
    return getattr(connection, "cycle", connection) is None and connection.transport is not None
