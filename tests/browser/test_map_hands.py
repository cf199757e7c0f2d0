"""The Map page by keyboard, by touch, on small screens, for assistive technology, and with 60,000 points."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core import open_model
from tests.browser.conftest import NewPage
from tests.browser.helpers import sideways
from tests.browser.mapping import MAP, ask, folder_of_60000, frame, open_map, pixels, rest, screen
from tests.conftest import AtBest
from tests.harness.serving import Server


def test_the_main_task_by_keyboard_alone(page: Page, app: Server) -> None:
    model = open_model("mnist/mmd-20")
    open_map(page, app.url, "?view=pca2")
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("() => document.activeElement?.shadowRoot?.activeElement?.classList.contains('map-surface')"):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError("Tab never reaches the map")
    page.keyboard.press("p")
    card = page.locator(".map-tooltip")
    expect(card).to_be_visible()
    first = card.get_attribute("data-row")
    page.keyboard.press("ArrowRight")
    expect(card).not_to_have_attribute("data-row", first or "")
    row = int(card.get_attribute("data-row") or -1)
    assert row != int(first or -1)
    assert (pixels(page, ".map-tooltip canvas")[..., 0] == model.dataset.thumbs[row]).all()
    expect(page.locator(".unseen[role=status]")).to_contain_text(f"row {row:,}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nearest in latent space")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Decode here", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Decoded here")).to_be_visible()
    before = pixels(page, ".map-inspector .map-big").tobytes()
    for _ in range(8):
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_timeout(300)
    assert pixels(page, ".map-inspector .map-big").tobytes() != before
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    for key, times in (("ArrowLeft", 7), ("ArrowDown", 2)):
        for _ in range(times):
            page.keyboard.press(f"Shift+{key}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="points selected")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    scale = ask(page, "map.stage.camera.scale")
    page.keyboard.press("+")
    assert ask(page, "map.stage.camera.scale") > scale
    target = ask(page, "map.stage.camera.target")
    page.keyboard.press("ArrowLeft")
    assert ask(page, "map.stage.camera.target") != target
    page.keyboard.press("0")
    assert ask(page, "map.stage.camera.scale") == pytest.approx(scale)


def test_fingers_on_a_phone(new_page: NewPage, app: Server) -> None:
    page = new_page(width=390, height=844, dark=True, touch=True)
    open_map(page, app.url, "?view=pca2")
    assert sideways(page) == 0
    left, top, width, height = frame(page)
    assert top + height <= 844
    points = screen(page)
    middle = np.abs(points - (width / 2, height / 2)).max(axis=1)
    row = int(np.flatnonzero(middle < 100)[0])
    page.touchscreen.tap(left + points[row][0], top + points[row][1])
    card = page.locator(".map-tooltip")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    expect(page.get_by_role("heading", name="Nearest in latent space")).to_be_visible()
    session = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[float, float]) -> None:
        touches: list[dict[str, Any]] = [{"x": left + x, "y": top + y, "id": i} for i, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    scale = ask(page, "map.stage.camera.scale")
    fingers("touchStart", (150, 250), (210, 250))
    for spread in range(10, 60, 10):
        fingers("touchMove", (150 - spread, 250), (210 + spread, 250))
    fingers("touchEnd")
    assert ask(page, "map.stage.camera.scale") > 1.5 * scale
    page.get_by_role("button", name="Fit", exact=True).tap()
    page.get_by_role("button", name="Lasso", exact=True).tap()
    fingers("touchStart", (120, 150))
    for x, y in ((250, 150), (250, 320), (120, 320)):
        for share in (0.3, 0.6, 1.0):
            fingers("touchMove", (120 + (x - 120) * share, 150 + (y - 150) * share))
    fingers("touchEnd")
    expect(page.get_by_role("heading", name="points selected")).to_be_visible()
    expect(page.get_by_role("button", name="Use as a class")).to_be_enabled()
    page.get_by_role("button", name="Decode here", exact=True).tap()
    fingers("touchStart", (100, 200))
    fingers("touchMove", (140, 230))
    fingers("touchMove", (180, 260))
    fingers("touchEnd")
    expect(page.get_by_role("heading", name="Decoded here")).to_be_visible()
    expect(card).to_be_visible()
    assert sideways(page) == 0


WAVE = """async (drag) => {
  const map = MAP;
  const surface = map.surface;
  const box = surface.getBoundingClientRect();
  const fire = (kind, i) => surface.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: drag ? 1 : 0,
    clientX: box.x + 250 + 4 * i, clientY: box.y + 250 + 40 * Math.sin(i / 4.5) }));
  surface.setPointerCapture = () => {};
  const frames = map.stage.frames;
  if (drag) fire("pointerdown", 0);
  const began = performance.now();
  for (let i = 1; i <= 60; i++) {
    fire("pointermove", i);
    await new Promise(requestAnimationFrame);
  }
  const seconds = (performance.now() - began) / 1000;
  if (drag) fire("pointerup", 60);
  return [60 / seconds, (map.stage.frames - frames) / seconds];
}"""


@pytest.mark.first_visit
def test_60000_points_stay_smooth(start_app: Any, page: Page, tmp_path: Path, at_best: AtBest) -> None:
    app = start_app(MEDLEY_MODELS=folder_of_60000(tmp_path))
    open_map(page, app.url)
    expect(page.get_by_text("Showing 60,000 of 60,000")).to_be_visible()
    wave = WAVE.replace("MAP", MAP)

    def smooth(drag: bool) -> bool:
        """One of three tries tells what the map can do: answer so many moves a second, and draw as often in a drag."""
        return any(min(page.evaluate(wave, drag)[: 1 + drag]) >= 30 for _ in range(3))

    for dims in ("2-D", "3-D"):
        page.get_by_role("button", name=dims, exact=True).click()
        rest(page)
        assert at_best(partial(smooth, True)), f"{dims}: pan under 30 frames a second"
        assert at_best(partial(smooth, False)), f"{dims}: hover under 30 frames a second"
