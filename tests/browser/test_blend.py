"""Promises of the Blend page: it moves without the server and shows exactly what Python computes."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from latent_core.models.model import Model
from tests.browser.blending import (
    READY,
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
from tests.browser.helpers import heard, listen, visit
from tests.conftest import AtBest
from tests.harness.serving import Server
from tests.harness.watch import Watch

CLOSE = 1e-4
VARIED = "?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7"


@pytest.mark.first_visit
def test_first_picture_without_a_click(page: Page, app: Server) -> None:
    visit(page, app.url)
    page.locator(READY).wait_for(timeout=30_000)
    picture = canvas_bytes(page)
    assert picture[..., :3].max() > 128 and picture[..., 3].min() == 255
    still(page)
    recipe = recipe_of(page)
    expect(page.locator(".sentence")).to_contain_text("A judge network finds")
    assert page.get_by_role("img", name="Blend of").count() == 1
    for name in ("Centre of mass of", "Eigen-image of", "Plain average of"):
        expect(page.get_by_role("img", name=name)).to_be_visible()
    assert len(recipe.w) >= 2


NOTE_FIRST = """
(function look() {
  const first = document.getElementById("medley-first")?.shadowRoot?.querySelector("img");
  if (first?.complete && first.naturalWidth && !window.first) {
    const { x, y, width, height } = first.getBoundingClientRect();
    const words = first.nextSibling.textContent;
    window.first = { box: [x, y, width, height], src: first.src, words, blank: 0 };
  }
  if (window.first) {
    const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
    const poster = roots.map((root) => root.querySelector("img.pictures-poster")).find(Boolean);
    const canvas = roots.map((root) => root.querySelector(".pictures-frame canvas")).find(Boolean);
    const painted = (poster?.complete && !poster.hidden && poster.checkVisibility()) || canvas?.width > 1;
    if (!painted) window.first.blank++;
    for (let one = poster; one && !poster.hidden; one = one.parentElement)
      window.first.dimmed ||= getComputedStyle(one).opacity < 1;
  }
  requestAnimationFrame(look);
})();
"""


@pytest.mark.first_visit
@pytest.mark.parametrize(("query", "width"), [("", 1280), ("?data=olivetti&model=elbo-32", 390)])
def test_the_servers_picture_becomes_the_live_one_without_a_jump(
    new_page: NewPage, app: Server, query: str, width: int
) -> None:
    """It stands where the live one will, shows the same within 1/255, and is never blank in between."""
    page = new_page(width=width)
    page.add_init_script(NOTE_FIRST)
    open_blend(page, app, query)
    first = page.evaluate("() => window.first")
    assert (
        first["blank"] == 0 and not first.get("dimmed") and re.search(r"\d\.\d of \d+\.\d MB|Starting", first["words"])
    )
    frame = page.locator(".pictures-frame").first.bounding_box()
    assert np.abs(np.subtract(first["box"], [frame[side] for side in ("x", "y", "width", "height")])).max() < 0.5
    sent = Image.open(io.BytesIO(base64.b64decode(first["src"].partition(",")[2]))).convert("RGB")
    assert np.abs(np.asarray(sent, np.int16) - canvas_bytes(page)[..., :3]).max() <= 1
    assert page.locator("#medley-first").count() == 0


@pytest.mark.first_visit
def test_a_drag_is_live_and_one_release_is_one_rerun(page: Page, watch: Watch, app: Server, at_best: AtBest) -> None:
    open_blend(page, app, "?data=mnist")

    def live() -> bool:
        page.mouse.up()
        still(page)
        before = watch.frames, watch.reruns
        count_pictures(page)
        drag_round(page)
        assert (watch.frames, watch.reruns) == before, "nothing goes to the server while the dot is held"
        return pictures_seen(page) >= 25

    assert at_best(live)
    reruns, parts = watch.reruns, watch.parts
    recipe, values = recipe_of(page), page.evaluate("() => window.medley.pictures.values")
    classes = Model(recipe.slug).card.classes
    mid = {classes[row]: share for row, share in zip(values["rows"], values["shares"], strict=True)}
    assert np.abs(floats(page) - Model(recipe.slug).blend(mid).picture.ravel()).max() <= CLOSE
    page.mouse.up()
    still(page)
    assert (watch.reruns, watch.parts) == (reruns + 1, parts + 1), "what stands around the live part is left alone"
    painted = floats(page)
    made = python_blend(recipe_of(page))
    assert np.abs(painted - made.picture.ravel()).max() <= CLOSE, "the newest values are what is painted"
    timings = page.evaluate("() => window.medley.frames.slice(-20)")
    assert all(frame["work"] > 0 and frame["painted"] >= frame["input"] > 0 for frame in timings)


def test_pictures_are_those_of_python(page: Page, app: Server) -> None:
    open_blend(page, app, VARIED)
    recipe = recipe_of(page)
    made = python_blend(recipe)
    assert np.abs(floats(page) - made.picture.ravel()).max() <= CLOSE
    assert np.abs(floats(page, "place") - made.latent).max() <= CLOSE
    model = Model(recipe.slug)
    w, rest = dict(recipe.w), (recipe.theta, recipe.n, recipe.seed, "centre_of_mass")
    linear = Model(f"{recipe.data}/{model.dataset.card.linear}")
    wanted = {
        "centre": model.blend(w, *rest).picture,
        "eigen": linear.blend(w, *rest, components=recipe.k).picture,
        "plain": model.plain_average(recipe.shares()),
        "marker": model.project(made.latent[None])[0, :2],
    }
    for part, values in wanted.items():
        assert np.abs(floats(page, part) - values.ravel()).max() <= CLOSE, part
    bytes_ = np.floor(np.clip(made.picture[0], 0, 1) * 255 + 0.5)
    assert np.abs(canvas_bytes(page)[..., 0] - bytes_).max() <= 1


def test_fewer_components_make_another_eigen_image(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist")
    before = fingerprint(page, "Eigen-image")
    page.get_by_role("spinbutton", name="Number of components").fill("3")
    page.keyboard.press("Enter")
    still(page)
    recipe = recipe_of(page)
    assert recipe.k == 3 and fingerprint(page, "Eigen-image") != before


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


def test_the_other_map(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist")
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


def test_seed_and_variety(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    plain = fingerprint(page)
    drawn = {plain}
    for times in (2, 3):
        page.get_by_role("button", name="Draw again").click()
        still(page)
        drawn.add(fingerprint(page))
        assert len(drawn) == times, "every draw is another picture, the first one too"
        assert recipe_of(page).theta.scale == 0.4
        if times == 2:
            expect(page.locator(".sentence")).to_contain_text("Variety is 0.4 now")
    page.get_by_role("spinbutton", name="Amount of variety").fill("0.01")
    page.keyboard.press("Enter")
    still(page)
    listen(page)
    page.get_by_role("button", name="Draw again").click()
    heard(page, "Drawn again: ")  # the same sentence is said again
    still(page)
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
