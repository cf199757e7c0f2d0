"""Promises of Even out: the weakest class never loses, the amounts visibly move, and undo brings the old ones back."""

import re

from playwright.sync_api import Page, expect

from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from tests.browser.blending import fingerprint, open_blend, recipe_of, still
from tests.browser.conftest import NewPage
from tests.harness.serving import Server
from tests.harness.watch import Watch

EVEN = re.compile("^Even")
"""The button is called otherwise while it works."""
UNEVEN = "?data=mnist&w=1:10,3:100,7:20&theta=0.2&seed=5"


def _worst(recipe: Recipe) -> float:
    reading = measure(Model(recipe.slug), recipe)
    return min(reading.bits[name] for name in reading.chosen)


def test_even_out_and_undo(page: Page, watch: Watch, app: Server) -> None:
    open_blend(page, app, UNEVEN)
    before, link, picture, reruns = recipe_of(page), page.url, fingerprint(page), watch.reruns
    page.evaluate(
        """() => {
            const seen = (window.seenAmounts = new Set());
            const look = () => {
                seen.add(window.medley.pictures.values.shares.join());
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    button = page.get_by_role("button", name=EVEN)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-busy", "true")
    expect(page.locator(".sentence")).to_contain_text("Evened out", timeout=20_000)
    still(page)
    assert watch.reruns == reruns + 1
    after = recipe_of(page)
    assert _worst(after) > _worst(before)
    assert dict(after.w).keys() == dict(before.w).keys() and (after.theta.scale, after.seed) == (0.2, 5)
    assert page.evaluate("() => window.seenAmounts.size") > 2, "the amounts are seen on their way"
    expect(button).to_have_attribute("aria-busy", "false")
    slider = page.get_by_role("slider", name="Amount of 3", exact=True)
    assert slider.input_value() == str(dict(after.w)["3"]).removesuffix(".0")
    page.keyboard.press("Control+z")
    still(page)
    assert (page.url, fingerprint(page)) == (link, picture)
    expect(page.locator(".sentence")).not_to_contain_text("Evened out")


def test_even_out_without_motion_and_a_second_time(new_page: NewPage, app: Server) -> None:
    page = new_page(still=True)
    open_blend(page, app, UNEVEN)
    page.get_by_role("button", name="Even out").click()
    expect(page.locator(".sentence")).to_contain_text("Evened out", timeout=20_000)
    still(page)
    once = recipe_of(page)
    page.get_by_role("button", name="Even out").click()
    expect(page.get_by_role("button", name=EVEN)).to_have_attribute("aria-busy", "false", timeout=20_000)
    still(page)
    assert _worst(recipe_of(page)) >= _worst(once)


def test_a_control_that_moves_meanwhile_wins(page: Page, app: Server) -> None:
    open_blend(page, app, UNEVEN)
    page.get_by_role("button", name="Even out").click()
    page.get_by_role("button", name="4", exact=True).click()
    still(page)
    assert list(dict(recipe_of(page).w)) == ["1", "3", "4", "7"]
    assert page.get_by_role("slider", name="Amount of").count() == 4
