"""Promises of the Eigen-images page: it moves without the server, and what it shows is what Python computes."""

import base64
import io
import re
from functools import partial

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from latent_core import open_model
from latent_core.models.files import pixels
from latent_core.models.spectrum import held_out_rows, read_spectrum, squared_error, tiles
from latent_core.recipes.where import Where
from pages.parts.headline import percent
from tests.browser.eigening import LINK, open_eigen
from tests.browser.helpers import complete, each_shows, settle
from tests.harness.serving import Server
from tests.harness.watch import Watch

VAE, LINEAR = "mnist/elbo-10", "mnist/linear-50"
SHADE = 1
"""Largest difference of painted bytes that rounding explains."""


def painted(canvas: Locator) -> np.ndarray:
    """(height, width) uint8: the red bytes of a canvas, which are all its bytes where the picture is grey."""
    url = canvas.evaluate("canvas => canvas.toDataURL('image/png')")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(url.split(",")[1]))).convert("RGB"))[..., 0]


def shown(page: Page, row: str) -> np.ndarray:
    """(pictures, height, width) of one row of rebuilt pictures."""
    return np.stack([painted(canvas) for canvas in page.locator(f".eigen-{row} canvas").all()])


def same(found: np.ndarray, expected: np.ndarray) -> None:
    assert np.abs(found.astype(int) - expected.astype(int)).max() <= SHADE


@pytest.mark.first_visit
def test_a_drag_is_live_and_one_release_is_one_rerun(page: Page, watch: Watch, app: Server) -> None:
    slider = open_eigen(page, app)
    settle(page)
    before = watch.frames, watch.reruns
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 12, middle)
    page.mouse.down()
    places = [box["x"] + 12 + (box["width"] - 24) * step / 15 for step in range(1, 16)]
    moves = [partial(page.mouse.move, place, middle) for place in places]
    assert each_shows(page, moves, lambda: shown(page, "kept").tobytes()) >= 13
    assert (watch.frames, watch.reruns) == before, "nothing goes to the server while the slider is held"
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"k=50\b"))
    settle(page)
    assert watch.reruns == before[1] + 1
    expect(page.get_by_role("button", name="keep it and all before it", pressed=True)).to_have_count(50)


def test_rebuilt_pictures_and_errors_are_those_of_python(page: Page, app: Server) -> None:
    open_eigen(page, app)
    linear, vae = open_model(LINEAR), open_model(VAE)
    rows = held_out_rows(linear.dataset, linear.card.classes, 0, 8)
    originals = tiles(linear.dataset, rows).astype(np.float32) / 255
    same(shown(page, "original"), (originals[:, 0] * 255).round())
    z = linear.encode(originals)[0]
    rebuilt = {
        "kept": linear.decode(z, components=12),
        "equal": linear.decode(z, components=vae.card.latent.size),
        "vae": vae.decode(vae.encode(originals)[0]),
    }
    for row, pictures in rebuilt.items():
        same(shown(page, row), np.stack([pixels(picture) for picture in pictures]))
        errors = np.square(pictures - originals).mean((1, 2, 3))
        told = [float(text) for text in page.locator(f".eigen-{row} figcaption").all_text_contents()]
        np.testing.assert_allclose(told, errors, atol=6e-5)
        expect(page.locator(f".eigen-{row} .eigen-mean")).to_have_text(f"error of these: {errors.mean():.4f}")
    error = read_spectrum(linear).error[vae.card.latent.size]
    found = f"is {error:.4f} for eigen-images and {squared_error(vae.card)[0]:.4f} for the VAE"
    expect(page.locator(".eigen-verdict")).to_contain_text(found)


