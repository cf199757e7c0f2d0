"""How many may be in Medley at once: fewer than the process has files for, so that a crowd takes it from nobody, and
of these so many from one address that no stranger takes all places."""

import os
from collections import Counter
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketClose

from latent_core.language import known, mark, speaking
from server.speech import language_of

FULL = mark("Medley is full just now. Try again in a minute.")
SHARE = mark(
    "Your network address has as many visits to Medley open as one may have ({visits}). "
    "Close one of them, or try again in a minute."
)
STREAM, HEALTH = "/_stcore/stream", "/_stcore/health"
MOST = 1_000
"""Visits at once, where the system has files for so many; MEDLEY_MOST_VISITS is another number."""
ONE_IN = 4
"""One place in so many is for visits from one address, but never fewer than LEAST; MEDLEY_MOST_VISITS_EACH is another
number. This machine's own address has no such limit: a proxy here that names no other has it for all its visitors."""
LEAST = 8
FILES_EACH = 4
"""Open files of a visit: its socket, and the loop of its script thread."""
SPARE = 4
"""One file in so many is left for pages that are being loaded, models and processes."""


class Crowd:
    """ASGI layer that counts sockets: one more than there is room for is refused, and the health answer says so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.inside: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a socket, or tell of a full house, with 503 and a sentence; pass everything else on."""
        asks = scope["type"] == "http" and scope["path"].endswith(HEALTH)
        enters = scope["type"] == "websocket" and scope["path"].endswith(STREAM)
        if not asks and not enters:
            await self.app(scope, receive, send)
            return
        whose = household(scope)
        with speaking(language_of(scope)):
            sentence = self.refusal(whose)
        if sentence:
            answer = PlainTextResponse(f"{sentence}\n", 503, {"Retry-After": "60", "Cache-Control": "no-store"})
            if asks:
                await answer(scope, receive, send)
            elif "websocket.http.response" in scope.get("extensions", {}):
                await WebSocket(scope, receive, send).send_denial_response(answer)
            else:
                await WebSocketClose(code=1013)(scope, receive, send)
            return
        self.inside[whose] += enters
        try:
            await self.app(scope, receive, send)
        finally:
            self.inside[whose] -= enters
            if not self.inside[whose]:
                del self.inside[whose]

    def refusal(self, whose: str) -> str:
        """Why there is no room for one more visit of that household; "" where there is."""
        limit = open_files()
        if self.inside.total() >= room(limit) or used_files() + FILES_EACH > limit * (1 - 1 / (4 * SPARE)):
            return known(FULL)
        visits = self.inside[whose]
        return known(SHARE).format(visits=visits) if whose and visits >= share(limit) else ""


def household(scope: Scope) -> str:
    """Whom a request comes from: an address, of IPv6 the network of 2^64 that one customer has; "" for this machine.

    It is the address of the other end of the line, or the one that a proxy names, if uvicorn trusts that proxy: those
    of this machine, or those in FORWARDED_ALLOW_IPS.
    """
    host = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return ""
    return str(ip_network((address, 64), strict=False) if address.version == 6 else address)


def room(limit: float) -> int:
    """Visits at once that so many open files allow."""
    allowed = limit * (1 - 1 / SPARE) / FILES_EACH
    return max(1, int(min(_number("MEDLEY_MOST_VISITS", MOST), allowed)))


def share(limit: float) -> int:
    """Visits at once from one address, where so many open files are allowed."""
    return max(1, _number("MEDLEY_MOST_VISITS_EACH", max(LEAST, room(limit) // ONE_IN)))


def _number(name: str, usual: int) -> int:
    """A whole number from the environment."""
    wanted = os.environ.get(name, "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() else usual


def short_of_files() -> bool:
    """Whether what is left would be too little if as many came again as are kept for pages that are being loaded."""
    return used_files() > open_files() * (1 - 1 / (2 * SPARE))


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
