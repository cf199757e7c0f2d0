"""The live blend's promises, measured in Chromium against the real app: `python -m benchmarks.live`."""

import json
import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from benchmarks.crowd import Hands, Sessions, cpu_seconds
from benchmarks.drive import AMOUNTS, long_drag, open_blend, release, slider_drag
from benchmarks.floors import canvas_waits
from benchmarks.report import Row, p95, row, save
from benchmarks.vitals import PAGES, answers, start_of
from latent_core.artifacts import layout, models_root
from tests.harness.chromium import FLAGS, chromium_path
from tests.harness.serving import Server
from tests.harness.watch import Watch

DIGITS = "data=mnist&model=mmd-20&w=" + ",".join(f"{i}:50" for i in range(10))
FRAME = 1000 / 60  # ms
THREE = "data=mnist&model=mmd-20&w=3:50,8:50,0:50"


def drags(browser: Browser, url: str, times: int = 10) -> list[Row]:
    """Ten classes, four pictures: a 30-step drag of one amount in 1.5 s."""
    context = browser.new_context(viewport={"width": 1280, "height": 1500})
    page = context.new_page()
    watch = Watch().follow(page)
    open_blend(page, url, DIGITS)
    what, seen, asked = "30-step drag in 1.5 s, MNIST, 10 classes", [], []
    for i in range(times):
        before = watch.frames
        seen.append(float(slider_drag(page, f"Amount of {i % 10}")))
        asked.append(float(watch.frames - before))
        page.wait_for_timeout(800)
    context.close()
    return [
        row(f"{what}: distinct pictures before release (worst)", seen, "pictures", 25, min, "higher"),
        row(f"{what}: server reruns before release (worst)", asked, "reruns", 0, max),
    ]


