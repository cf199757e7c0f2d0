"""Many viewers at once: sessions that are open, pages that drag without a pause, and what the server does meanwhile."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.drive import open_blend
from tests.harness.watch import Watch


def cpu_seconds(pid: int) -> float:
    """Seconds of processor time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Sessions:
    """Open sessions without a browser; each has run the Blend page's script once."""

    def __init__(self, port: int, count: int) -> None:
        self.sockets: list[ClientConnection] = []
        for _ in range(count):
            socket = connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None, ping_interval=None)
            message = BackMsg()
            message.rerun_script.query_string = ""
            socket.send(message.SerializeToString())
            while ForwardMsg.FromString(bytes(socket.recv(timeout=60))).WhichOneof("type") != "script_finished":  # type: ignore[arg-type]
                pass
            self.sockets.append(socket)

    def __enter__(self) -> "Sessions":
        return self

    def __exit__(self, *failure: object) -> None:
        for socket in self.sockets:
            socket.close()


class Hands:
    """Real pages, each with a hand on one slider that moves 30 times a second and never lets go."""

    def __init__(self, browser: Browser, url: str, query: str, count: int) -> None:
        self.pages: list[Page] = []
        self.watches: list[Watch] = []
        for _ in range(count):
            page = browser.new_context(viewport={"width": 1000, "height": 700}).new_page()
            self.watches.append(Watch().follow(page))
            self.pages.append(page)
            open_blend(page, url, query)

    def drag(self, label: str, seconds: float) -> tuple[int, int]:
        """Drag in all pages at once; the messages that they sent to the server meanwhile, and the pictures drawn."""
        sent = sum(watch.frames for watch in self.watches)
        for page in self.pages:
            page.evaluate(f"window.medley.frames = []; window.timer = probe.drag('{label}', 30); 0")
        self.pages[0].wait_for_timeout(seconds * 1000)
        drawn = sum(
            int(page.evaluate("clearInterval(window.timer), window.medley.frames.length")) for page in self.pages
        )
        return sum(watch.frames for watch in self.watches) - sent, drawn

    def close(self) -> None:
        """Close all pages."""
        for page in self.pages:
            page.context.close()
