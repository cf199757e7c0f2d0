"""What the Generate page's tests do again and again: open it, wait for a sheet or a measure, read its numbers."""

import base64
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page

from tests.browser.helpers import CODED, rested, visit
from tests.harness.serving import Server

VARIETY = "Variety (theta)"


def open_generate(page: Page, app: Server, query: str = "") -> Locator:
    """Opens the page, waits for its first sheet, and returns the slider of variety."""
    visit(page, f"{app.url}/generate{query}")
    drawn(page)
    return page.get_by_role("slider", name=VARIETY)


def drawn(page: Page) -> None:
    """Waits until the sheet is that of the newest setting and the server has heard of it."""
    page.locator('.medley[data-ready="sheet"], .medley[data-ready="all"]').wait_for(timeout=90_000)
    rested(page)
    page.wait_for_function("() => window.medley?.generate?.whole", timeout=60_000)


def numbers(page: Page, name: str) -> np.ndarray:
    """The newest latents ("z") or pictures ("pictures") of the sheet, flat float32."""
    return np.frombuffer(base64.b64decode(page.evaluate(f"() => ({CODED})(window.medley.generate.{name})")), np.float32)


def scores(page: Page, draws: int = 20) -> dict[str, Any]:
    """What was measured of the present setting, over at least so many draws."""
    page.evaluate("() => { window.medley.generate.scores = undefined; }")
    page.wait_for_function(f"() => window.medley.generate.scores?.draws >= {draws}", timeout=90_000)
    found: dict[str, Any] = page.evaluate("() => window.medley.generate.scores")
    return found


def sheet(page: Page, row: int | None = None) -> np.ndarray:
    """(classes, height, width, 4) uint8: the rows of the sheet, or one of them alone, as they are painted."""
    rows = page.locator(".sheet-row canvas").evaluate_all(
        f"""(all, row) => all.filter((_, i) => row === null || i === row).map(c => [c.width, c.height,
            ({CODED})(c.getContext('2d').getImageData(0, 0, c.width, c.height).data)])""",
        row,
    )
    return np.stack(
        [np.frombuffer(base64.b64decode(data), np.uint8).reshape(high, wide, 4) for wide, high, data in rows]
    )
