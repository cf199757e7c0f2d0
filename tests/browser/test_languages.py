"""Medley in other languages: German by the browser's choice or by hand, and one that nobody speaks on every page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, NewPage
from tests.browser.helpers import PAGES, complete, settle, sideways, visit
from tests.harness import pseudo
from tests.harness.serving import Server
from tests.harness.watch import Watch


def test_the_browsers_language_is_spoken_and_another_is_a_tap_away(browser: Browser, app: Server) -> None:
    context = browser.new_context(locale="de-AT", viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    watch = Watch().follow(page)
    page.goto(f"{app.url}/map?data=mnist&model=mmd-20&w=3:50,8:50&theta=0.4")
    complete(page)
    assert page.evaluate("() => document.documentElement.lang") == "de"
    expect(page.get_by_role("button", name="Hauptmenü")).to_be_visible()
    expect(page).to_have_title("Karte · Medley")

    other = page.get_by_role("navigation", name="Sprache").get_by_role("link", name="English")
    other.click()
    page.wait_for_url("**lang=en**")
    complete(page)
    expect(page).to_have_title("Map · Medley")
    assert {"w=3:50,8:50", "theta=0.4", "lang=en"} <= set(
        page.url.replace("%3A", ":").replace("%2C", ",").split("?")[1].split("&")
    )
    expect(page.get_by_role("button", name="Main menu")).to_be_visible()

    menu = page.get_by_role("button", name="Expand sidebar")
    menu.press("Enter")
    expect(page.get_by_role("link", name="Map")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("link", name="Quiz").click()
    expect(page).to_have_title("Quiz · Medley")
    settle(page)
    assert "lang=en" in page.url, "what was chosen by hand goes along"
    page.reload()
    complete(page)
    expect(page).to_have_title("Quiz · Medley")
    assert watch.complaints() == []
    context.close()


def test_a_language_that_there_is_not(page: Page, app: Server) -> None:
    visit(page, f"{app.url}/map?lang=<b>klingon</b>")
    expect(page.get_by_text("Medley does not speak “<b>klingon</b>”. It speaks English, Deutsch.")).to_be_visible()
    assert "klingon" not in page.url


@pytest.fixture
def foreign(tmp_path: Path, start_app: Callable[..., Server]) -> Server:
    """An app that also speaks the language that nobody speaks."""
    pseudo.write(tmp_path / "locales")
    return start_app(MEDLEY_LOCALES=tmp_path / "locales", MEDLEY_FIRST="mnist")


def test_on_a_phone_no_page_keeps_a_word_of_english_or_loses_one(foreign: Server, new_page: NewPage) -> None:
    """From right to left, and with room for German: nothing is cut, every row of controls is mirrored."""
    page = new_page(390, 844, touch=True)
    page.goto(f"{foreign.url}/?lang={pseudo.CODE}")
    complete(page)
    for path in PAGES:
        visit(page, f"{foreign.url}{path}?lang={pseudo.CODE}")
        complete(page)
        page.evaluate("() => document.querySelectorAll('summary').forEach((one) => one.click())")
        complete(page)
        assert pseudo.english_left(page) == [], path
        assert pseudo.clipped(page) == [], path
        assert pseudo.unmirrored(page) == [], path
        assert sideways(page) == 0, path
