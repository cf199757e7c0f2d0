"""What one takes away from the Blend page, and what it says when something is wrong."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from latent_core.models.files import pixels, recipe_of_png
from latent_core.recipes.recipe import parse
from tests import shipped
from tests.browser.blending import (
    READY,
    canvas_bytes,
    fingerprint,
    open_blend,
    python_blend,
    recipe_of,
    still,
)
from tests.browser.helpers import REFUSING, heard, listen, settle, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch

VARIED = "?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7"


def _download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.first_visit
def test_keep_it(page: Page, app: Server) -> None:
    """All of it also in a browser that keeps nothing and has no clipboard."""
    page.add_init_script(REFUSING)
    open_blend(page, app, VARIED)
    recipe = recipe_of(page)
    made = python_blend(recipe)
    page.get_by_role("button", name="Keep it").press("Enter")
    expect(page.get_by_role("textbox", name="Size of the picture (1 to 16 times)")).to_be_visible()
    page.wait_for_function("() => document.activeElement.closest('[data-testid=stPopoverBody]')")
    png = _download(page, "PNG")
    image = np.asarray(Image.open(io.BytesIO(png)))
    assert image.shape == (224, 224)
    assert (image[::8, ::8] == pixels(made.picture)).all()
    assert np.abs(image[::8, ::8].astype(int) - canvas_bytes(page)[..., 0]).max() <= 1
    assert parse(recipe_of_png(png), shipped.library()) == (recipe, [])
    size = page.get_by_role("textbox", name="Size of the picture (1 to 16 times)")
    size.fill("1")
    size.press("Enter")
    expect(page.get_by_text("28 x 28 pixels")).to_be_visible()
    settle(page)
    assert Image.open(io.BytesIO(_download(page, "PNG"))).size == (28, 28)
    kept = np.load(io.BytesIO(_download(page, "NPZ")), allow_pickle=False)
    assert np.array_equal(kept["z"], made.latent) and kept["weights"].sum() == pytest.approx(1)
    assert parse(json.loads(str(kept["recipe"])), shipped.library())[0] == recipe
    assert parse(json.loads(_download(page, "Recipe")), shipped.library())[0] == recipe
    page.get_by_test_id("stCode").hover()
    page.get_by_role("button", name="Copy to clipboard").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".share-buttons")).to_contain_text("Copied")
    poster = _download(page, "Picture to share")
    assert Image.open(io.BytesIO(poster)).width == 1080
    assert parse(recipe_of_png(poster), shipped.library()) == (recipe, [])
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert "method=" not in link and "theta=0.4" in link, "nothing that goes without saying"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    before = fingerprint(page)
    page.goto(link)
    page.locator(READY).wait_for()
    still(page)
    assert fingerprint(page) == before


@pytest.mark.parametrize(
    "query",
    [
        "?w=3:nan,8:inf&theta=1e308&n=0&seed=-1&depth=9&k=-5",
        "?data=mnist&w=%3Cimg%20src=x%20onerror=alert(1)%3E:50&method=%3Cb%3E",
        "?data=mnist&w=" + ",".join(f"c{i}:1" for i in range(3000)),
        "?data=mnist&w=3:0,8:0",
    ],
)
def test_hostile_links_end_in_a_sentence(page: Page, app: Server, query: str) -> None:
    open_blend(page, app, query)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    assert canvas_bytes(page)[..., 0].max() > 100


@pytest.mark.first_visit
def test_another_model_loads_while_the_old_picture_stays_and_a_damaged_one_ends_in_a_sentence(
    page: Page, watch: Watch, app: Server
) -> None:
    watch.allow("404|Failed to load resource")
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    another_model_loads_while_the_old_picture_stays(page, "beta-VAE, 16 dimensions")
    a_damaged_model_ends_in_a_sentence(page, "ELBO VAE, 10 dimensions")


def choose(page: Page, title: str) -> None:
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name=title, exact=True).click()


def another_model_loads_while_the_old_picture_stays(page: Page, name: str) -> None:
    before = fingerprint(page)

    def late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/decoder.onnx", late)
    listen(page)
    choose(page, name)
    expect(page.locator(".busy")).to_contain_text("Loading")
    assert fingerprint(page) == before
    expect(page.locator(".busy")).to_be_hidden(timeout=15_000)
    page.locator(READY).wait_for()
    still(page)
    assert fingerprint(page) != before
    assert [said for said in heard(page, "Loading") if "Loading" in said] == [f"Loading {name}"]
    assert dict(recipe_of(page).w) == {"3": 50, "8": 50}
    page.unroute("**/decoder.onnx")


def a_damaged_model_ends_in_a_sentence(page: Page, name: str) -> None:
    """First its decoder is gone, then half of it comes, then all of it."""
    before = fingerprint(page)
    page.route("**/decoder.onnx", lambda route: route.fulfill(status=404, body="no"))
    choose(page, name)
    notice = page.get_by_role("alert").filter(has_text="decoder.onnx")
    expect(notice).to_contain_text("not there any more")
    assert fingerprint(page) == before
    page.unroute("**/decoder.onnx")
    page.route("**/decoder.onnx", lambda route: route.fulfill(status=200, body=route.fetch().body()[:5000]))
    notice.get_by_role("button", name="Try again").click()
    expect(notice).to_contain_text("is damaged")
    assert fingerprint(page) == before
    page.unroute("**/decoder.onnx")
    notice.get_by_role("button", name="Try again").click()
    page.locator(READY).wait_for()
    still(page)
    expect(notice).to_be_hidden()
    assert fingerprint(page) != before
    scrolled = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop")
    assert scrolled == 0, "the pickers stay in sight"


@pytest.mark.first_visit
def test_one_missing_part_leaves_the_rest(page: Page, watch: Watch, app: Server) -> None:
    watch.allow("404|Failed to load resource")
    page.route("**/judge.onnx", lambda route: route.fulfill(status=404, body="no"))
    page.route("**/projections.safetensors", lambda route: route.fulfill(status=404, body="no"))
    visit(page, app.url)
    page.locator(READY).wait_for(timeout=30_000)
    expect(page.get_by_role("alert").filter(has_text="judge.onnx")).to_be_visible()
    expect(page.get_by_role("region", name="Which of them can be seen?")).to_contain_text("nothing is said")
    expect(page.locator(".sentence")).to_contain_text("Blend of")
    expect(page.get_by_text("projections.safetensors could not be loaded")).to_be_visible()
    assert canvas_bytes(page)[..., 0].max() > 100
    assert canvas_bytes(page, "Eigen-image")[..., 0].max() > 50
