"""The Eigen-images page on every screen and for everybody, with a slow model, and with files that are gone."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.eigening import LINK, SLIDER, open_eigen
from tests.browser.helpers import axe, settle, sideways, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_accessible_and_within_the_width(new_page: NewPage, app: Server, width: int, dark: bool) -> None:
    page = new_page(width=width, height=844, dark=dark, touch=width < 800, still=dark)
    slider = open_eigen(page, app)
    settle(page)
    assert axe(page) == []
    assert sideways(page) == 0
    page.get_by_role("heading", name="The ingredients").scroll_into_view_if_needed()
    expect(slider).to_be_in_viewport()
    if width < 800:
        box = slider.bounding_box()
        assert box and box["height"] >= 44
        page.touchscreen.tap(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
        assert abs(int(slider.input_value()) - 25) <= 2


def test_a_slow_model_says_so_and_the_rest_is_usable(page: Page, app: Server) -> None:
    def slow(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/models/mnist/elbo-10/decoder.onnx", slow)
    visit(page, app.url + LINK)
    expect(page.locator(".eigen-line.kept .eigen-mean")).to_contain_text("error of these", timeout=20_000)
    expect(page.locator(".eigen-progress")).to_be_visible()
    page.get_by_label(SLIDER).press("ArrowRight")
    expect(page.get_by_label(SLIDER)).to_have_value("13")
    expect(page.locator(".eigen-line.vae .eigen-mean")).to_contain_text("error of these", timeout=20_000)


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("mnist/elbo-10/decoder.onnx", ".eigen-panel.eigen-pictures .eigen-problem"),
        ("mnist/linear-50/decoder.onnx", ".eigen-progress.eigen-problem"),
        ("mnist/means.safetensors", ".eigen-panel.eigen-blends .eigen-problem"),
    ],
)
def test_a_file_that_is_gone_is_one_sentence(page: Page, watch: Watch, app: Server, file: str, where: str) -> None:
    watch.allow("404")
    page.route(f"**/models/{file}", lambda route: route.fulfill(status=404))
    visit(page, app.url + LINK)
    expect(page.locator(where)).to_contain_text("could not be loaded: it is not there any more", timeout=20_000)
