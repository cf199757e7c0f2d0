"""The Eigen-images page on every screen and for everybody, with a slow model, and with files that are gone."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.eigening import LINK, SLIDER
from tests.browser.helpers import rested, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch

GONE = "could not be loaded: it is not there any more"


@pytest.mark.first_visit
def test_files_that_are_gone_are_a_sentence_each_and_a_slow_model_says_so(
    page: Page, watch: Watch, app: Server
) -> None:
    """Whatever is there is used all the same."""
    watch.allow("404")
    page.route("**/models/mnist/linear-50/decoder.onnx", gone)
    anew(page, app)
    expect(page.locator(".eigen-progress.eigen-problem")).to_contain_text(GONE, timeout=20_000)
    page.unroute_all()
    page.route("**/models/mnist/elbo-10/decoder.onnx", gone)
    page.route("**/models/mnist/means.safetensors", gone)
    anew(page, app)
    for part in ("pictures", "blends"):
        problem = page.locator(f".eigen-panel.eigen-{part} .eigen-problem")
        expect(problem).to_contain_text(GONE, timeout=20_000)
    page.unroute_all()
    a_slow_model_says_so_and_the_rest_is_usable(page, watch, app)


def gone(route: Route) -> None:
    route.fulfill(status=404)


def anew(page: Page, app: Server) -> None:
    """The page from its beginning, with whatever this visit has loaded already."""
    visit(page, app.url + "/learn")
    visit(page, app.url + LINK)


def a_slow_model_says_so_and_the_rest_is_usable(page: Page, watch: Watch, app: Server) -> None:
    held: list[Route] = []
    page.route("**/models/mnist/elbo-10/decoder.onnx", lambda route: held.append(route))
    anew(page, app)
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
