"""A crowd, a flood of messages and a flood of errors take the app from nobody and fill no disk."""

import asyncio
import io
import logging
import sys
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from streamlit.runtime.app_session import AppSession
from streamlit.testing.v1 import AppTest, app_test

from server import crowd, idle, logs, work
from server.allowance import Allowance
from server.crowd import FULL, Crowd
from server.logs import Measured, measured_logs
from server.pace import Pace
from tests.harness.serving import free_port


class Visit:
    """A request to a layer without a network: what came back, and for a socket a way to leave."""

    def __init__(self, layer: Any, path: str, kind: str = "http", address: str = "127.0.0.1") -> None:
        extensions: Any = {"websocket.http.response": {}}
        self.scope = {
            "type": kind,
            "path": path,
            "method": "GET",
            "headers": [],
            "client": (address, 50_000),
            "extensions": extensions,
            "visit": self,
        }
        self.said: list[Any] = []
        self.left = asyncio.Event()
        self.task = asyncio.create_task(layer(self.scope, self.receive, self.send))

    async def receive(self) -> Any:
        """Its first and only message."""
        return {"type": "websocket.connect" if self.scope["type"] == "websocket" else "http.request"}

    async def send(self, message: Any) -> None:
        """Notes what it is told."""
        self.said.append(message)

    async def answer(self) -> tuple[int, str]:
        """Status and text of an HTTP answer."""
        await self.task
        return self.said[0]["status"], b"".join(one.get("body", b"") for one in self.said[1:]).decode().strip()


async def medley(scope: Any, receive: Any, send: Any) -> None:
    """The app behind the layer: says ok, and keeps a socket until it leaves."""
    if scope["type"] == "http":
        await PlainTextResponse("ok")(scope, receive, send)
    else:
        await scope["visit"].left.wait()


def test_one_too_many_is_told_so_and_the_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLEY_MOST_VISITS", "2")

    async def story() -> None:
        layer = Crowd(medley)
        two = [Visit(layer, path, "websocket") for path in ("/_stcore/stream", "/below/_stcore/stream")]
        await asyncio.sleep(0)
        assert await Visit(layer, "/_stcore/health").answer() == (503, FULL)
        assert await Visit(layer, "/_stcore/stream", "websocket").answer() == (503, FULL)
        assert await Visit(layer, "/").answer() == (200, "ok") and layer.inside.total() == 2
        two[0].left.set()
        await two[0].task
        assert await Visit(layer, "/_stcore/health").answer() == (200, "ok")
        two[1].left.set()
        await two[1].task
        assert not layer.inside

    asyncio.run(story())


@pytest.mark.parametrize(
    ("limit", "visits"), [(256, 48), (1024, 192), (4096, 768), (65_536, 1000), (float("inf"), 1000)]
)
def test_there_are_files_left_when_it_is_full(limit: float, visits: int) -> None:
    assert crowd.room(limit) == visits and visits * crowd.FILES_EACH <= 0.75 * limit


def test_files_that_others_hold_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "open_files", lambda: 1024)
    monkeypatch.setattr(crowd, "used_files", lambda: 980)
    assert Crowd(medley).refusal("") == FULL


HOUSEHOLDS = [
    ("203.0.113.7", "203.0.113.7", "203.0.113.8"),
    ("2001:db8:1:2::1", "2001:db8:1:2:3::9", "2001:db8:1:3::1"),
    ("::ffff:203.0.113.7", "203.0.113.7", "::ffff:203.0.113.8"),
]


@pytest.mark.parametrize(("one", "same", "other"), HOUSEHOLDS)
def test_a_stranger_takes_no_more_than_a_share(
    monkeypatch: pytest.MonkeyPatch, one: str, same: str, other: str
) -> None:
    monkeypatch.setenv("MEDLEY_MOST_VISITS_EACH", "2")
    sentence = crowd.SHARE.format(visits=2)

    async def story() -> None:
        layer = Crowd(medley)
        inside = [Visit(layer, "/_stcore/stream", "websocket", address) for address in (one, same)]
        await asyncio.sleep(0)
        assert await Visit(layer, "/_stcore/stream", "websocket", same).answer() == (503, sentence)
        assert await Visit(layer, "/_stcore/health", address=one).answer() == (503, sentence)
        inside += [Visit(layer, "/_stcore/stream", "websocket", address) for address in (other, *["::1"] * 3, "")]
        assert await Visit(layer, "/_stcore/health", address=other).answer() == (200, "ok")
        assert layer.inside.total() == 7
        for visit in inside:
            visit.left.set()
            await visit.task
        assert not layer.inside

    asyncio.run(story())


@pytest.mark.parametrize(("limit", "each"), [(64, 8), (256, 12), (1024, 48), (65_536, 250)])
def test_the_share_of_one_address(limit: float, each: int) -> None:
    assert crowd.share(limit) == each