def test_the_blend_beside_itself_is_that_of_python(page: Page, app: Server) -> None:
    paint = "8:AwAAAAAAAAAAAAAAAAAAAA"
    open_eigen(page, app, f"{LINK}&where={paint}")
    expect(page.get_by_text("the eigen-image and the plain average know no paint")).to_be_visible()
    amounts = {"3": 20.0, "8": 80.0, "0": 50.0}
    chosen = {"theta": 0.4, "samples": 2, "seed": 7}
    by_vae = open_model(VAE).blend(amounts, method="spherical", where=Where.from_text(paint), **chosen)
    by_linear = open_model(LINEAR).blend(amounts, method="centre_of_mass", components=12, **chosen)
    plain = by_vae.recipe.shares()
    for name, picture in (
        ("Blend of", by_vae.picture),
        ("Eigen-image of", by_linear.picture),
        ("Plain average of", open_model(VAE).plain_average(plain)),
    ):
        same(painted(page.get_by_role("img", name=name)), pixels(picture))
    mean = open_model(LINEAR).blend(dict.fromkeys(amounts, 1.0), method="centre_of_mass", components=12).picture
    same(painted(page.get_by_role("img", name="Mean eigen-image", exact=True)), pixels(mean))


def test_keyboard_number_tile_and_button_all_set_k(page: Page, app: Server) -> None:
    slider = open_eigen(page, app)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "14 of 50 ingredients: 56 % of the differences between pictures")
    number = page.get_by_label("k as a number")
    for typed, k in (("33", 33), ("500", 33), ("-4", 33), ("", 33), ("2,5", 33), ("٤٠", 40)):
        number.fill(typed)
        number.press("Enter")
        expect(slider).to_have_value(str(k))
        expect(number).to_have_value(str(k))
        said = page.get_by_text(f"“{typed}” is not a whole number from 1 to 50; it stays {k}.")
        expect(said).to_be_visible(visible=typed in ("500", "-4", "2,5"))
    page.get_by_role("button", name="Component 7,").click()
    expect(slider).to_have_value("7")
    page.get_by_role("button", name="Same size as the VAE (10)").click()
    expect(slider).to_have_value("10")
    np.testing.assert_array_equal(shown(page, "kept"), shown(page, "equal"))
    expect(page).to_have_url(re.compile(r"k=10\b"))


def test_other_pictures_and_pictures_of_one_class(page: Page, watch: Watch, app: Server) -> None:
    open_eigen(page, app)
    first = shown(page, "original")
    page.get_by_label("Pictures of").select_option("8")
    expect(page.locator(".eigen-original figcaption")).to_have_text(["8"] * 8)
    eights = shown(page, "original")
    reruns = watch.reruns
    page.get_by_role("button", name="Other pictures").click()
    expect(page.locator(".eigen-vae .eigen-mean")).to_contain_text("error of these")
    settle(page)
    assert watch.reruns == reruns + 1
    assert len({first.tobytes(), eights.tobytes(), shown(page, "original").tobytes()}) == 3
    expect(page.get_by_label("Pictures of")).to_have_value("8")
    page.get_by_label("Pictures of").select_option("chosen")
    expect(page.locator(".eigen-original figcaption")).to_have_text(["0", "3", "8"] * 2 + ["0", "3"])


def test_k_is_kept_between_pages_and_in_the_link(page: Page, app: Server) -> None:
    slider = open_eigen(page, app)
    page.get_by_role("button", name="Component 21,").click()
    expect(page).to_have_url(re.compile(r"k=21\b"))
    page.get_by_role("link", name="Learn").click()
    expect(page.get_by_role("heading", name="1. What you see")).to_be_visible()
    complete(page)  # Streamlit forgets a page's pictures as soon as it is left
    page.get_by_role("link", name="Eigen-images", exact=True).first.click()
    expect(slider).to_have_value("21", timeout=15_000)
    page.reload()
    expect(slider).to_have_value("21", timeout=15_000)
    expect(page.get_by_role("img", name="Blend of 53 % 8")).to_be_visible(timeout=15_000)


def test_the_spectrum_is_there_as_chart_words_and_table(page: Page, app: Server) -> None:
    open_eigen(page, app)
    held = read_spectrum(open_model(LINEAR)).cumulative
    expect(page.get_by_text(f"the first 10 explain {percent(held[9])}")).to_be_visible()
    chart = page.get_by_label(f"the first 10 together hold {percent(held[9])}")
    expect(chart.first).to_be_visible(timeout=15_000)
    page.get_by_text("The same figures as tables").click()
    expect(page.get_by_role("cell", name=f"{percent(held[49])}", exact=True).first).to_be_visible()
    page.get_by_text("Show the maths").click()
    expect(page.get_by_text("principal component analysis").first).to_be_visible()
