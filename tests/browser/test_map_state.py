"""The Map page loses nothing: groups, the link, other pages, hostile links and lost files."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core import open_model
from latent_core.models.group_links import unpack
from latent_core.models.groups import Group
from tests import shipped
from tests.browser.helpers import heard, listen
from tests.browser.mapping import LASSO, ask, draw, kept, numbers, open_map, parameters, press, rest
from tests.harness.serving import Server
from tests.harness.watch import Watch


@pytest.mark.first_visit
def test_a_selection_becomes_an_ingredient(page: Page, app: Server) -> None:
    open_map(page, app.url, "?view=pca2")
    press(page, "Lasso")
    draw(page, LASSO)
    rows = numbers(page, "map.state.selected", "i4").tolist()
    page.get_by_role("button", name="Use as a class").press("Enter")
    expect(page.get_by_role("button", name="Group 1", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="Group 1: ")).to_be_focused()
    press(page, "3")
    kept(page)
    assert list(unpack(parameters(page)["group"].partition(":1.")[2])) == rows
    page.reload()
    rest(page)
    assert numbers(page, "map.state.groups[0].rows", "i4").tolist() == rows
    press(page, "Blend these classes")
    slider = page.get_by_role("slider", name="Amount of Group 1")
    expect(slider).to_be_visible(timeout=20_000)
    page.locator(".medley[data-ready=all]").wait_for(timeout=30_000)
    assert parameters(page)["w"] == "3:50,Group 1:50"
    wider = open_model("mnist/mmd-20").with_groups([Group("mnist", 1, tuple(rows))])
    expected = wider.blend({"3": 50, "Group 1": 50}).picture
    got = np.array(page.evaluate("Array.from(window.medley.pictures.blend)"), np.float32)
    assert np.abs(got - expected.ravel()).max() <= 1e-4


@pytest.mark.first_visit
def test_the_map_comes_back_as_it_was(page: Page, app: Server) -> None:
    open_map(page, app.url)
    press(page, "Raw latent")
    press(page, "3-D")
    page.get_by_label("Vertical axis").select_option("4")
    press(page, "7")
    page.get_by_label("Pictures as points").check()
    kept(page)
    before = ask(page, "map.state.view")
    assert (before["projection"], before["dims"], before["axes"], before["chosen"]) == ("raw", 3, [0, 4, 2], ["7"])
    listen(page)
    page.get_by_label("Map of").focus()
    page.evaluate("() => addEventListener('keydown', ({ key }) => (window.heard = key))")
    for key in "rcRC":
        page.keyboard.press(key)
    assert page.evaluate("() => window.heard") is None, "Streamlit would run the page again, or clear its cache"
    page.get_by_role("link", name="Eigen-images", exact=True).click()
    heard(page, "Eigen-images page")
    kept(page)
    page.get_by_test_id("stTopNav").get_by_role("link", name="Map").click()
    rest(page)
    assert ask(page, "map.state.view") == before
    page.reload()
    rest(page)
    assert ask(page, "map.state.view") == before
    open_map(page, app.url, "?data=animals&row=599&view=pca2")
    assert [ask(page, f"map.state.view.{one}") for one in ("row", "projection", "chosen")] == [599, "pca", []]
    animals = shipped.dataset("animals")
    expect(page.locator(".map-inspector").get_by_text(animals.origin(599))).to_be_visible()
    copies = f"{animals.origins['changed'].sum()} of 637 points are changed copies of drawings"
    expect(page.locator(".map-legend").get_by_text(copies)).to_be_visible()


def test_a_hostile_link_falls_back(page: Page, app: Server, watch: Watch) -> None:
    hostile = "?view=umap9&axes=99999999999.-1.x&focus=%3Cscript%3E,3&row=1e9&group=mnist:1.AAAA;../x:2.eJw"
    open_map(page, app.url, hostile)
    view = ask(page, "map.state.view")
    assert (view["projection"], view["dims"], view["axes"]) == ("umap", 2, [0, 1, 2])
    assert view["chosen"] == ["3"] and view["row"] is None
    expect(page.get_by_text("groups in the link could not be read")).to_be_visible()


@pytest.mark.first_visit
def test_a_lost_file_ends_in_a_sentence(page: Page, app: Server, watch: Watch) -> None:
    watch.allow("404")
    page.route("**/projections.safetensors", lambda route: route.fulfill(status=404))
    page.goto(f"{app.url}/map")
    expect(page.get_by_text("projections.safetensors could not be loaded")).to_be_visible(timeout=20_000)
