"""The slower blends below the mixer: a button, progress, cancel, the picture; and the mixer is left alone."""

import io
import re
import time
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from latent_core import slow
from latent_core.models.files import pixels, recipe_of_png
from tests.browser.blending import drag_round, fingerprint, open_blend, recipe_of, still
from tests.browser.conftest import NewPage
from tests.browser.helpers import axe, heard, listen, settle, sideways
from tests.harness.serving import Server
from tests.harness.watch import Watch

THREE = "?data=omniglot&model=elbo-16&w=Latin%20b:50,Greek%20theta:50,Korean%20h:50"
MADE = ".st-key-slow_result"


def make(page: Page, title: str) -> None:
    """Press a method's button and wait for its picture."""
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.locator(f"{MADE} strong").first).to_contain_text(title, timeout=120_000)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    settle(page)


def test_a_collage_and_its_file(page: Page, watch: Watch, app: Server) -> None:
    open_blend(page, app, THREE)
    before, asked = fingerprint(page), recipe_of(page)
    make(page, "Collage of drawings")
    expect(page.get_by_role("img", name="Collage of drawings: Latin b, Greek theta and Korean h")).to_be_visible()
    in_the_mixer = page.get_by_role("img", name="Collage of drawings, in the place of the blend")
    expect(in_the_mixer).to_be_in_viewport()
    page.get_by_role("button", name="Back to the blend").click()
    expect(in_the_mixer).to_be_hidden()
    expect(page.locator(MADE)).to_contain_text("A collage of drawings, not a model's output.")
    expect(page.get_by_role("list", name="Lines that are uncovered").get_by_role("listitem")).to_have_count(3)
    alone = page.locator(".medley-slow img.alone")
    assert [one.evaluate("e => getComputedStyle(e).opacity") for one in alone.all()] == ["0", "0", "0"]
    page.get_by_role("listitem").filter(has_text="Greek theta").last.focus()  # a keyboard sees a drawing alone as well
    assert [one.evaluate("e => getComputedStyle(e).opacity") for one in alone.all()] == ["0", "1", "0"]
    assert fingerprint(page) == before and recipe_of(page) == asked  # the mixer was left alone
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Keep this picture").click()
    png = Path(waiting.value.path()).read_bytes()
    assert recipe_of_png(png)["method"] == "collage"
    image = np.asarray(Image.open(io.BytesIO(png)))[::8, ::8]
    assert np.array_equal(image, pixels(slow.make("collage", asked).picture))
    page.get_by_role("slider", name="Blend pad").scroll_into_view_if_needed()
    reruns = watch.reruns
    drag_round(page)
    assert watch.reruns == reruns, "in a second and a half nothing runs while nothing is under way"
    page.mouse.up()
    still(page)
    expect(page.locator(MADE)).to_contain_text("The mixer has changed since")


def test_a_search_says_what_is_in_it(page: Page, app: Server) -> None:
    open_blend(page, app, THREE)
    make(page, "Search for the best blend")
    result = page.locator(MADE)
    expect(result).to_contain_text(re.compile(r"Seen in the picture\s*\d of 3"))
    expect(result).to_contain_text(re.compile(r"[+-]\d+\.\d bits"))
    make(page, "Transport average")  # a second one takes its place
    expect(page.get_by_role("img", name="Transport average: Latin b, Greek theta and Korean h")).to_be_visible()
    expect(result).to_contain_text(re.compile(r"Seen in the picture\s*\d of 3"))
    began = time.monotonic()
    make(page, "Search for the best blend")  # remembered
    assert time.monotonic() - began < 5


def test_cancel_keeps_the_picture_that_was_there(page: Page, app: Server) -> None:
    open_blend(page, app, THREE.replace("elbo-16", "mmd-16"))
    make(page, "Collage of drawings")
    listen(page)
    page.get_by_role("button", name="Search for the best blend").press("Enter")
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    app.hold_jobs()
    for title in ("Search for the best blend", "Transport average", "Collage of drawings"):
        expect(page.get_by_role("button", name=title, exact=True)).to_be_disabled()  # two presses start one
    cancel.press("Enter")
    expect(cancel).to_have_count(0, timeout=10_000)
    settle(page)
    expect(page.locator(f"{MADE} strong").first).to_contain_text("Collage of drawings")
    expect(page.get_by_role("button", name="Search for the best blend", exact=True)).to_be_focused()
    heard(page, "Cancelled. What was there before stays.")
    page.get_by_role("button", name="Collage of drawings").press("Enter")  # remembered: no job, so focus stays
    settle(page)
    expect(page.get_by_role("button", name="Collage of drawings")).to_be_focused()
    heard(page, "Collage of drawings: done.")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_what_cannot_be_made_says_why(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=fashion&w=T-shirt:50&method=search")
    expect(page.get_by_text("The slower ways to blend have buttons of their own, below the mixer.")).to_be_visible()
    for title in ("Search for the best blend", "Collage of drawings"):
        expect(page.get_by_role("button", name=title, exact=True)).to_be_disabled()
    expect(page.locator(".st-key-slow_collage")).to_contain_text("no pen lines")
    expect(page.get_by_role("button", name="Transport average", exact=True)).to_be_enabled()


def test_looks_right_on_a_telephone_in_the_dark(new_page: NewPage, app: Server) -> None:
    page = new_page(width=390, height=844, dark=True, touch=True)
    open_blend(page, app, "?data=omniglot")
    page.get_by_role("button", name="All", exact=True).click()
    still(page)
    make(page, "Search for the best blend")
    expect(page.locator(MADE)).to_contain_text(re.compile(r"Seen in the picture\s*\d+ of 20"))
    make(page, "Collage of drawings")
    assert axe(page) == []
    assert sideways(page) == 0
