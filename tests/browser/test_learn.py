"""Promises of the Learn page: a book that everybody can read, whose pictures load and whose links lead somewhere."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from pages.parts.learn import book
from tests.browser.helpers import visit
from tests.harness.serving import Server

CHAPTERS = book.pages(book.LEARN)


def test_pictures_load_and_have_words(page: Page, app: Server) -> None:
    visit(page, f"{app.url}/learn")
    pictures = [found for chapter in CHAPTERS.values() for found in book.PICTURE.findall(chapter.text)]
    for alt, _, caption in pictures:
        picture = page.get_by_role("img", name=alt)
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 300)")
        expect(page.get_by_text(caption)).to_be_visible()


def test_contents_lead_to_the_chapters(page: Page, app: Server) -> None:
    visit(page, f"{app.url}/learn")
    last = [*CHAPTERS.values()][-1]
    page.get_by_role("link", name=last.title.partition(" ")[2], exact=True).click()
    expect(page.get_by_role("heading", name=last.title)).to_be_in_viewport(timeout=5000)
    expect(page).to_have_url(re.compile(f"#{last.anchor}$"))


def test_try_it_leads_to_a_page_that_works(page: Page, app: Server) -> None:
    visit(page, f"{app.url}/learn")
    page.get_by_role("link", name="Take pictures apart on the Eigen-images page").click()
    expect(page.get_by_label("Components kept (k)")).to_be_visible(timeout=20_000)


def test_the_models_are_listed_with_their_figures(page: Page, app: Server) -> None:
    visit(page, f"{app.url}/learn")
    expect(page.get_by_role("cell", name="mnist/linear-50")).to_be_visible()
    expect(page.get_by_role("columnheader", name="k-NN")).to_be_visible()


@pytest.mark.first_visit
def test_nothing_moves_when_names_and_pictures_come_after_the_text(page: Page, app: Server) -> None:
    """What Streamlit shows as HTML waits for a script of its own: its room is there before that."""
    held: list[Route] = []
    page.route("**/static/js/Html.*.js", lambda route: held.append(route))
    page.goto(f"{app.url}/learn")
    text = page.get_by_text(re.compile("^Blend. The large picture"))
    text.wait_for()
    picture = page.get_by_role("img", name=book.PICTURE.findall(CHAPTERS["1_what_you_see"].text)[0][0])
    assert not picture.count()
    before = text.bounding_box()
    for route in held:
        route.continue_()
    picture.wait_for()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    after = text.bounding_box()
    assert before and after
    assert after["y"] == pytest.approx(before["y"], abs=3)
