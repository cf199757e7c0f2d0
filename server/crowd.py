"""How many may be in Medley at once: fewer than the process has files for, so that a crowd takes it from nobody."""

import os
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketClose

FULL = "Medley is full just now. Try again in a minute."
STREAM, HEALTH = "/_stcore/stream", "/_stcore/health"
MOST = 1_000
"""Visits at once, where the system has files for so many; MEDLEY_MOST_VISITS is another number."""
FILES_EACH = 4
"""Open files of a visit: its socket, and the loop of its script thread."""
SPARE = 4
"""One file in so many is left for pages that are being loaded, models and processes."""


class Crowd:
    """ASGI layer that counts sockets: one more than there is room for is refused, and the health answer says so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a socket, or tell of a full house, with 503 and a sentence; pass everything else on."""
        asks = scope["type"] == "http" and scope["path"].endswith(HEALTH)
        enters = scope["type"] == "websocket" and scope["path"].endswith(STREAM)
        if (asks or enters) and self.full():
            answer = PlainTextResponse(f"{FULL}\n", 503, {"Retry-After": "60", "Cache-Control": "no-store"})
            if asks:
                await answer(scope, receive, send)
            elif "websocket.http.response" in scope.get("extensions", {}):
                await WebSocket(scope, receive, send).send_denial_response(answer)
            else:
                await WebSocketClose(code=1013)(scope, receive, send)
            return
        self.inside += enters
        try:
            await self.app(scope, receive, send)
        finally:
            self.inside -= enters

    def full(self) -> bool:
        """Whether there is no room for one more."""
        limit = open_files()
        return self.inside >= room(limit) or used_files() + FILES_EACH > limit * (1 - 1 / (4 * SPARE))


def room(limit: float) -> int:
    """Visits at once that so many open files allow."""
    wanted = os.environ.get("MEDLEY_MOST_VISITS", "")
    most = int(wanted) if wanted.isascii() and wanted.isdigit() else MOST
    allowed = limit * (1 - 1 / SPARE) / FILES_EACH
    return max(1, int(min(most, allowed)))


def open_files() -> float:
    """How many files this process may hold open."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return float("inf")
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return float("inf") if soft == resource.RLIM_INFINITY else soft


def used_files() -> int:
    """How many it holds open, 0 where the system does not say."""
    table = Path("/proc/self/fd")
    try:
        return len(os.listdir(table))  # noqa: PTH208 - thousands of names, and none of them is looked at
    except OSError:
        return 0
