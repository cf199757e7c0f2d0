"""What a crowd does to others, and what comes back to it: `python -m benchmarks.visits`.

Three hundred visitors make a recipe each, a group, a view of the map, a slower blend or a search, and lose the
connection all at once, more than twice as many as Streamlit keeps. Each returns as a browser does, with its session's
name and its address. And one visitor clears Streamlit's caches, five times a second, beside another one.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.report import ROOT, median, row, save
from latent_core.models import group_links
from latent_core.models.groups import Group
from latent_core.recipes.recipe import Recipe
from pages.parts.blend import slower_link
from pages.parts.generate import search_link
from tests.harness.serving import Server

CROWD = 300
SPENT = {"evaluations": 5, "cpu_seconds": 1.0, "command": "python -m latent_core search"}
APP = """
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import streamlit as st

ROOT = Path({root!r})
sys.path.insert(0, str(ROOT))

from benchmarks import visits
from latent_core.slow import Finished
from pages.parts import loaders
from server import mount

app = st.App(
    ROOT / "pages" / "frame.py", routes=mount.routes(ROOT), middleware=mount.middleware(ROOT), lifespan=mount.lifespan
)

for i in range(visits.CROWD):
    picture = np.full((1, 28, 28), i / visits.CROWD, np.float32)
    recipe = replace(visits.recipe(i), method="transport")
    made = Finished(picture, np.zeros(0, np.float32), recipe, groups=visits.group(i))
    loaders.remember("transport", visits.recipe(i), visits.groups(i), made)
    loaders.remember_found(visits.order(i), visits.found(i))
