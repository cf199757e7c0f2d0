"""How soon a first visit shows its own blend, and how soon that can be dragged: `python -m benchmarks.first_picture`.

The first picture is the blend of the visitor's own link, painted in its place, whoever has drawn it: the server's
comes with the first HTML. The first live picture is the browser's own, which follows the hand.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.arrival import Line, arrive, cold_arrivals
from benchmarks.floors import bare_arrivals
from benchmarks.report import Row, median, row, save
from tests.harness.chromium import FLAGS, chromium_path
from tests.harness.serving import Server

SLOW = Line(1.6, 150)
LINKED = "?data=fashion&model=mmd-16&theta=0.3&seed=7"


def warm(browser: Browser, url: str) -> list[Row]:
    """Fresh profiles on a server that runs, against a Streamlit page with nothing but a title."""
    arrive(browser, url)
    seen = [arrive(browser, url) for _ in range(9)]
    bare = bare_arrivals(browser, 9)
    least = median(bare)
    linked = [arrive(browser, f"{url}/{LINKED}").preview for _ in range(5)]
    return [
        row("first picture, warm server, fresh profile (median)", [a.preview for a in seen], "s", 1),
        row("first picture of a link to another model (median)", linked, "s", 1),
        row("a bare Streamlit page with one title, warm server, fresh profile (median)", bare, "s", None),
        row("first picture over that bare page (median)", [a.preview / least for a in seen], "x", 1.5),
        row("first live picture, warm server, fresh profile (median)", [a.live for a in seen], "s", 3),
        row("first live picture over that bare page (median)", [a.live / least for a in seen], "x", None),
        row("all four pictures and the map, warm server (median)", [a.everything for a in seen], "s", 3.5),
        row("bytes until the first live picture, compressed", [a.megabytes for a in seen], "MB", 5, max),
    ]


def cold(browser: Browser) -> list[Row]:
    """First visits to a server that was just started."""
    seen = cold_arrivals(browser, 3)
    return [
        row("first picture, cold process, from its start (median)", [a.preview for a in seen], "s", 3),
        row("first live picture, cold process, from its start (median)", [a.live for a in seen], "s", 6),
    ]


def slow(browser: Browser, url: str) -> list[Row]:
    """First visits over a slow line."""
    seen = [arrive(browser, url, line=SLOW) for _ in range(2)]
    what = f"at {SLOW.mbps} Mbit/s and {SLOW.wait:.0f} ms"
    return [
        row(f"first picture {what} (median)", [a.preview for a in seen], "s", 2),
        row(f"first live picture {what} (median)", [a.live for a in seen], "s", None),
    ]


def main() -> None:
    """Measure everything and write benchmarks/results/first_picture.json."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        server = Server(Path(folder) / "log.txt").start()
        rows = [*warm(browser, server.url), *cold(browser), *slow(browser, server.url)]
        print(save("first_picture", rows, browser.version))
        server.stop()
        browser.close()


if __name__ == "__main__":
    main()
