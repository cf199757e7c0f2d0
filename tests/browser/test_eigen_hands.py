"""The Eigen-images page on every screen and for everybody, with a slow model, and with files that are gone."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.eigening import LINK, SLIDER
from tests.browser.helpers import rested, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch


@pytest.mark.first_visit
def test_a_slow_model_says_so_and_the_rest_is_usable(page: Page, watch: Watch, app: Server) -> None:
    held: list[Route] = []
    page.route("**/models/mnist/elbo-10/decoder.onnx", lambda route: held.append(route))
    visit(page, app.url + LINK)
    expect(page.locator(".eigen-kept .eigen-mean")).to_contain_text("error of these", timeout=20_000)
    expect(page.locator(".eigen-progress")).to_be_visible()
    page.get_by_label(SLIDER).press("ArrowRight")
    expect(page.get_by_label(SLIDER)).to_have_value("13")
    rested(page)
    reruns = watch.reruns
    for key in ("r", "c", "ArrowRight"):  # the first two are Streamlit's shortcuts
        page.keyboard.press(key)
    rested(page)
    assert watch.reruns == reruns + 1 and page.get_by_role("dialog").count() == 0
    held[0].continue_()
    expect(page.locator(".eigen-vae .eigen-mean")).to_contain_text("error of these", timeout=20_000)


@pytest.mark.first_visit
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
