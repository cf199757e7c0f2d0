"""The Generate page under the hand: theta painted by mouse, finger and keys, the chart, and kept settings."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.blending import Finger, recipe_of
from tests.browser.conftest import NewPage
from tests.browser.generating import drawn, open_generate, sheet
from tests.browser.helpers import heard, listen, settle, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch

GRID = (10, 20)


def cell(page: Page, row: int, column: int) -> Locator:
    """A cell of the painted theta."""
    return page.locator(f'[role=gridcell][data-row="{row}"][data-column="{column}"]')


def cells(page: Page) -> np.ndarray:
    """(classes, latent) 0..1: the pattern in the link."""
    return recipe_of(page).theta.cells(GRID)


def changed(before: np.ndarray, after: np.ndarray) -> list[int]:
    """Rows of the sheet that differ."""
    return [row for row in range(len(before)) if (before[row] != after[row]).any()]


def test_a_painted_cell_changes_that_class_alone(page: Page, app: Server) -> None:
    open_generate(page, app, "?theta=0.6&seed=4&mode=medium2")
    before = sheet(page)
    cell(page, 3, 4).click()
    drawn(page)
    expected = np.ones(GRID)
    expected[3, 4] = 0
    np.testing.assert_array_equal(cells(page), expected)
    assert changed(before, sheet(page)) == [3]
    expect(cell(page, 3, 4)).to_have_attribute("aria-label", "3, dimension 5: theta 0.00, 0 % of 0.60")
    page.get_by_role("button", name="Reset the pattern").click()
    drawn(page)
    assert recipe_of(page).theta.pattern == "" and (sheet(page) == before).all()


def test_a_stroke_paints_a_row_and_medium1_whole_columns(page: Page, app: Server) -> None:
    open_generate(page, app, "?theta=0.6&mode=medium2")
    page.get_by_role("spinbutton", name="Percentage to paint with").fill("50")
    page.keyboard.press("Enter")
    drawn(page)
    cell(page, 2, 5).scroll_into_view_if_needed()
    first, last = (cell(page, 2, column).bounding_box() for column in (5, 9))
    assert first and last
    page.mouse.move(first["x"] + 5, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(last["x"] + 5, last["y"] + 5, steps=12)
    page.mouse.up()
    drawn(page)
    expect(page.locator(".theta-told")).to_have_text("2, dimension 10: theta 0.30, 50 % of 0.60.")
    expected = np.ones(GRID)
    expected[2, 5:10] = 0.5
    np.testing.assert_array_equal(cells(page), expected)
    page.get_by_role("radio", name="Medium1").check()
    drawn(page)
    expected[:, 5:10] = 0.5
    np.testing.assert_array_equal(cells(page), expected)
    before = sheet(page)
    cell(page, 7, 0).click()
    drawn(page)
    expected[:, 0] = 0.5
    np.testing.assert_array_equal(cells(page), expected)
    assert len(changed(before, sheet(page))) == 10
    page.get_by_role("radio", name="Simple").check()
    drawn(page)
    assert recipe_of(page).theta.pattern == ""
    cell(page, 7, 3).click()
    expect(page.get_by_text("In Simple all cells are the same; Medium1 and")).to_be_visible()
    page.get_by_role("radio", name="Medium2").check()
    drawn(page)
    np.testing.assert_array_equal(cells(page), expected)


@pytest.mark.first_visit
def test_theta_can_be_painted_with_the_keyboard(page: Page, watch: Watch, app: Server) -> None:
    open_generate(page, app, "?theta=0.5&mode=medium2")
    listen(page)
    cell(page, 0, 0).focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "-", "-", "-", "+", "End", "Enter", "Home", "Delete"):
        page.keyboard.press(key)
    drawn(page)
    expected = np.ones(GRID)
    expected[1, 2], expected[1, 19], expected[1, 0] = 0.9, 0, 0
    np.testing.assert_array_equal(cells(page), expected)
    expect(page.locator(".theta-told")).to_have_text("1, dimension 1: theta 0.00, 0 % of 0.50.")
    heard(page, "1, dimension 1: theta 0.00, 0 % of 0.50.")
    page.get_by_role("button", name="Draw again").press("Enter")
    heard(page, "New pictures are drawn.")
    drawn(page)
    reruns, before = watch.reruns, sheet(page)
    for key in ("r", "c", "R", "C"):  # Streamlit's shortcuts
        page.keyboard.press(key)
    drawn(page)
    assert watch.reruns == reruns and (sheet(page) == before).all() and page.get_by_role("dialog").count() == 0
    assert page.locator("[role=gridcell][tabindex='0']").count() == 1


def test_a_finger_paints_too(new_page: NewPage, app: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    open_generate(page, app, "?theta=0.6&mode=medium2")
    cell(page, 6, 3).scroll_into_view_if_needed()
    finger = Finger(page)
    spots = [cell(page, 6, column).bounding_box() for column in (3, 6)]
    assert spots[0] and spots[1]
    finger.down(spots[0]["x"] + 3, spots[0]["y"] + 8)
    for step in range(1, 13):
        finger.move(spots[0]["x"] + 3 + (spots[1]["x"] - spots[0]["x"]) * step / 12, spots[0]["y"] + 8)
    finger.up()
    drawn(page)
    expected = np.ones(GRID)
    expected[6, 3:7] = 0
    np.testing.assert_array_equal(cells(page), expected)


def test_dimensions_that_say_nothing_are_marked(page: Page, app: Server) -> None:
    open_generate(page, app, "?model=elbo-20&theta=0.5")
    expect(page.get_by_text("dimensions say nothing in this model")).to_be_visible(timeout=20_000)
    dead = page.locator("[role=columnheader].theta-dead").count()
    assert dead >= 4
    expect(page.get_by_role("columnheader", name="which says nothing")).to_have_count(dead)


def test_a_point_of_the_curve_loads_its_setting(page: Page, app: Server) -> None:
    slider = open_generate(page, app, "?theta=0.2")
    expect(page.get_by_role("img", name="Accuracy by the model's own classifier against cosine")).to_be_visible()
    point = page.get_by_role("button", name=re.compile(r"^Full covariance, theta 0\.5: .*Load it\."))
    point.focus()
    page.keyboard.press("Enter")
    drawn(page)
    expect(slider).to_have_value("0.5")
    expect(page.get_by_role("radio", name="Full covariance")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".curve-told")).to_contain_text("Full covariance, theta 0.55")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".curve-told")).to_contain_text("Diagonal (the paper), theta")
    box = page.get_by_role(
        "button", name=re.compile(r"As printed in the paper: elbo-20, Simple, theta 0.4, n 2")
    ).bounding_box()
    assert box
    page.mouse.click(box["x"] + 12, box["y"] + 12)
    drawn(page)
    recipe = recipe_of(page)
    assert (recipe.theta.scale, recipe.n) == (0.4, 2)
    expect(page.locator(".curve-points [tabindex='0']")).to_have_count(1)
    table = page.get_by_role("region", name="Reproduce the paper's Table 4")
    row = table.get_by_role("row", name=re.compile(r"^1: Simple ELBO VAE, 20 dimensions, plain"))
    expect(row).to_contain_text("0.9200 · 99.50")
    row.get_by_role("button", name="Open the model of ELBO VAE, 20 dimensions, plain, Simple").press("Enter")
    expect(row.get_by_role("button", name="Set ELBO VAE, 20 dimensions, plain, Simple")).to_be_visible(timeout=60_000)
    expect(row).to_contain_text(re.compile(r"being measured|set now"))
    drawn(page)
    recipe = recipe_of(page)
    assert (recipe.model, recipe.theta.scale, recipe.n) == ("elbo-20-plain", 0.4, 2), "as the paper prints it"


@pytest.mark.first_visit
def test_the_dot_moves_and_the_classifier_and_another_model_can_be_shown(page: Page, app: Server) -> None:
    slider = open_generate(page, app, "?theta=0.2")
    dot = page.locator(".curve-now")
    before = dot.get_attribute("transform")
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(dot).not_to_have_attribute("transform", before or "")
    page.get_by_role("button", name="Classifier of real pictures").click()
    expect(page.get_by_role("img", name="Accuracy by a classifier of real pictures against cosine")).to_be_visible()
    lines = page.locator(".curve-plot polyline").count()
    page.get_by_role("combobox", name="Compare with").select_option("mnist/elbo-20")
    expect(page.locator(".curve-plot polyline")).to_have_count(2 * lines)
    expect(page.get_by_text("ELBO VAE, 20 dimensions: Mixture", exact=True)).to_be_visible()


@pytest.mark.first_visit
def test_a_setting_is_kept_under_a_name_and_sent_to_the_blend_page(page: Page, app: Server) -> None:
    open_generate(page, app, "?w=3:50,8:50&theta=0.5&mode=medium2")
    cell(page, 3, 4).click()
    drawn(page)
    painted = recipe_of(page)
    page.get_by_label("Name of this setting").fill("Mine <b>")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept as “Mine <b>”.")).to_be_visible()
    page.get_by_role("radio", name="Simple").check()
    drawn(page)
    page.reload()
    drawn(page)
    page.get_by_role("button", name="Load Mine <b>").click()
    drawn(page)
    assert recipe_of(page) == painted
    expect(page.get_by_role("radio", name="Medium2")).to_be_checked()
    page.get_by_role("button", name="Send to Blend Mine <b>").click()
    page.locator('.medley[data-ready="all"] .pad').wait_for(timeout=30_000)
    settle(page)
    assert recipe_of(page) == painted
    expect(page.get_by_role("button", name="Forget the pattern")).to_be_visible()
    page.get_by_role("link", name="Generate", exact=True).first.click()
    drawn(page)
    page.get_by_role("button", name="Delete Mine <b>").click()
    page.reload()
    drawn(page)
    expect(page.get_by_role("button", name="Load Mine <b>")).to_have_count(0)


@pytest.mark.parametrize("held", ["nonsense", '[{"name": 3}, null, 7]', '{"a": 1}'])
def test_a_damaged_list_is_an_empty_one(page: Page, watch: Watch, app: Server, held: str) -> None:
    visit(page, f"{app.url}/learn")
    page.evaluate("text => localStorage.setItem('medley-generators', text)", held)
    open_generate(page, app)
    expect(page.get_by_role("button", name="Keep it")).to_be_visible()
    assert page.locator(".saved-list li").count() == 0
