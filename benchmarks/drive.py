"""A hand on the Blend page: opens it, drags, releases, and reads what the page recorded."""

import math
import re
import time
from pathlib import Path

from playwright.sync_api import Locator, Page

PROBE = (Path(__file__).parent / "probe.js").read_text()


def open_blend(page: Page, url: str, query: str) -> None:
    """Open the Blend page with a recipe and wait until everything on it is loaded and at rest."""
    page.add_init_script(PROBE)
    page.goto(f"{url}/?{query}")
    page.locator('.medley[data-ready="all"]').wait_for(timeout=60_000)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(1500)


def slider_drag(page: Page, label: str, steps: int = 30, seconds: float = 1.5) -> int:
    """Drag the slider `label` in equal steps and return how many different blends were seen before the release."""
    slider = page.get_by_role("slider", name=label, exact=True)
    left, width, middle = reach(slider)
    share = float(slider.input_value()) / 100
    page.mouse.move(left + share * width, middle)
    page.mouse.down()
    page.evaluate("probe.watchPictures()")
    began = time.perf_counter()
    away = 1 if share < 0.6 else -1
    for step in range(1, steps + 1):
        page.mouse.move(left + (share + away * 0.38 * step / steps) * width, middle)
        time.sleep(max(0.0, began + step * seconds / steps - time.perf_counter()))
    seen = int(page.evaluate("probe.stop()")) - 1  # the picture that stood there before is not the drag's
    page.mouse.up()
    return seen


AMOUNTS = re.compile("^Amount of ")


def long_drag(
    page: Page, frames: int, seconds: float = 60, name: str | re.Pattern[str] = AMOUNTS
) -> list[dict[str, float]]:
    """Drag the first slider of that name to and fro until `frames` frames were drawn, or for so long.

    Returns the frames: {input, work, painted} in ms.
    """
    slider = page.get_by_role("slider", name=name).first
    left, width, middle = reach(slider)
    page.mouse.move(left + float(slider.input_value()) / float(slider.get_attribute("max") or 100) * width, middle)
    page.evaluate("window.medley.frames = []")
    page.mouse.down()
    end, step, drawn = time.monotonic() + seconds, 0, 0
    while drawn < frames and time.monotonic() < end:
        for _ in range(20):
            step += 1
            page.mouse.move(left + (0.5 + 0.45 * math.sin(step / 17)) * width, middle)
        drawn = int(page.evaluate("window.medley.frames.length"))
    found: list[dict[str, float]] = page.evaluate("window.medley.frames")
    page.mouse.up()
    return found


def reach(slider: Locator) -> tuple[float, float, float]:
    """Where a slider's handle can go: x of its lowest place, px to its highest, and y; it is scrolled into view."""
    slider.scroll_into_view_if_needed()
    slider.page.wait_for_timeout(200)
    box = slider.bounding_box()
    assert box
    return box["x"] + 16, box["width"] - 32, box["y"] + box["height"] / 2


def release(page: Page, label: str, away: int) -> float:
    """Drag the slider a little, let go, and return the ms from the release until the page has settled."""
    slider = page.get_by_role("slider", name=label, exact=True)
    left, width, middle = reach(slider)
    at = left + float(slider.input_value()) / 100 * width
    page.mouse.move(at, middle)
    page.mouse.down()
    for step in range(1, 5):
        page.mouse.move(at + away * step * 2, middle)
    page.evaluate("window.released = probe.timeRelease(); 0")
    page.mouse.up()
    return float(page.evaluate("window.released"))