def frames(
    browser: Browser, url: str, what: str, query: str, goal: float | None, dragged: str | re.Pattern[str] = AMOUNTS
) -> list[Row]:
    """Work a frame, and from input to paint, over at least 300 frames of a drag with all classes in the blend."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    open_blend(page, url, query)
    drawn = long_drag(page, 320, name=dragged)
    context.close()
    work = [frame["work"] for frame in drawn]
    waits = [frame["painted"] - frame["input"] for frame in drawn]
    return [
        row(f"work a frame, {what}: p95", work, "ms", goal, p95),
        row(f"work a frame, {what}: median", work, "ms", None),
        row(f"newest input to painted, {what}: p95", waits, "ms", None, p95),
    ]


def floor(browser: Browser, waits: float) -> list[Row]:
    """What an empty canvas takes, and how much longer the Blend page does.

    Args:
        waits: the Blend page's newest input to painted, p95 in ms.
    """
    empty = canvas_waits(browser, 320)
    least = max(p95(empty), FRAME)  # a screen shows nothing sooner than its next frame
    what = "newest input to painted"
    return [
        row(f"{what}, an empty 28 x 28 canvas under a slider: p95", empty, "ms", None, p95),
        row(f"{what}, MNIST, 10 classes, over the empty canvas or a frame of 60 Hz: p95", [waits / least], "x", 1.5),
    ]


def vitals(browser: Browser, url: str) -> list[Row]:
    """Core Web Vitals: what a visitor feels of loading, of jumps and of answers."""
    rows = []
    for name, path in PAGES.items():
        starts = start_of(browser, url, path, 3)
        rows.append(row(f"{name}: largest contentful paint", [one.largest_paint / 1000 for one in starts], "s", 2.5))
        rows.append(row(f"{name}: cumulative layout shift (worst)", [one.shift for one in starts], "", 0.1, max))
    waits = answers(browser, url)
    slowest = max(waits, key=lambda name: waits[name])
    what = f"Blend: interaction to next paint of its {len(waits)} controls (worst: {slowest})"
    return [*rows, row(what, list(waits.values()), "ms", 200, max)]


def releases(browser: Browser, server: Server, times: int = 40) -> list[Row]:
    """From letting go to a settled page, and what one rerun costs the server."""
    context = browser.new_context(viewport={"width": 1280, "height": 1500})
    page = context.new_page()
    watch = Watch().follow(page)
    open_blend(page, server.url, THREE)
    assert server.process
    release(page, "Amount of 3", 1)
    page.wait_for_timeout(1000)
    idle = cpu_seconds(server.process.pid)
    page.wait_for_timeout(10_000)
    idle = (cpu_seconds(server.process.pid) - idle) / 10  # share of a core that goes without any rerun
    reruns, cpu, began, waits = watch.reruns, cpu_seconds(server.process.pid), time.monotonic(), []
    for i in range(times):
        waits.append(release(page, "Amount of 3", 1 if i % 2 else -1))
        page.wait_for_timeout(150)
    page.wait_for_timeout(500)
    spent = 1000 * (cpu_seconds(server.process.pid) - cpu - idle * (time.monotonic() - began))
    runs = watch.reruns - reruns
    context.close()
    return [
        row("release to page settled: median", waits, "ms", 150),
        row("release to page settled: p95", waits, "ms", None, p95),
        row(f"server CPU of one rerun (mean of {runs}, with its pictures)", [spent / runs], "ms", 25),
    ]


def crowd(browser: Browser, server: Server, sessions: int = 100, pages: int = 12, seconds: float = 15) -> list[Row]:
    """100 open sessions of which `pages` are real pages that drag without a pause."""
    assert server.process
    pid = server.process.pid
    with Sessions(server.port, sessions - pages):
        hands = Hands(browser, server.url, THREE, pages)
        time.sleep(3)
        idle = cpu_seconds(pid)
        time.sleep(seconds)
        idle = cpu_seconds(pid) - idle
        busy = cpu_seconds(pid)
        sent, drawn = hands.drag("Amount of 3", seconds)
        busy = cpu_seconds(pid) - busy
        hands.close()
    held = f"{sessions} sessions, {pages} of them pages that drag for {seconds:.0f} s"
    return [
        row(f"{held}: reruns caused", [float(sent)], "reruns", 0),
        row(f"{held}: pictures drawn meanwhile", [float(drawn)], "pictures", None, better="higher"),
        row(f"{held}: server CPU while they drag", [100 * busy / seconds], "% of a core", 2),
        row(f"{held}: server CPU while nobody does", [100 * idle / seconds], "% of a core", None),
    ]


def all_of(dataset: str, model: str) -> str:
    """The recipe of all classes of a dataset in equal parts, as a query."""
    classes = json.loads((models_root() / dataset / layout.DATASET_CARD).read_text())["classes"]
    return f"data={dataset}&model={model}&w=" + quote(",".join(f"{quote(name, safe='')}:50" for name in classes))


def main() -> None:
    """Measure everything and write benchmarks/results/live.json."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        server = Server(Path(folder) / "log.txt").start()
        rows = drags(browser, server.url)
        rows += frames(browser, server.url, "MNIST, 10 classes, all four pictures", DIGITS, 16.7)
        rows += floor(browser, rows[-1]["value"])
        rows += frames(browser, server.url, "Omniglot, 20 classes", all_of("omniglot", "mmd-16"), 25)
        animals = all_of("animals", "label-guided-48")
        rows += frames(browser, server.url, "animals, 20 classes in colour", animals, 16.7)
        varied = f"{animals}&theta=0.4"
        rows += frames(browser, server.url, "animals, 20 classes in colour, theta 0.4", varied, 16.7)
        what = "animals, 20 classes in colour, the variety dragged"
        rows += frames(browser, server.url, what, varied, None, "Variety (theta)")
        rows += frames(browser, server.url, "64x64 faces, first visit's classes", "data=olivetti&model=elbo-32", 33)
        rows += frames(browser, server.url, "64x64 faces, all 40", all_of("olivetti", "elbo-32"), None)
        rows += vitals(browser, server.url)
        rows += releases(browser, server)
        rows += crowd(browser, server)
        print(save("live", rows, browser.version))
        server.stop()
        browser.close()


if __name__ == "__main__":
    main()
