"""Gallery, tour, presentation and lesson links, in one visit by keyboard and mouse."""

import re

from playwright.sync_api import Page, expect

from tests.browser.blending import READY
from tests.browser.helpers import axe, heard, listen, rested, visit
from tests.harness.serving import Server

LETTERS = """dialog => [...dialog.querySelectorAll('*')]
    .filter(e => e.checkVisibility() && [...e.childNodes].some(one => one.nodeType === 3 && one.data.trim()))
    .map(e => parseFloat(getComputedStyle(e).fontSize))"""
"""JavaScript: the size of every text that is seen, in pixels."""


def test_a_show_is_given_toured_and_taught(page: Page, app: Server) -> None:
    visit(page, app.url + "/?data=mnist&model=mmd-20&w=3:50,8:50")
    page.locator(READY).wait_for()
    a_preset_is_shown_and_undone(page)
    a_presentation_goes_from_story_to_story_and_loses_nothing(page)
    the_tour_waits_is_left_and_goes_on(page)
    a_lesson_shows_what_it_names_alone(page, app)


def a_preset_is_shown_and_undone(page: Page) -> None:
    before = page.url
    page.get_by_role("link", name="The 1–9 trap").click()
    expect(page).to_have_url(re.compile("model=elbo-2&w=1"))
    page.locator(READY).wait_for()
    rested(page)
    page.keyboard.press("Control+z")
    expect(page).to_have_url(before)
    page.locator(READY).wait_for()
    rested(page)


def a_presentation_goes_from_story_to_story_and_loses_nothing(page: Page) -> None:
    before = page.url
    page.keyboard.press("f")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(re.compile("^1 of "))).to_be_visible()
    expect(dialog.get_by_role("button", name="Next story")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text(re.compile("^2 of "))).to_be_visible()
    dialog.get_by_role("button", name="Reveal").click()
    expect(dialog.get_by_text(re.compile(r"A judge network finds \d+ of \d+"))).to_be_visible()
    assert min(dialog.evaluate(LETTERS)) >= 24
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.url == before


def the_tour_waits_is_left_and_goes_on(page: Page) -> None:
    listen(page)
    page.get_by_role("button", name="Take the tour").click()
    tour = page.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("Step 1 of 6")
    for name in ("7", "0"):
        page.get_by_role("button", name=name, exact=True).click()
    expect(tour).to_contain_text("Step 2 of 6")
    pad = page.get_by_role("slider", name="Blend pad")
    pad.focus()
    page.keyboard.press("ArrowLeft")
    expect(tour).to_contain_text("Step 3 of 6")
    expect(pad).to_be_focused()
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    page.get_by_role("button", name="Go on with the tour (3 of 6)").click()
    page.get_by_role("button", name="All", exact=True).click()
    expect(tour).to_contain_text("Step 4 of 6")
    assert axe(page) == []
    tour.get_by_role("button", name="Next").click()
    heard(page, "Step 5 of 6")
    tour.get_by_role("button", name="Leave the tour").click()
    rested(page)


def a_lesson_shows_what_it_names_alone(page: Page, app: Server) -> None:
    visit(page, app.url + "/?data=mnist&model=mmd-20&w=3:50,8:50&lesson=pad,piano&ask=Where does the 3 end?")
    page.locator(READY).wait_for()
    expect(page.get_by_text("Where does the 3 end?")).to_be_visible()
    expect(page.get_by_text("There is no control “piano”")).to_be_visible()
    expect(page.get_by_role("slider")).to_have_count(1)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("link", name="Map")).to_have_count(0)
    page.get_by_role("button", name="Show everything").click()
    expect(page.get_by_role("combobox", name="Dataset")).to_be_visible()
    expect(page.get_by_role("button", name="Surprise me")).to_be_visible()
    expect(page.get_by_role("link", name="Map").first).to_be_visible()
    assert "lesson" not in page.url
