"""Places of the Map page: what is decoded there, what lies near, and where the blend is."""

from functools import partial

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core import Model, open_model
from tests.browser.helpers import each_shows
from tests.browser.mapping import (
    ask,
    empty_place,
    frame,
    in_sight,
    kept,
    open_map,
    parameters,
    pixels,
    press,
    rest,
    screen,
)
from tests.harness.serving import Server
from tests.harness.watch import Watch


@pytest.fixture(scope="module")
def model() -> Model:
    """The model that the map shows on a first visit."""
    return open_model("mnist/mmd-20")


@pytest.mark.first_visit
def test_a_place_of_a_linear_map_decodes_to_what_python_decodes(
    page: Page, app: Server, model: Model, watch: Watch
) -> None:
    open_map(page, app.url, "?view=pca2")
    for view in ("PCA", "Raw latent"):
        press(page, view)
        rest(page)
        kept(page)
        left, top, _, _ = frame(page)
        x, y = empty_place(page)
        page.mouse.click(left + x, top + y)
        expect(page.get_by_role("heading", name="Decoded here")).to_be_visible()
        place = np.array(ask(page, "map.decoding.last"), np.float32)
        maps = model.projections
        if view == "PCA":
            z = maps["pca_centre"] + place @ maps["pca_components"][:2]
        else:
            z = maps["pca_centre"].copy()
            z[:2] = place
        expected = model.decode(z[None].astype(np.float32))[0, 0]
        got = pixels(page, ".map-inspector .map-big")[..., 0]
        assert np.abs(got / 255 - expected).max() <= 1 / 255
        assert f"{place[0]:.2f}" in page.locator(".map-where").inner_text()
    press(page, "Decode here")
    before = watch.reruns
    left, top, width, height = frame(page)
    page.mouse.move(left + 60, top + height / 2)
    page.mouse.down()
    places = [left + 60 + step * (width - 160) / 15 for step in range(1, 16)]
    moves = [partial(page.mouse.move, place, top + height / 2) for place in places]
    assert each_shows(page, moves, lambda: pixels(page, ".map-inspector .map-big").tobytes()) >= 13
    page.mouse.up()
    assert watch.reruns == before


def test_a_umap_says_that_it_has_no_way_back(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url)
    left, top, _, _ = frame(page)
    x, y = empty_place(page)
    page.mouse.click(left + x, top + y)
    expect(page.get_by_text("A UMAP has no way back")).to_be_visible()
    spot = ask(page, "map.stage.camera.toScreen(map.stage.marks.crosshair)")
    nearest = int(np.hypot(*(screen(page) - spot).T).argmin())
    assert (pixels(page, ".map-inspector .map-big")[..., 0] == model.dataset.thumbs[nearest]).all()


def test_a_click_looks_closer(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url)
    row = int(in_sight(page, np.random.default_rng(5), 1)[0])
    left, top, _, _ = frame(page)
    x, y = screen(page)[row]
    page.mouse.click(left + x, top + y)
    expect(page.get_by_role("heading", name="Nearest in latent space")).to_be_visible()
    row = ask(page, "map.state.view.row")
    z = model.latents[row]
    near = model.nearest(z, 9, training_only=False)
    names = [model.card.classes[k] for k in model.dataset.rows["y"]]
    wanted = {f"{names[other]}, row {other:,}" for other in near if other != row}
    assert {button.get_attribute("aria-label") for button in page.locator(".map-neighbour").all()} == wanted
    assert (pixels(page, ".map-two-pictures figure:nth-child(1) canvas")[..., 0] == model.dataset.thumbs[row]).all()
    again = pixels(page, ".map-two-pictures figure:nth-child(2) canvas")[..., 0]
    assert np.abs(again / 255 - model.decode(z[None])[0, 0]).max() <= 1 / 255
    page.get_by_text("Its 20 latent numbers").click()
    expect(page.locator(".map-numbers li").first).to_have_text(f"{z[0]:.3f}")
    kept(page)
    assert parameters(page)["row"] == str(row)


def test_the_blend_is_on_the_map(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url, "?view=pca2&data=mnist&model=mmd-20&w=3:50,8:30&theta=0.5&seed=9")
    marker = ask(page, "map.stage.marks.marker && [map.stage.marks.marker.place, map.stage.marks.marker.ends]")
    blend = model.blend({"3": 50, "8": 30}, theta=0.5, seed=9)
    np.testing.assert_allclose(marker[0], model.project(blend.latent[None])[0, :2], atol=1e-4)
    ends = model.project(model.stats["mean"][[3, 8]])[:, :2]
    np.testing.assert_allclose([end["place"] for end in marker[1]], ends, atol=1e-4)
    page.get_by_label("Show the blend").uncheck()
    page.wait_for_timeout(100)
    assert ask(page, "map.stage.marks.marker") is None
