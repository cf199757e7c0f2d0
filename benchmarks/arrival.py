"""How long a visitor waits for the first picture, and how many bytes come until then."""

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page

from tests.harness.serving import Server

FIRST = "() => window.medley?.frames?.length ? performance.timeOrigin + window.medley.frames[0].painted : 0"
PREVIEW = "() => window.medley?.preview ?? 0"
# Notes when the visitor's own blend stands on the page for the first time, whoever has drawn it: loaded, visible,
# and in a frame that has been painted.
NOTE_PREVIEW = """
const standing = (one) => one.checkVisibility({ visibilityProperty: true })
  && (one instanceof HTMLImageElement ? one.complete && one.naturalWidth > 1 : one.width > 1);
const look = () => {
  const roots = [...document.querySelectorAll('*')].map((one) => one.shadowRoot).filter(Boolean);
  const pictures = roots.flatMap((root) => [...root.querySelectorAll('.pictures-frame > :is(img, canvas)')]);
  const painted = () => { (window.medley ??= {}).preview = performance.timeOrigin + performance.now(); };
  if (pictures.some(standing)) requestAnimationFrame(() => requestAnimationFrame(painted));
  else requestAnimationFrame(look);
};
look();
"""


@dataclass(frozen=True)
class Arrival:
    """One visit: seconds until a finished picture stood there, until it was live, and until all pictures were.

    Attributes:
        preview: s until the visitor's own blend was painted, by the server at first.
        live: s until the browser had painted its own, which follows the hand.
        everything: s until all four pictures and the map were there.
        megabytes: MB received (compressed, headers and WebSocket included) until `live`.
    """

    preview: float
    live: float
    everything: float
    megabytes: float


@dataclass(frozen=True)
class Line:
    """A connection: Mbit/s each way, and ms from a question to its answer."""

    mbps: float
    wait: float

    def emulate(self, page: Page) -> None:
        """Has the browser behave as if it had this connection."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        speed = self.mbps * 1e6 / 8
        conditions = {"offline": False, "latency": self.wait, "downloadThroughput": speed, "uploadThroughput": speed}
        session.send("Network.emulateNetworkConditions", conditions)


def arrive(browser: Browser, url: str, began: float | None = None, line: Line | None = None) -> Arrival:
    """Visit in a fresh profile.

    Args:
        url: the page.
        line: a slower one than this machine's own.
        began: the moment to count from, in s of time.time(); by default the one at which the address is entered.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.add_init_script(NOTE_PREVIEW)
    received = Received(page)
    if line:
        line.emulate(page)
    start = began or time.time()
    page.goto(url, wait_until="commit")
    live = page.wait_for_function(FIRST, timeout=180_000, polling=10).json_value() / 1000
    preview = page.evaluate(PREVIEW) / 1000
    page.locator('.medley[data-ready="all"]').wait_for(timeout=180_000)
    everything = time.time()
    context.close()
    return Arrival(preview - start, live - start, everything - start, received.until(live) / 1e6)


class Received:
    """Bytes that a page receives, each with the moment: what comes after a picture does not count for it."""

    def __init__(self, page: Page) -> None:
        self.offset = 0.0
        """s of time.time() at which the browser's own clock, in which its events are told, was 0."""
        self.pieces: list[tuple[float, float]] = []
        """(s of the browser's clock, bytes)."""
        self.so_far: dict[str, float] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.dataReceived", self._more)
        session.on("Network.loadingFinished", self._whole)
        session.on("Network.webSocketFrameReceived", self._message)

    def until(self, moment: float) -> float:
        """Bytes until a moment, in s of time.time(): compressed, with headers and WebSocket messages."""
        return sum(size for at, size in self.pieces if at + self.offset <= moment)

    def _asked(self, event: dict[str, Any]) -> None:
        self.offset = event["wallTime"] - event["timestamp"]

    def _more(self, event: dict[str, Any]) -> None:
        key = event["requestId"]
        self.so_far[key] = self.so_far.get(key, 0.0) + event["encodedDataLength"]
        self.pieces.append((event["timestamp"], event["encodedDataLength"]))

    def _whole(self, event: dict[str, Any]) -> None:
        """The rest of a request, which is its headers."""
        rest = event["encodedDataLength"] - self.so_far.pop(event["requestId"], 0.0)
        self.pieces.append((event["timestamp"], rest))

    def _message(self, event: dict[str, Any]) -> None:
        self.pieces.append((event["timestamp"], len(event["response"]["payloadData"]) * 0.75))  # it is told as base64


def cold_arrivals(browser: Browser, times: int) -> list[Arrival]:
    """First visits to a server that was just started, counted from the start of its process."""
    arrivals = []
    for _ in range(times):
        with TemporaryDirectory() as folder:
            began = time.time()
            server = Server(Path(folder) / "log.txt").start()
            arrivals.append(arrive(browser, server.url, began))
            server.stop()
    return arrivals
