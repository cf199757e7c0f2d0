"""Promises of the Blend page: it moves without the server, shows what Python computes, and loses nothing."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core.blends.catalogue import methods
from latent_core.model import Model
from latent_core.noise import normal
from tests.browser.blending import (
    READY,
    Finger,
    canvas_bytes,
    count_pictures,
    drag_round,
    fingerprint,
    floats,
    open_blend,
    pad_point,
    pictures_seen,
    python_blend,
    recipe_of,
    still,
)
from tests.browser.conftest import NewPage
from tests.browser.helpers import axe, settle, sideways, visit
from tests.browser.watch import Watch
from tests.serving import Server

CLOSE = 1e-4
VARIED = "?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7"


def test_first_picture_without_a_click(page: Page, app: Server) -> None:
    visit(page, app.url)
    page.locator(READY).wait_for(timeout=30_000)
    picture = canvas_bytes(page)
    assert picture[..., :3].max() > 128 and picture[..., 3].min() == 255
    still(page)
    recipe = recipe_of(page)
    expect(page.locator(".sentence")).to_contain_text("Blend of")
    assert page.get_by_role("img", name="Blend of").count() == 1
    for name in ("Centre of mass of", "Eigen-image of", "Plain average of"):
        expect(page.get_by_role("img", name=name)).to_be_visible()
    assert len(recipe.w) >= 2


def test_a_drag_is_live_and_one_release_is_one_rerun(page: Page, watch: Watch, app: Server) -> None:
    open_blend(page, app)
    reruns, frames = watch.reruns, watch.frames
    count_pictures(page)
    drag_round(page)
    assert pictures_seen(page) >= 25
    assert watch.frames == frames, "nothing goes to the server while the dot is held"
    page.mouse.up()
    still(page)
    assert watch.reruns == reruns + 1
    painted = floats(page)
    made = python_blend(recipe_of(page))
    assert np.abs(painted - made.picture.ravel()).max() <= CLOSE, "the newest values are what is painted"
    timings = page.evaluate("() => window.medleyFrames.slice(-20)")
    assert all(frame["work"] > 0 and frame["painted"] >= frame["input"] > 0 for frame in timings)


def test_pictures_are_those_of_python(page: Page, app: Server) -> None:
    open_blend(page, app, VARIED)
    for method in methods():
        page.get_by_role("combobox", name="Blending method").select_option(method.name)
        for depth in range(5) if method.uses_depth else (4,):
            if method.uses_depth:
                page.get_by_role("spinbutton", name="Depth number").fill(str(depth))
                page.keyboard.press("Enter")
            still(page)
            recipe = recipe_of(page)
            assert (recipe.method, recipe.depth if method.uses_depth else 4) == (method.name, depth)
            made = python_blend(recipe)
            assert np.abs(floats(page) - made.picture.ravel()).max() <= CLOSE, method.name
            assert np.abs(floats(page, "place") - made.latent).max() <= CLOSE, method.name
    model = Model(recipe.slug)
    w, rest = dict(recipe.w), (recipe.theta, recipe.n, recipe.seed, "centre_of_mass")
    linear = Model(f"{recipe.data}/{model.dataset.card.linear}")
    wanted = {
        "centre": model.blend(w, *rest).picture,
        "eigen": linear.blend(w, *rest, keep=recipe.k).picture,
        "plain": model.dataset.plain_average(recipe.shares()),
        "guess": model.classify(made.picture[None])[0],
        "marker": model.project(made.latent[None])[0, :2],
    }
    for part, values in wanted.items():
        assert np.abs(floats(page, part) - values.ravel()).max() <= CLOSE, part
    bytes_ = np.floor(np.clip(made.picture[0], 0, 1) * 255 + 0.5)
    assert np.abs(canvas_bytes(page)[..., 0] - bytes_).max() <= 1


def test_fewer_components_make_another_eigen_image(page: Page, app: Server) -> None:
    open_blend(page, app)
    before = fingerprint(page, "Eigen-image")
    page.get_by_role("spinbutton", name="Number of components").fill("3")
    page.keyboard.press("Enter")
    still(page)
    recipe = recipe_of(page)
    assert recipe.k == 3 and fingerprint(page, "Eigen-image") != before
    linear = Model(f"{recipe.data}/{Model(recipe.slug).dataset.card.linear}")
    made = linear.blend(dict(recipe.w), method="centre_of_mass", keep=3)
    assert np.abs(floats(page, "eigen") - made.picture.ravel()).max() <= CLOSE


def test_undo_redo_and_reset(page: Page, app: Server) -> None:
    open_blend(page, app)
    steps = [(fingerprint(page), page.url)]
    for name in ("1", "7", "1"):
        page.get_by_role("button", name=name, exact=True).click()
        still(page)
        steps.append((fingerprint(page), page.url))
    amount = page.get_by_role("slider", name="Amount of 7", exact=True)
    amount.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    still(page)
    steps.append((fingerprint(page), page.url))
    assert len({step[0] for step in steps}) == len(steps)
    for picture, link in steps[-2::-1]:
        page.keyboard.press("Control+z")
        still(page)
        assert (fingerprint(page), page.url) == (picture, link)
    page.get_by_role("button", name="Redo").click()
    still(page)
    assert (fingerprint(page), page.url) == steps[1]
    page.keyboard.press("Control+Shift+Z")
    still(page)
    assert (fingerprint(page), page.url) == steps[2]
    page.get_by_role("button", name="Reset").click()
    still(page)
    assert fingerprint(page) == steps[0][0]
    page.get_by_role("button", name="Undo").click()
    still(page)
    assert (fingerprint(page), page.url) == steps[2]


def test_the_link_holds_everything(page: Page, new_page: NewPage, app: Server) -> None:
    open_blend(page, app, VARIED)
    drag_round(page, steps=5, seconds=0.3)
    page.mouse.up()
    still(page)
    dragged, link = fingerprint(page), page.url
    page.get_by_role("button", name="5", exact=True).click()
    still(page)
    assert fingerprint(page) != dragged
    page.go_back()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)
    page.reload()
    page.locator(READY).wait_for()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)
    other = new_page()
    open_blend(other, app, link.removeprefix(app.url + "/"))
    assert fingerprint(other) == dragged
    page.get_by_role("link", name="Map").click()
    page.wait_for_url("**/map?*")
    settle(page)
    page.get_by_role("link", name="Blend").click()
    page.locator(READY).wait_for()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)


def test_the_state_survives_a_restart_of_the_server(new_page: NewPage, start_app) -> None:
    page, server = new_page(), start_app()
    new_page.watches[0].allow("WebSocket|ERR_CONNECTION_REFUSED|Failed to fetch|net::|_stcore")
    open_blend(page, server, "?data=mnist&w=2:30,6:70&theta=0.2&seed=3")
    before = fingerprint(page)
    server.kill()
    page.wait_for_timeout(500)
    server.start()
    page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for(timeout=30_000)
    still(page)
    assert fingerprint(page) == before
    page.get_by_role("button", name="4", exact=True).click()
    still(page)
    assert [name for name, _ in recipe_of(page).w] == ["2", "4", "6"]


def test_the_main_task_by_keyboard_alone(page: Page, app: Server) -> None:
    open_blend(page, app)
    before = fingerprint(page)

    def focused() -> str:
        return str(
            page.evaluate(
                """() => {
                    let e = document.activeElement;
                    while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
                    return e.getAttribute('aria-label') || e.textContent.trim();
                }"""
            )
        )

    def tab_to(name: str) -> None:
        for _ in range(60):
            if focused() == name:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {name}; it stopped at {focused()}")

    tab_to("None")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence")).to_have_text("Choose at least one class.")
    page.evaluate("() => document.activeElement.blur()")
    for name in ("1", "4"):
        tab_to(name)
        page.keyboard.press("Space")
    tab_to("Blend pad")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    still(page)
    shares = recipe_of(page).shares()
    assert list(shares) == ["1", "4"] and shares["1"] == pytest.approx(0.55, abs=1e-3)
    expect(page.locator(".sentence")).to_contain_text("Blend of 1 and 4.")
    assert page.get_by_role("slider", name="Blend pad").get_attribute("aria-valuetext") == "55 % 1 and 45 % 4"
    tab_to("Variety (theta)")
    page.keyboard.press("ArrowRight")
    still(page)
    assert recipe_of(page).theta == 0.01
    assert fingerprint(page) != before


def test_seed_and_variety(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    plain = fingerprint(page)
    page.get_by_role("button", name="Draw again").click()
    still(page)
    assert fingerprint(page) == plain, "without variety every seed gives the same picture"
    expect(page.locator(".sentence")).to_contain_text("Variety is 0")
    page.get_by_role("spinbutton", name="Amount of variety").fill("0.5")
    page.keyboard.press("Enter")
    pictures = {}
    for seed in ("7", "8", "7"):
        page.get_by_role("spinbutton", name="Seed").fill(seed)
        page.keyboard.press("Enter")
        still(page)
        pictures.setdefault(seed, set()).add(fingerprint(page))
    assert len(pictures["7"]) == 1 and pictures["7"] != pictures["8"] and plain not in pictures["7"]
    page.get_by_role("slider", name="Averaged draws (n)").fill("4")
    still(page)
    expect(page.get_by_text("0.5 / √4 = 0.25")).to_be_visible()


def test_noise_is_that_of_python(page: Page, app: Server) -> None:
    visit(page, app.url)
    for seed, samples, latent in ((0, 1, 5), (7, 10, 50), (2**32 - 1, 3, 20)):
        got = page.evaluate(
            "async ([seed, samples, latent]) => Array.from((await import('/web/noise.js')).normal(seed, samples, latent))",
            [seed, samples, latent],
        )
        assert np.abs(np.array(got) - normal(seed, samples, latent).ravel()).max() < 1e-6


def test_a_corner_is_the_class_alone(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=0:50,3:50,8:50")
    page.mouse.move(*pad_point(page, 0, 0))
    page.mouse.down()
    page.mouse.move(*pad_point(page, 0.02, -0.98), steps=4)
    page.mouse.up()
    still(page)
    corner = canvas_bytes(page)
    assert recipe_of(page).shares() == {"0": 1.0, "3": 0.0, "8": 0.0}
    for name in ("3", "8"):
        page.get_by_role("button", name=name, exact=True).click()
    still(page)
    assert (canvas_bytes(page) == corner).all()


def test_sliders_choices_and_their_words(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    amount = page.get_by_role("slider", name="Amount of 3", exact=True)
    amount.fill("0")
    page.get_by_role("slider", name="Amount of 8", exact=True).fill("0")
    still(page)
    expect(page.locator(".sentence")).to_contain_text("All amounts are 0, so the classes share equally.")
    page.get_by_role("spinbutton", name="Number for 3").fill("12.345")
    page.keyboard.press("Enter")
    still(page)
    assert dict(recipe_of(page).w) == {"3": 12.35, "8": 0.0}
    page.get_by_role("spinbutton", name="Number for 8").fill("12.35")
    page.keyboard.press("Enter")
    still(page)
    assert page.get_by_role("img", name="Blend of 3 and 8, half each").count() == 1
    page.get_by_role("button", name="All", exact=True).click()
    still(page)
    shares = recipe_of(page).shares()
    assert len(shares) == 10 and set(shares.values()) == {0.1}
    assert page.get_by_role("slider", name="Amount of").count() == 10
    before = page.url
    page.get_by_role("button", name="None", exact=True).click()
    still(page)
    expect(page.locator(".sentence")).to_have_text("Choose at least one class.")
    assert page.url == before
    page.keyboard.press("Control+z")
    still(page)
    assert page.url == before and page.get_by_role("slider", name="Amount of").count() == 10


def test_the_other_map(page: Page, app: Server) -> None:
    open_blend(page, app)
    page.get_by_role("button", name="UMAP").click()
    expect(page.get_by_text("estimated from 15 nearest neighbours")).to_be_visible()
    page.get_by_role("img", name="UMAP map of").wait_for()
    still(page)
    model = Model(recipe_of(page).slug)
    z = python_blend(recipe_of(page)).latent
    distance = np.sqrt(((model.latents - z) ** 2).sum(axis=1))
    near = np.argsort(distance)[:15]
    weight = 1 / (distance[near] + 1e-6)
    place = (weight[:, None] * model.projections["umap"][near]).sum(axis=0) / weight.sum()
    assert np.abs(floats(page, "marker") - place).max() < 1e-2


def test_touch_on_a_telephone(new_page: NewPage, app: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    open_blend(page, app)
    assert sideways(page) == 0
    picture = page.get_by_role("img", name="Blend of").bounding_box()
    pad = page.get_by_role("slider", name="Blend pad").bounding_box()
    assert picture and pad and picture["y"] >= 0 and pad["y"] + pad["height"] <= 844, "seen together without scrolling"
    reruns = new_page.watches[0].reruns
    count_pictures(page)
    finger = Finger(page)
    finger.down(*pad_point(page, 0, 0))
    for step in range(1, 16):
        finger.move(*pad_point(page, 0.04 * step, 0.02 * step))
        page.wait_for_timeout(20)
    assert pictures_seen(page) >= 10
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop") == 0
    finger.up()
    still(page)
    assert new_page.watches[0].reruns == reruns + 1
    assert len(set(recipe_of(page).shares().values())) > 1


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(new_page: NewPage, app: Server, dark: bool) -> None:
    page = new_page(dark=dark, still=True)
    open_blend(page, app, VARIED)
    assert axe(page) == []
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="PNG").wait_for()
    page.wait_for_timeout(500)
    assert axe(page) == []
