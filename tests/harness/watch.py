"""What a browser page did behind the scenes: requests, console, messages to and from the server."""

import re
import time
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Page, Request, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LOCAL = ("127.0.0.1", "localhost")
SHORT = 8000
"""Bytes that no message about the begin or the end of a run exceeds; longer ones are not read."""
GRACE = 0.3
"""Seconds in which the server, which has taken all messages, begins another run where one that ended answered few."""
SOCKETS = """const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...given) { window.socket = this; return send.apply(this, given); };"""
"""JavaScript: keeps the socket that a page speaks through."""
HEARTBEAT = f"() => window.socket?.send(Uint8Array.from({list(BackMsg(app_heartbeat=True).SerializeToString())}))"
"""JavaScript: asks the server for a sign of life, which comes once it has taken all that was sent before."""


@dataclass
class Watch:
    """The record of one page. `reruns` counts the script runs that the page asked the server for.

    Attributes:
        external: addresses asked for outside this machine (they are blocked too).
        errors: console errors, uncaught exceptions and content-policy violations.
        warnings: console warnings.
        reruns: rerun messages sent, the first load's included.
        parts: runs of a page's live part alone that have ended.
        frames: all WebSocket messages sent.
        open: rerun messages that no run has answered for certain; ended: when the last run ended, if some are left;
            taken: whether the server has said since that all have arrived.
    """

    external: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reruns: int = 0
    parts: int = 0
    frames: int = 0
    allowed: list[str] = field(default_factory=list)
    open: int = 0
    ended: float = 0.0
    taken: bool = False

    @property
    def answered(self) -> bool:
        """Whether the script has run to its end since the page last asked for that.

        One run answers all messages that came before it began. Of several, some may have come later, or wait yet,
        because the visit works too much: then another run follows, and only its end is the answer.
        """
        if self.taken and self.ended and time.monotonic() - self.ended > GRACE:
            self.open = 0
        return self.open <= 0

    @property
    def unsure(self) -> bool:
        """Whether only the server can tell if there is more to come: see `HEARTBEAT`."""
        return self.open > 0 and self.ended > 0 and not self.taken

    def follow(self, page: Page) -> "Watch":
        """Begin to record `page`; call it before the page goes anywhere."""
        page.add_init_script(SOCKETS)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        page.on("websocket", self._socket)
        WATCHED[page] = self
        return self

    def begin(self) -> None:
        """Forget all until now: another test goes on with the page."""
        self.external, self.errors, self.warnings, self.allowed = [], [], [], []
        self.reruns = self.parts = self.frames = 0

    def allow(self, pattern: str) -> None:
        """Expect console errors that match this regular expression, e.g. while the test kills the server."""
        self.allowed.append(pattern)

    def complaints(self) -> list[str]:
        """What must not have happened: external requests, and errors that no `allow` expects."""
        unexpected = [e for e in self.errors if not any(re.search(p, e) for p in self.allowed)]
        return [f"external request: {url}" for url in self.external] + unexpected

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in LOCAL:
            self.external.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")
        elif message.type == "warning":
            self.warnings.append(message.text)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)
        socket.on("close", lambda _: self._forget())

    def _sent(self, payload: str | bytes) -> None:
        kind = BackMsg.FromString(payload).WhichOneof("type") if isinstance(payload, bytes) else None
        self.frames += kind != "app_heartbeat"
        if kind == "rerun_script":
            self.reruns += 1
            self.open = max(0, self.open) + 1
            self.ended, self.taken = 0.0, False

    def _received(self, payload: str | bytes) -> None:
        if not isinstance(payload, bytes) or len(payload) > SHORT:
            return
        message = ForwardMsg.FromString(payload)
        if message.WhichOneof("type") == "new_session":
            self.ended = 0.0
        elif message.WhichOneof("type") == "heartbeat_ack":
            self.taken, self.ended = True, time.monotonic() if self.ended else 0.0
        elif message.WhichOneof("type") == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return
            self.open -= 1
            self.parts += message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
            self.ended = time.monotonic() if self.open > 0 else 0.0

    def _forget(self) -> None:
        self.open, self.ended = 0, 0.0


WATCHED: MutableMapping[Page, Watch] = WeakKeyDictionary()
"""The record of each page that is followed."""
