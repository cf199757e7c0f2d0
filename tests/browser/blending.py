"""What the Blend page's tests do again and again: open it, drag, read pixels and floats, ask Python for the same."""

import base64
import hashlib
import math
import time
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from playwright.sync_api import CDPSession, Page

from latent_core.models.library import Library
from latent_core.models.model import Blend, Model
from latent_core.recipes.recipe import Recipe, parse
from tests import shipped
from tests.browser.helpers import CODED, rested, visit
from tests.harness.serving import Server

READY = '.medley[data-ready="all"]'


def open_blend(page: Page, app: Server, query: str = "") -> None:
    """Open the Blend page with a query string and wait until everything on it is live."""
    visit(page, f"{app.url}/{query}")
    page.locator(READY).wait_for(timeout=60_000)
    still(page)


def still(page: Page) -> None:
    """Wait until the newest recipe of the mixer stands in the link, no script runs and everything is measured."""
    rested(page)
    page.locator(READY).wait_for(timeout=60_000)


def recipe_of(page: Page, library: Library | None = None) -> Recipe:
    """The recipe in the address bar; library: the app's, where it is not what ships."""
    recipe, said = parse(dict(parse_qsl(urlsplit(page.url).query)), library or shipped.library())
    assert said == []
    return recipe


def python_blend(recipe: Recipe) -> Blend:
    """The same blend by latent_core."""
    return Model(recipe.slug).make(recipe)


def floats(page: Page, part: str = "blend") -> np.ndarray:
    """The values (float32, flat) of the last view: blend, centre, eigen, plain, bits, without, place or marker."""
    coded = page.evaluate(f"() => ({CODED})(Float32Array.from(window.medley.pictures.{part}))")
    return np.frombuffer(base64.b64decode(coded), np.float32)


def canvas_bytes(page: Page, name: str = "Blend of") -> np.ndarray:
    """(height, width, 4) uint8 of the canvas whose label begins with `name`."""
    canvas = page.locator(f'canvas[aria-label^="{name}"]')
    width, height, data = canvas.evaluate(
        f"c => [c.width, c.height, ({CODED})(c.getContext('2d').getImageData(0, 0, c.width, c.height).data)]"
    )
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)


def fingerprint(page: Page, name: str = "Blend of") -> str:
    """A hash of a canvas's pixels."""
    return hashlib.sha256(canvas_bytes(page, name).tobytes()).hexdigest()


def count_pictures(page: Page) -> None:
    """Begin to collect the different Blend pictures that get painted; `pictures_seen` tells how many there were."""
    page.evaluate(
        """() => {
            window.seenPictures = new Set();
            let last = null;
            const look = () => {
                const now = window.medley.pictures.blend;
                if (now !== last) window.seenPictures.add(now.join());
                last = now;
                window.watching = requestAnimationFrame(look);
            };
            cancelAnimationFrame(window.watching);
            look();
        }"""
    )


def pictures_seen(page: Page) -> int:
    """How many different Blend pictures there were since `count_pictures`."""
    return int(page.evaluate("() => window.seenPictures.size"))


def pad_point(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place of the pad (unit circle, y downwards) is on the screen."""
    box = page.get_by_role("slider", name="Blend pad").bounding_box()
    assert box is not None
    centre = box["width"] / 2
    radius = float(page.get_by_role("slider", name="Blend pad").get_attribute("data-radius") or 0)
    return box["x"] + centre + x * radius, box["y"] + centre + y * radius


def drag_round(page: Page, steps: int = 30, seconds: float = 1.5) -> None:
    """Press on the pad's middle and lead the dot along a spiral; the button stays down."""
    page.mouse.move(*pad_point(page, 0, 0))
    page.mouse.down()
    began = time.monotonic()
    for step in range(1, steps + 1):
        angle, far = 2 * math.pi * step / steps, 0.25 + 0.3 * step / steps
        page.mouse.move(*pad_point(page, far * math.cos(angle), far * math.sin(angle)))
        time.sleep(max(0.0, began + seconds * step / steps - time.monotonic()))


class Finger:
    """A finger on a touch screen: `down`, `move` and `up`, as the screen would report them."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        """Touch a place."""
        self._send("touchStart", [{"x": x, "y": y}])

    def move(self, x: float, y: float) -> None:
        """Slide there."""
        self._send("touchMove", [{"x": x, "y": y}])

    def up(self) -> None:
        """Let go."""
        self._send("touchEnd", [])

    def _send(self, kind: str, points: list[dict[str, float]]) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
