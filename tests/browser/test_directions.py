"""Promises of the Directions page: it moves without the server, steps can be taken back, the link says where one is."""

import base64
import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import Page, expect

from latent_core import open_model
from tests.browser.helpers import CODED, heard, listen, rested, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch

LINK = "/directions?data=mnist&model=mmd-20&w=3:50,8:50&theta=0.4&n=2&seed=7"
PAINT = "3:AwAAAAAAAAAAAAAAAAAAAA"


def here(page: Page) -> np.ndarray:
    """The large picture as it was computed."""
    page.locator(".directions[data-ready=all]").wait_for()
    return np.frombuffer(base64.b64decode(page.evaluate(f"() => ({CODED})(window.medley.pictures.here)")), np.float32)


def directions(page: Page) -> str:
    """The steps that the link says."""
    return parse_qs(urlsplit(page.url).query).get("dir", [""])[0]


def test_one_walks_looks_around_goes_too_far_and_comes_back(page: Page, watch: Watch, app: Server) -> None:
    visit(page, f"{app.url}{LINK}&where={PAINT}")
    blend = here(page)
    expect(page.get_by_text("your blend stands here without “Where who is”")).to_be_visible()
    model = open_model("mnist/mmd-20")
    made = model.blend({"3": 0.5, "8": 0.5}, theta=0.4, samples=2, seed=7, method="decoded_mean").picture
    np.testing.assert_allclose(blend, made.ravel(), atol=1e-4)

    cell = page.get_by_role("gridcell", name="1 right, 1 up", exact=True)
    cell.click()
    rested(page)
    assert directions(page).count("dim") == 20, "a step in a neighbourhood is told by all numbers"
    assert np.abs(here(page) - blend).max() > 0.05
    page.get_by_role("button", name="Back", exact=True).click()
    rested(page)
    assert np.array_equal(here(page), blend) and directions(page) == ""

    page.get_by_role("button", name="Number by number").click()
    rested(page)
    slider = page.get_by_role("slider", name="Number 3", exact=True)
    box = slider.bounding_box()
    assert box
    before, seen = watch.reruns, set()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + box["width"] * (0.5 + 0.03 * step), box["y"] + box["height"] / 2)
        page.wait_for_timeout(40)
        seen.add(page.evaluate(f"() => ({CODED})(window.medley.pictures.here)"))
    assert len(seen) >= 10 and watch.reruns == before, "pictures move, the server is asked nothing"
    page.mouse.up()
    rested(page)
    assert watch.reruns == before + 1 and re.fullmatch(r"dim3:\d\.?\d*", directions(page))

    page.get_by_role("button", name="More of …").click()
    amount = page.get_by_role("spinbutton", name="How much, exactly")
    amount.fill("-0.5")
    amount.press("Enter")
    expect(page.get_by_text("is not a number from 0 to 1")).to_be_visible()
    page.get_by_role("switch", name="Go further").check()
    amount.fill("-0.5")
    amount.press("Enter")
    expect(page.get_by_text("Less 8: the difference is taken away")).to_be_visible()
    rested(page)
    assert "change=3%2C8%3A-0.5" in page.url and "further=1" in page.url
    less = here(page)

    page.get_by_role("button", name="Between four").click()
    page.get_by_role("grid", name="The sheet between four").get_by_role("gridcell").nth(24).focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    expect(page.get_by_role("gridcell", name="all 3", exact=True)).to_be_focused()
    rested(page)
    centroid = model.decode(model.stats["mean"][[3]]).ravel()
    np.testing.assert_allclose(here(page), centroid, atol=1e-4)

    page.get_by_role("button", name="From one to another").click()
    page.get_by_role("button", name="Along the data").click()
    expect(page.get_by_text("from real picture to real picture")).to_be_visible()
    listen(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the strip as PNG").click()
    assert saving.value.suggested_filename == "3 to 8.png"
    heard(page, "The strip was saved")

    page.get_by_role("button", name="Small steps").click()
    rested(page)
    link = page.url
    visit(page, app.url + "/learn")
    visit(page, link)
    np.testing.assert_allclose(here(page), less, atol=1e-6)


def test_what_a_link_cannot_mean_is_said_and_the_rest_is_there(page: Page, app: Server) -> None:
    visit(page, app.url + "/directions?data=mnist&model=mmd-20&w=3:50&dir=up:1,dim99:1,dim2:1&change=3,8:7&tool=parts")
    expect(page.get_by_text("There is no direction “up”")).to_be_visible()
    expect(page.get_by_text("The change must be a number from 0 to 1; 0 is used")).to_be_visible()
    expect(page.get_by_text("they cannot come from two classes")).to_be_visible()
    expect(page.get_by_text("a step along number 2")).to_be_visible()
    assert here(page).std() > 0.05
