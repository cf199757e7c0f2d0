"""Gzip for every file that gains by it, at the cost of compressing each version once."""

import asyncio
import gzip
from collections import OrderedDict

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.accepts import accepts

LEAVE = ("/_stcore/", "/media/", "/component/")  # answers that are live, or that Streamlit compresses itself
PACKED = ("image/png", "image/webp", "image/jpeg", "font/woff", "audio/", "video/", "application/gzip")
SMALLEST = 1024  # bytes; below that a gzip saves nothing
LARGEST = 32 * 2**20  # bytes held in memory for one file
WORTH = 0.97  # a file that stays above this share of its size is sent as it is


class CompressOnce:
    """ASGI layer with a memory of compressed files, keyed by path and ETag.

    A HEAD request to the inner app tells which version of the file there is; only a version that was never seen is
    read and compressed. A file that is immutable under its name (Streamlit's own scripts, which Streamlit leaves
    uncompressed because it would compress them at each request) does not even cost that a second time.
    """

    def __init__(self, app: ASGIApp, budget: int = 96 * 2**20) -> None:
        self.app = app
        self.budget = budget
        self.kept: OrderedDict[tuple[str, str], bytes | None] = OrderedDict()
        self.held = 0
        self.busy: dict[tuple[str, str], asyncio.Lock] = {}
        self.fixed: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the compressed file where there is one to gain, else the inner app's own answer."""
        if scope["type"] == "http":
            scope = _plainly(scope)
        if not _candidate(scope):
            await self.app(scope, receive, send)
            return
        if scope["path"] in self.fixed:
            await _send(*self.fixed[scope["path"]], scope, send)
            return
        plain = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        start, _ = await _answer(self.app, {**scope, "method": "HEAD"})
        found = Headers(raw=start["headers"])
        if not _worth_trying(start["status"], found):
            sent_as_is = start["status"] == 200 and "content-encoding" not in found
            await self.app(plain if sent_as_is else scope, receive, send)
            return
        packed = await self._packed((scope["path"], found["etag"]), plain)
        if packed is None:
            await self.app(plain, receive, send)
            return
        sent = MutableHeaders(raw=list(start["headers"]))
        sent["Content-Encoding"] = "gzip"
        sent["X-Unpacked-Length"] = found["content-length"]  # a progress counts what it unpacks (web/engine/files.js)
        sent["Content-Length"] = str(len(packed))
        sent["ETag"] = "W/" + found["etag"].removeprefix("W/")
        sent.add_vary_header("Accept-Encoding")
        start = {**start, "headers": sent.raw}
        if "immutable" in found.get("cache-control", ""):
            self.fixed[scope["path"]] = start, packed
        await _send(start, packed, scope, send)

    async def _packed(self, key: tuple[str, str], scope: Scope) -> bytes | None:
        """The compressed file, or None for one that gains nothing; visitors at once wait for one compression."""
        async with self.busy.setdefault(key, asyncio.Lock()):
            if key not in self.kept:
                _, body = await _answer(self.app, {**scope, "method": "GET"})
                packed = await anyio.to_thread.run_sync(lambda: gzip.compress(body, 6, mtime=0))
                if scope.get("query_string"):  # there are as many of these as visitors can think of
                    return packed
                self._keep(key, packed if len(packed) < WORTH * len(body) else None)
            self.kept.move_to_end(key)
        self.busy.pop(key, None)
        return self.kept.get(key)

    def _keep(self, key: tuple[str, str], packed: bytes | None) -> None:
        """Remember, and forget what was not asked for longest until the memory holds `budget` bytes again."""
        self.kept[key] = packed
        self.held += len(packed or b"")
        while self.held > self.budget and len(self.kept) > 1:
            _, dropped = self.kept.popitem(last=False)
            self.held -= len(dropped or b"")


def _plainly(scope: Scope) -> Scope:
    """The same request with an Accept-Encoding of plain names: Streamlit's own layer takes `gzip;q=0` for a yes."""
    header = Headers(scope=scope).get("accept-encoding", "")
    names = ", ".join(name for name in ("gzip", "br") if accepts(header, name)).encode()
    others = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    return {**scope, "headers": [*others, (b"accept-encoding", names)] if names else others}


def _candidate(scope: Scope) -> bool:
    """Whether the request is for a whole file by a client that takes gzip."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    if any(part in scope["path"] for part in LEAVE):
        return False
    asked = Headers(scope=scope)
    return accepts(asked.get("accept-encoding", ""), "gzip") and "range" not in asked


def _worth_trying(status: int, found: Headers) -> bool:
    """Whether a response with these headers is a file of known version that is not compressed yet."""
    if status != 200 or "etag" not in found or "content-encoding" in found:
        return False
    if found.get("content-type", "").startswith(PACKED):
        return False
    return SMALLEST <= int(found.get("content-length", 0)) <= LARGEST


async def _send(start: Message, body: bytes, scope: Scope, send: Send) -> None:
    """Send a whole answer; a HEAD request gets its headers only."""
    await send(start)
    await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})


async def _answer(app: ASGIApp, scope: Scope) -> tuple[Message, bytes]:
    """The inner app's whole answer: its start message and its body.

    It is for every visitor, so the inner app never hears that the one who asked has left: it would stop half-way.
    """
    messages: list[Message] = []
    asked: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if not asked:
            await asyncio.Event().wait()
        return asked.pop()

    async def collect(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, collect)
    return messages[0], b"".join(message.get("body", b"") for message in messages[1:])