@pytest.mark.parametrize("short", [False, True])
def test_connections_that_ask_nothing_are_closed(monkeypatch: pytest.MonkeyPatch, short: bool) -> None:
    """Also those that begin a request and never end it; sooner where files are short. One that asks is answered."""
    monkeypatch.setattr(idle, "EVERY", 0.02)
    monkeypatch.setattr(idle, "SHORT" if short else "PATIENCE", 0.2)
    monkeypatch.setattr(crowd, "short_of_files", lambda: short)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.4)
        await PlainTextResponse("ok")(scope, receive, send)

    async def story() -> None:
        port = free_port()
        server = uvicorn.Server(uvicorn.Config(app, port=port, lifespan="off", log_level="critical"))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        async with idle.idle_ones_closed(idle.servers()):
            began = time.monotonic()
            visits = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
            visits[1][1].write(b"GET / HTTP/1.1\r\nHost: x")
            visits[2][1].write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            for reader, _ in visits[:2]:
                with suppress(ConnectionResetError):
                    assert await reader.read() == b""
            assert 0.15 < time.monotonic() - began < 2
            assert (await visits[2][0].read()).endswith(b"ok")
        server.should_exit = True
        await serving

    asyncio.run(asyncio.wait_for(story(), 20))


def test_a_visit_that_floods_is_taken_at_its_pace_and_loses_nothing() -> None:
    heard: list[float] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for _ in range(30):
            assert (await receive())["type"] == "websocket.receive"
            heard.append(time.monotonic())

    async def flood() -> Any:
        return {"type": "websocket.receive", "text": "rerun"}

    began = time.monotonic()
    asyncio.run(Pace(app, burst=10, rate=100)({"type": "websocket"}, flood, flood))  # type: ignore[arg-type]
    assert len(heard) == 30 and heard[9] - heard[0] < 0.15 < heard[-1] - began


def test_a_visit_that_has_worked_too_long_waits_and_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BURST", 0.5)
    monkeypatch.setattr(work, "RATE", 1.0)
    told: dict[str, list[float]] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        visit = dict(scope["headers"])[work.HEADER].decode()
        told[scope["name"]] = []
        for _ in range(3):
            assert (await receive())["text"] == "rerun"
            told[scope["name"]].append(time.monotonic() - began)
            work._visits[visit].take(0.6 if scope["name"] == "busy" else 0.01)

    async def message() -> Any:
        return {"type": "websocket.receive", "text": "rerun"}

    async def story() -> None:
        layer = Pace(app)
        forged = [(work.HEADER, b"2")]
        scopes = [{"type": "websocket", "name": name, "headers": forged} for name in ("busy", "calm")]
        await asyncio.gather(*(layer(scope, message, message) for scope in scopes))  # type: ignore[arg-type]

    began = time.monotonic()
    asyncio.run(story())
    assert told["calm"][-1] < told["busy"][1] and 0.1 <= told["busy"][1] and 0.65 < told["busy"][2]
    assert work._visits == {}


class Clock(threading.local):
    """Each thread's CPU time, in which only `work` counts: a real one counts the garbage collector's work too."""

    worked = 0.0

    def thread_time(self) -> float:
        """s."""
        return self.worked

    def work(self, seconds: float) -> None:
        """The thread works for so long."""
        self.worked += seconds


CLOCK = Clock()


def test_all_that_runs_for_a_visit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page, what a button starts, and what ends early; all sessions of the server are run in this way."""

    class Runner(work.CountedRunner, app_test.LocalScriptRunner):  # type: ignore[misc]
        """Streamlit's runner for tests, counted."""

    def script() -> None:
        import streamlit as st

        from tests.unit.test_crowd import CLOCK

        CLOCK.work(1)
        if st.button("Work", on_click=CLOCK.work, args=(10,)):
            CLOCK.work(100)
            st.stop()

    spent = Allowance(1000, 0)
    monkeypatch.setattr(work, "time", CLOCK)
    monkeypatch.setattr(app_test, "LocalScriptRunner", Runner)
    monkeypatch.setattr(work, "_visits", {"": spent})
    page = AppTest.from_function(script).run()
    assert spent._left == 1000 - 1
    page.button[0].click().run()
    assert spent._left == 1000 - 1 - 10 - 1 - 100


def test_what_is_made_to_be_saved_is_counted_and_all_sessions_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "time", CLOCK)
    monkeypatch.setattr(work, "RATE", 0.0)

    async def story() -> None:
        with work.counted_work(), work.visit("1") as (_, spent):
            await asyncio.gather(*(asyncio.to_thread(CLOCK.work, 100) for _ in range(2)))
            assert spent._left == work.BURST - 200
            assert AppSession._create_scriptrunner.__globals__["ScriptRunner"] is work.CountedRunner

    asyncio.run(story())


def test_a_flood_of_errors_leaves_a_line_that_says_how_much() -> None:
    now = [0.0]
    out = io.StringIO()
    stream = Measured(out, burst=1000, rate=10, clock=lambda: now[0])  # type: ignore[arg-type]
    for _ in range(10_000):
        stream.write("x" * 99 + "\n")
    assert len(out.getvalue()) == 1000
    now[0] = 60
    stream.write("well again\n")
    assert out.getvalue().endswith("[999,000 characters of the log were left out: too many at once]\nwell again\n")


def test_every_logger_writes_through_the_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that there are, those that come later, and what is printed."""
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setattr(logs.Measured.__init__, "__defaults__", (500, 0.0, time.monotonic))
    early, late = logging.Logger("early"), None
    handler = logging.StreamHandler()
    logging.getLogger("medley-early").addHandler(handler)
    try:
        with measured_logs():
            late = logging.Logger("late")
            late.addHandler(logging.StreamHandler())
            early.addHandler(handler)
            for _ in range(100):
                early.error("x" * 50)
                late.error("y" * 50)
                print("z" * 50, file=sys.stderr)  # noqa: T201
            assert 400 < len(out.getvalue()) <= 500
        assert sys.stderr is out and handler.stream is out
    finally:
        logging.getLogger("medley-early").removeHandler(handler)
