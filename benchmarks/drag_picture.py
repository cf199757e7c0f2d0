"""Records the README's animated picture: a real drag over the Blend pad in Chromium, docs/pictures/drag.webp.

Run it with the app up: python -m benchmarks.drag_picture http://127.0.0.1:8501
"""

import io
import math
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.harness.chromium import FLAGS, chromium_path

OUT = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "drag.webp"
RECIPE = "?data=mnist&model=mmd-20&w=0:50,2:50,3:50,6:50,8:50&theta=0&method=decoded_mean"
FRAMES = 44
MILLISECONDS = 80


def path_of(step: float) -> tuple[float, float]:
    """A place on the pad, 0..1 from its upper left corner: a rose that passes near every corner and the middle."""
    angle = 2 * math.pi * step - math.pi / 2
    reach = 0.17 + 0.17 * math.cos(5 * (angle + math.pi / 2))
    return 0.5 + reach * math.cos(angle), 0.5 + reach * math.sin(angle)


def record(page: Page) -> list[Image.Image]:
    """Screenshots of the mixer taken between the moves of one unbroken drag."""
    pad = page.get_by_role("slider", name="Blend pad")
    pad.wait_for()
    page.wait_for_timeout(2500)
    box = pad.bounding_box()
    assert box is not None
    clip = {"x": 64, "y": 205, "width": 1152, "height": 560}
    shots = []
    x, y = path_of(0)
    page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.mouse.down()
    for frame in range(FRAMES):
        x, y = path_of(frame / FRAMES)
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=3)
        page.wait_for_timeout(40)
        shots.append(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB"))
    page.mouse.up()
    return [shot.resize((768, round(768 * shot.height / shot.width)), Image.Resampling.LANCZOS) for shot in shots]


def main(address: str) -> None:
    """Writes the animation."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address + RECIPE)
        frames = record(page)
        browser.close()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    frames[0].save(OUT, save_all=True, append_images=frames[1:], duration=MILLISECONDS, loop=0, quality=72, method=6)
    print(f"{OUT.relative_to(OUT.parents[2])}: {len(frames)} frames, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501")
