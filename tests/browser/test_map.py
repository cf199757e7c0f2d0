"""The Map page's promises: every point drawn, the right picture for each, classes chosen, points selected."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core import Model, open_model
from tests.browser.mapping import (
    LASSO,
    ask,
    draw,
    frame,
    in_sight,
    inside,
    kept,
    numbers,
    open_map,
    parameters,
    pixels,
    press,
    rest,
    screen,
)
from tests.harness.serving import Server


@pytest.fixture(scope="module")
def model() -> Model:
    """The model that the map shows on a first visit."""
    return open_model("mnist/mmd-20")


def hover_and_check(page: Page, model: Model, rows: np.ndarray) -> None:
    """The card at each row's place shows the dataset's own pixels of the row that it names."""
    left, top, _, height = frame(page)
    points = screen(page)
    view = page.viewport_size or {"width": 0, "height": 0}
    for row in rows:
        x, y = points[row]
        page.mouse.move(left + 12, top + height - 60)
        page.mouse.move(left + x, top + y)
        card = page.locator(".map-tooltip")
        expect(card).to_be_visible()
        page.wait_for_timeout(60)
        shown = int(card.get_attribute("data-row") or -1)
        assert np.hypot(*(points[shown] - points[row])) <= 14
        tile = model.dataset.thumbs[shown]
        got = pixels(page, ".map-tooltip canvas")
        assert (got[..., :3] == tile[..., None]).all() and (got[..., 3] == 255).all()
        assert card.locator("strong").inner_text() == model.card.classes[model.dataset.rows["y"][shown]]
        assert f"{shown:,}" in card.inner_text()
        box = card.bounding_box()
        assert box and box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= view["width"] and box["y"] + box["height"] <= view["height"]
        picture = card.locator("canvas").bounding_box()
        assert picture and picture["width"] >= 96 and picture["height"] >= 96
    page.keyboard.press("Escape")  # wherever focus is
    expect(page.locator(".map-tooltip")).to_be_hidden()


def test_every_map_draws_every_point_where_it_belongs(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url)
    for title, key in (("UMAP", "umap"), ("PCA", "pca"), ("Raw latent", "raw")):
        for dims in (2, 3):
            press(page, title)
            press(page, f"{dims}-D")
            rest(page)
            expect(page.get_by_text("Showing 20,000 of 20,000")).to_be_visible()
            found = numbers(page, "map.stage.layout.places").reshape(-1, dims)
            name = "umap3" if key == "umap" and dims == 3 else key
            held = model.latents if key == "raw" else model.projections[name]
            np.testing.assert_array_equal(found, held[:, :dims])
            assert np.isfinite(screen(page)).all()
    names = ask(page, "map.stage.layout.names")
    assert names == ["z 1", "z 2", "z 3"]
    page.get_by_label("Horizontal axis").select_option("6")
    rest(page)
    assert ask(page, "map.stage.layout.names")[0] == "z 7"
    assert parameters(page)["axes"] == "7.2.3"


def test_the_card_shows_the_row_under_the_pointer_after_any_change(page: Page, app: Server, model: Model) -> None:
    rng = np.random.default_rng(1)
    open_map(page, app.url)
    hover_and_check(page, model, in_sight(page, rng, 8))
    press(page, "3")
    press(page, "8")
    kept(page)
    y = model.dataset.rows["y"]
    hover_and_check(page, model, in_sight(page, rng, 4, np.isin(y, (3, 8))))
    hover_and_check(page, model, in_sight(page, rng, 2, ~np.isin(y, (3, 8))))
    press(page, "PCA")
    rest(page)
    left, top, width, height = frame(page)
    page.mouse.move(left + width / 2, top + height / 2)
    page.mouse.wheel(0, -400)
    rest(page)
    hover_and_check(page, model, in_sight(page, rng, 6))
    press(page, "3-D")
    rest(page)
    hover_and_check(page, model, in_sight(page, rng, 4))


def test_choosing_classes_dims_the_others_and_removes_none(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url)
    for name in ("3", "8"):
        press(page, name)
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    kept(page)
    level = numbers(page, "map.stage.level", "u1")
    np.testing.assert_array_equal(level == 1, np.isin(model.dataset.rows["y"], (3, 8)))
    expect(page.get_by_text("Showing 20,000 of 20,000")).to_be_visible()
    press(page, "Show all")
    assert numbers(page, "map.stage.level", "u1").min() == 1


@pytest.mark.first_visit
def test_a_selection_counts_the_points_inside(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url, "?view=pca2")
    for tool, corners in (("Box", [(300.0, 180.0), (450.0, 290.0)]), ("Lasso", LASSO)):
        press(page, tool)
        draw(page, corners)
        polygon = np.array(ask(page, "map.selection.outline"))
        assert len(polygon) == 4 if tool == "Box" else len(polygon) > 20
        within = inside(polygon, model.projections["pca"][:, :2].astype(np.float64))
        assert 300 < within.sum() < 19_000
        np.testing.assert_array_equal(numbers(page, "map.state.selected", "i4"), np.flatnonzero(within))
        expect(page.get_by_role("heading", name=f"{within.sum():,} points selected")).to_be_visible()
        counts = np.bincount(model.dataset.rows["y"][within], minlength=10)
        for name, number in zip(model.card.classes, counts, strict=True):
            bar = page.locator(".map-bars li").filter(has=page.locator(".map-name").get_by_text(name, exact=True))
            assert bar.locator(".map-number").inner_text() == f"{number:,}"
        page.keyboard.press("Escape")
        expect(page.get_by_role("heading", name="points selected")).to_have_count(0)