"""
"""The app, in which jobs have made what the visitors ordered."""


def recipe(i: int) -> Recipe:
    """A visitor's own blend; every third one's has a group in it."""
    named = ("Group 1",) if i % 3 == 0 else ()
    return Recipe("mnist", "mmd-20", tuple((name, 10.0 + i % 90) for name in ("3", "8", *named)), seed=i)


def group(i: int) -> tuple[Group, ...]:
    """Its group, if it has one."""
    return (Group("mnist", 1, tuple(range(i, i + 900, 3))),) if i % 3 == 0 else ()


def groups(i: int) -> str:
    """The same as text."""
    return group_links.to_text(group(i)) if group(i) else ""


def order(i: int) -> dict[str, object]:
    """Its search."""
    given = {"model": "mnist/mmd-20", "kind": "medium1", "accuracy": 0.995, "worst": 0.98}
    return {**given, "seed": i, "optimiser": "", "budget": 0}


def found(i: int) -> dict[str, object]:
    """What its search has found."""
    scores = {"cosine": 0.7, "own": 0.995, "own_worst": 0.99, "judge": 0.99, "draws": 1000}
    given = {"kind": "medium1", "form": "medium1", "family": "diagonal", "accuracy": 0.995, "seed": i}
    return {**given, "slug": "mnist/mmd-20", "theta": [[0.5] * 20] * 10, "scores": scores, **SPENT}


@dataclass
class Visitor:
    """One of the crowd: half of them on Blend, half on Generate; `session` and `address` as the server last said."""

    i: int
    session: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        own = {**recipe(self.i).to_query(), "view": "pca3", "focus": str(self.i % 10)}
        text = slower_link.to_text("transport", recipe(self.i))
        made = {"search": search_link.to_text(order(self.i))} if self.i % 2 else {"slow": text}
        self.address = urlencode({**own, **made, **({"group": groups(self.i)} if groups(self.i) else {})})

    def come(self, port: int) -> ClientConnection:
        """Opens the socket, as the one who was there before if there was one."""
        names = ["streamlit", "x", self.session] if self.session else ["streamlit"]
        return connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=names, max_size=None, ping_interval=None)  # type: ignore[arg-type]

    def see(self, socket: ClientConnection) -> set[str]:
        """Everything that is its own and is shown: its link, its figure, its sentences."""
        seen = {self.address}
        for message in run(socket, self.address, "generate" if self.i % 2 else ""):
            self.session = message.new_session.initialize.session_id or self.session
            self.address = message.page_info_changed.query_string or self.address
            element = message.delta.new_element
            texts = element.code.code_text, element.html.body, element.markdown.body, element.alert.body
            seen |= {text for text in texts if "style>" not in text or "medley-slow" in text}
            if "mixer" in element.bidi_component.id or "generateview" in element.bidi_component.id:
                told = json.loads(element.bidi_component.json)
                seen |= {json.dumps({key: told.get(key) for key in ("recipe", "groups", "found")}, sort_keys=True)}
        return {*seen, self.address}


def run(socket: ClientConnection, address: str, page: str = "") -> Iterator[ForwardMsg]:
    """Asks for a run of a page; all that comes of it."""
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = address, page
    socket.send(message.SerializeToString())
    while True:
        yield (told := ForwardMsg.FromString(bytes(socket.recv(timeout=60))))  # type: ignore[arg-type]
        if told.WhichOneof("type") == "script_finished":
            return


def dropped(port: int) -> tuple[int, int]:
    """How many of the crowd see all that they saw before, and how many have made something that nobody else has."""
    crowd = [Visitor(i) for i in range(CROWD)]
    sockets = [one.come(port) for one in crowd]
    for one, socket in zip(crowd, sockets, strict=True):
        list(one.see(socket))
    before = [one.see(socket) for one, socket in zip(crowd, sockets, strict=True)]
    for socket in sockets:
        socket.close()
    back = 0
    for one, was in zip(crowd, before, strict=True):
        with one.come(port) as socket:
            back += one.see(socket) == was
    return back, len(set.union(*before)) - len(set.intersection(*before))


def timed(socket: ClientConnection) -> float:
    """s that a run takes."""
    began = time.perf_counter()
    list(run(socket, ""))
    return time.perf_counter() - began


def clearing(port: int) -> tuple[list[float], list[float], list[float]]:
    """s that another visitor's runs take: usually, after one `clear_cache`, and while five a second are sent."""
    clear = BackMsg()
    clear.clear_cache = True
    stop = Event()
    with Visitor(0).come(port) as mine, Visitor(1).come(port) as theirs:
        list(run(mine, ""))
        list(run(theirs, ""))
        usual = [timed(mine) for _ in range(20)]
        after = []
        for _ in range(10):
            theirs.send(clear.SerializeToString())
            time.sleep(0.2)
            after.append(timed(mine))

        def flood() -> None:
            while not stop.wait(0.2):
                theirs.send(clear.SerializeToString())
                list(run(theirs, ""))

        flooding = Thread(target=flood)
        flooding.start()
        beside = [timed(mine) for _ in range(100)]
        stop.set()
        flooding.join()
    return usual, after, beside


def main() -> None:
    """Measure everything and write benchmarks/results/visits.json."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "app.py"
        script.write_text(APP.format(root=str(ROOT)), encoding="utf-8")
        server = Server(Path(folder) / "log.txt", app=script).start()
        back, own = dropped(server.port)
        usual, after, beside = clearing(server.port)
        server.stop()
        log = server.log()
    ms = [[1000 * seconds for seconds in some] for some in (usual, after, beside)]
    rows = [
        row("of 300 dropped sessions, those to which all comes back", [back], "visits", CROWD, better="higher"),
        row("different things that they had made and were shown", [own], "things", None),
        row("a run of Blend (median)", ms[0], "ms", None),
        row("the run after `clear_cache` from another visitor (median)", ms[1], "ms", round(2 * median(ms[0]))),
        row("a run while another sends five `clear_cache` and reruns a second (median)", ms[2], "ms", None),
    ]
    print(save("visits", rows, "not used"))
    if "Traceback" in log:
        raise SystemExit(log)


if __name__ == "__main__":
    main()
