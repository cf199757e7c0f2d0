"""The Map page's promises: every point drawn, the right picture for each, decoding, selecting, groups, and the link."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core import Model, open_model
from latent_core.grouplink import unpack
from latent_core.groups import Group, with_groups
from tests.browser.conftest import NewPage
from tests.browser.mapping import ask, frame, inside, kept, numbers, open_map, pixels, rest, screen
from tests.browser.watch import Watch
from tests.serving import Server

LASSO = [(290, 290), (330, 190), (420, 170), (470, 250), (430, 330), (340, 350)]


@pytest.fixture(scope="module")
def model() -> Model:
    """The model that the map shows on a first visit."""
    return open_model("mnist/mmd-20")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def parameters(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def draw(page: Page, corners: list[tuple[float, float]]) -> None:
    """A drag over corners given in pixels of the map."""
    left, top, _, _ = frame(page)
    page.mouse.move(left + corners[0][0], top + corners[0][1])
    page.mouse.down()
    for x, y in corners[1:]:
        page.mouse.move(left + x, top + y, steps=4)
    page.mouse.up()


def empty_place(page: Page) -> tuple[float, float]:
    """A pixel of the map with no point near it and no button over it."""
    _, _, width, height = frame(page)
    points = screen(page)
    spots = [(x, y) for x in np.arange(30, width - 60, 15) for y in np.arange(70, height - 50, 15)]
    far = [float(np.hypot(*(points - spot).T).min()) for spot in spots]
    return spots[int(np.argmax(far))]


def hover_and_check(page: Page, model: Model, rows: np.ndarray) -> None:
    """The card at each row's place shows the dataset's own pixels of the row that it names."""
    left, top, _, height = frame(page)
    points = screen(page)
    view = page.viewport_size or {"width": 0, "height": 0}
    for row in rows:
        x, y = points[row]
        page.mouse.move(left + 12, top + height - 60)
        page.mouse.move(left + x, top + y)
        card = page.locator(".card")
        expect(card).to_be_visible()
        page.wait_for_timeout(60)
        shown = int(card.get_attribute("data-row") or -1)
        assert np.hypot(*(points[shown] - points[row])) <= 14
        tile = model.dataset.thumbs[shown]
        got = pixels(page, ".card canvas")
        assert (got[..., :3] == tile[..., None]).all() and (got[..., 3] == 255).all()
        assert card.locator("strong").inner_text() == model.card.classes[model.dataset.rows["y"][shown]]
        assert f"{shown:,}" in card.inner_text()
        box = card.bounding_box()
        assert box and box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= view["width"] and box["y"] + box["height"] <= view["height"]
        picture = card.locator("canvas").bounding_box()
        assert picture and picture["width"] >= 96 and picture["height"] >= 96


def in_sight(page: Page, rng: np.random.Generator, count: int, among: np.ndarray | None = None) -> np.ndarray:
    """Random rows whose points are free of the buttons over the map."""
    _, _, width, height = frame(page)
    x, y = screen(page).T
    free = (x > 20) & (x < width - 20) & (y > 60) & (y < height - 40)
    return rng.choice(np.flatnonzero(free & (among if among is not None else True)), count, replace=False)


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


@pytest.mark.parametrize("tool", ["Box", "Lasso"])
def test_a_selection_counts_the_points_inside(tool: str, page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url, "?view=pca2")
    press(page, tool)
    draw(page, LASSO if tool == "Lasso" else [(300, 180), (450, 290)])
    polygon = np.array(ask(page, "map.selecting.outline"))
    assert len(polygon) == 4 if tool == "Box" else len(polygon) > 20
    within = inside(polygon, model.projections["pca"][:, :2].astype(np.float64))
    assert 300 < within.sum() < 19_000
    np.testing.assert_array_equal(numbers(page, "map.selecting.rows", "i4"), np.flatnonzero(within))
    expect(page.get_by_role("heading", name=f"{within.sum():,} points selected")).to_be_visible()
    counts = np.bincount(model.dataset.rows["y"][within], minlength=10)
    for name, number in zip(model.card.classes, counts, strict=True):
        bar = page.locator(".bars li").filter(has=page.locator(".name").get_by_text(name, exact=True))
        assert bar.locator(".number").inner_text() == f"{number:,}"
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="points selected")).to_have_count(0)


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
        place = np.array(ask(page, "map.decoding.last.place"), np.float32)
        maps = model.projections
        if view == "PCA":
            z = maps["pca_centre"] + place @ maps["pca_components"][:2]
        else:
            z = maps["pca_centre"].copy()
            z[:2] = place
        expected = model.decode(z[None].astype(np.float32))[0, 0]
        got = pixels(page, ".inspector .big")[..., 0]
        assert np.abs(got / 255 - expected).max() <= 1 / 255
        assert f"{place[0]:.2f}" in page.locator(".where").inner_text()
    press(page, "Decode here")
    before = watch.reruns
    left, top, width, height = frame(page)
    seen = set()
    page.mouse.move(left + 60, top + height / 2)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(left + 60 + step * (width - 160) / 30, top + height / 2)
        page.wait_for_timeout(40)
        seen.add(pixels(page, ".inspector .big").tobytes())
    page.mouse.up()
    assert len(seen) >= 25
    assert watch.reruns == before


def test_a_umap_says_that_it_has_no_way_back(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url)
    left, top, _, _ = frame(page)
    x, y = empty_place(page)
    page.mouse.click(left + x, top + y)
    expect(page.get_by_text("A UMAP has no way back")).to_be_visible()
    spot = ask(page, "map.stage.camera.toScreen(map.stage.above.puck)")
    nearest = int(np.hypot(*(screen(page) - spot).T).argmin())
    assert (pixels(page, ".inspector .big")[..., 0] == model.dataset.thumbs[nearest]).all()


def test_a_click_looks_closer(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url)
    row = int(in_sight(page, np.random.default_rng(5), 1)[0])
    left, top, _, _ = frame(page)
    x, y = screen(page)[row]
    page.mouse.click(left + x, top + y)
    expect(page.get_by_role("heading", name="Nearest in latent space")).to_be_visible()
    row = ask(page, "map.view.row")
    z = model.latents[row]
    near = model.nearest(z, 9, training_only=False)
    names = [model.card.classes[k] for k in model.dataset.rows["y"]]
    wanted = {f"{names[other]}, row {other:,}" for other in near if other != row}
    assert {button.get_attribute("aria-label") for button in page.locator(".near").all()} == wanted
    assert (pixels(page, ".pair-of-pictures figure:nth-child(1) canvas")[..., 0] == model.dataset.thumbs[row]).all()
    again = pixels(page, ".pair-of-pictures figure:nth-child(2) canvas")[..., 0]
    assert np.abs(again / 255 - model.decode(z[None])[0, 0]).max() <= 1 / 255
    page.get_by_text("Its 20 latent numbers").click()
    expect(page.locator(".numbers li").first).to_have_text(f"{z[0]:.3f}")
    kept(page)
    assert parameters(page)["row"] == str(row)


def test_a_selection_becomes_an_ingredient(page: Page, app: Server, model: Model) -> None:
    open_map(page, app.url, "?view=pca2")
    press(page, "Lasso")
    draw(page, LASSO)
    rows = numbers(page, "map.selecting.rows", "i4").tolist()
    press(page, "Use as a class")
    expect(page.get_by_role("button", name="Group 1", exact=True)).to_have_attribute("aria-pressed", "true")
    press(page, "3")
    kept(page)
    assert list(unpack(parameters(page)["group"].removeprefix("mnist:1."))) == rows
    page.reload()
    rest(page)
    assert numbers(page, "map.groups[0].rows", "i4").tolist() == rows
    press(page, "Blend these classes")
    slider = page.get_by_role("slider", name="Amount of Group 1")
    expect(slider).to_be_visible(timeout=20_000)
    page.locator(".medley[data-ready=all]").wait_for(timeout=30_000)
    assert parameters(page)["w"] == "3:50,Group%201:50"
    wider = with_groups(model, [Group("mnist", 1, tuple(rows))])
    expected = wider.blend({"3": 50, "Group 1": 50}).picture
    got = np.array(page.evaluate("Array.from(window.medleyPictures.blend)"), np.float32)
    assert np.abs(got - expected.ravel()).max() <= 1e-4


def test_the_map_comes_back_as_it_was(page: Page, app: Server) -> None:
    open_map(page, app.url)
    press(page, "Raw latent")
    press(page, "3-D")
    page.get_by_label("Vertical axis").select_option("4")
    press(page, "7")
    page.get_by_label("Pictures as points").check()
    kept(page)
    before = ask(page, "map.view")
    assert (before["projection"], before["dims"], before["axes"], before["chosen"]) == ("raw", 3, [0, 4, 2], ["7"])
    page.get_by_role("link", name="Eigen-images", exact=True).click()
    kept(page)
    page.get_by_test_id("stTopNav").get_by_role("link", name="Map").click()
    rest(page)
    assert ask(page, "map.view") == before
    page.reload()
    rest(page)
    assert ask(page, "map.view") == before


def test_a_hostile_link_falls_back(page: Page, app: Server, watch: Watch) -> None:
    hostile = "?view=umap9&axes=99999999999.-1.x&focus=%3Cscript%3E,3&row=1e9&group=mnist:1.AAAA;../x:2.eJw"
    open_map(page, app.url, hostile)
    view = ask(page, "map.view")
    assert (view["projection"], view["dims"], view["axes"]) == ("umap", 2, [0, 1, 2])
    assert view["chosen"] == ["3"] and view["row"] is None
    expect(page.get_by_text("groups in the link could not be read")).to_be_visible()


def test_a_lost_file_ends_in_a_sentence(page: Page, app: Server, watch: Watch) -> None:
    watch.allow("404")
    page.route("**/projections.safetensors", lambda route: route.fulfill(status=404))
    page.goto(f"{app.url}/map")
    expect(page.get_by_text("projections.safetensors could not be loaded")).to_be_visible(timeout=20_000)


def test_the_blend_is_on_the_map(page: Page, app: Server, model: Model, new_page: NewPage) -> None:
    open_map(page, app.url, "?view=pca2&data=mnist&model=mmd-20&w=3:50,8:30&theta=0.5&seed=9")
    marker = ask(page, "map.stage.above.marker && [map.stage.above.marker.place, map.stage.above.marker.ends]")
    blend = model.blend({"3": 50, "8": 30}, theta=0.5, seed=9)
    np.testing.assert_allclose(marker[0], model.project(blend.latent[None])[0, :2], atol=1e-4)
    ends = model.project(model.stats["mean"][[3, 8]])[:, :2]
    np.testing.assert_allclose([end["place"] for end in marker[1]], ends, atol=1e-4)
    page.get_by_label("Show the blend").uncheck()
    page.wait_for_timeout(100)
    assert ask(page, "map.stage.above.marker") is None
