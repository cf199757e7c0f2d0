"""The search panel of the Generate page: progress, cancel, going on, and what is found reaches theta and the list."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from latent_core.models.library import open_library
from tests.browser.blending import recipe_of
from tests.browser.generating import drawn, open_generate
from tests.browser.helpers import axe, heard, listen, rested
from tests.harness.serving import Server
from tests.unit import folders

MINUTES = 240_000
STANDS = "() => document.activeElement.closest('.st-key-search_result, .st-key-search_go')"
"""JavaScript: focus is on what was found, or still on the button, where that came before the button was turned off."""
KEPT = "Load Medium1, 99.5 %, seed 77"


def begin(page: Page, what: str) -> None:
    """Asks for a search, after what was filled in before has reached the server: its answer closes an open list."""
    rested(page)
    if page.get_by_role("combobox", name="What to search").input_value() != what:
        page.get_by_role("combobox", name="What to search").click()
        page.get_by_role("option", name=what, exact=True).click()
    expect(page.get_by_role("combobox", name="What to search")).to_have_value(what)
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    under_way = page.get_by_role("progressbar").or_(page.get_by_text("Found."))  # a short one may be over already
    expect(under_way.first).to_be_visible(timeout=60_000)


@pytest.mark.first_visit
def test_a_search_can_be_cancelled_and_its_result_is_loaded_and_kept(
    start_app: Callable[..., Server], page: Page, tmp_path: Path
) -> None:
    """On a model that is searched in seconds."""
    models = folders.write_searchable(tmp_path / "models")
    server, library = start_app(MEDLEY_MODELS=models), open_library(models)
    open_generate(page, server, "?data=tiny&model=elbo-2&theta=0.2")
    page.get_by_role("textbox", name="Target accuracy").fill("0.995")
    page.get_by_text("Budget, weakest class and seed").click()
    page.get_by_role("textbox", name="Budget").fill("10000")
    page.get_by_role("textbox", name="Weakest class").fill("0.98")
    page.get_by_role("textbox", name="Search seed").fill("77")
    page.keyboard.press("Tab")
    listen(page)
    begin(page, "Medium1")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    expect(page.get_by_text(re.compile(r"Searching Medium1: [1-9]"))).to_be_visible(timeout=MINUTES)
    server.hold_jobs()
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_disabled()
    assert axe(page) == []
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="The search was cancelled. Ask for the same")).to_be_visible()
    assert recipe_of(page, library).theta.scale == 0.2
    expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
    page.get_by_role("textbox", name="Budget").fill("20")
    page.keyboard.press("Tab")
    begin(page, "Medium1")
    expect(page.get_by_text("Found.")).to_be_visible(timeout=MINUTES)
    page.wait_for_function(STANDS)
    said = [one for one in heard(page, "Found: pairs are") if "earch" in one]
    assert said[0] == "Searching Medium1: at work." and len(said) <= 11, said
    drawn(page)
    recipe = recipe_of(page, library)
    cells = recipe.theta.cells((3, 2))
    assert recipe.theta.scale == 1 and (cells == cells[0]).all() and 0.5 < cells[0, 0] != cells[0, 1] < 1
    expect(page.get_by_role("radio", name="Medium1")).to_be_checked()
    expect(page.get_by_role("button", name=KEPT)).to_be_visible()
    page.reload()
    drawn(page)
    expect(page.get_by_role("button", name=KEPT)).to_be_visible()
    assert recipe_of(page, library) == recipe


def test_a_model_that_cannot_be_searched_says_so(page: Page, app: Server) -> None:
    open_generate(page, app, "?model=linear-50&theta=0.2")
    expect(page.get_by_text("has no classifier and scorer of its own, which a search asks")).to_be_visible()
