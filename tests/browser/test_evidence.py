"""Promises about who is in the picture: the page's figures are Python's, and each class can be taken out."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core.artifacts import changed, models_root, open_dataset, write_folder
from latent_core.evidence import look_word, removal, sharpness
from latent_core.models.files import pixels
from latent_core.models.measure import measure
from latent_core.models.model import Model
from tests import shipped
from tests.browser.blending import (
    READY,
    canvas_bytes,
    drag_round,
    floats,
    open_blend,
    python_blend,
    recipe_of,
    still,
)
from tests.browser.conftest import NewPage
from tests.browser.helpers import axe, sideways
from tests.harness.serving import Server
from tests.harness.watch import Watch

CLOSE = 1e-3
"""bits"""
DIGITS = "?data=mnist&w=" + ",".join(f"{i}:{50 + 3 * i}" for i in range(10))


def _without(page: Page, name: str) -> np.ndarray:
    """Python's picture of the page's recipe without a class."""
    recipe = recipe_of(page)
    left = tuple((other, amount) for other, amount in recipe.w if other != name)
    return python_blend(replace(recipe, w=left)).picture


def test_the_meters_are_python_s_and_a_drag_asks_nothing(page: Page, watch: Watch, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7")
    model, made = Model(recipe_of(page).slug), python_blend(recipe_of(page))
    reading = measure(model, made)
    assert np.abs(floats(page, "bits") - list(reading.bits.values())).max() <= CLOSE
    assert page.evaluate("() => window.medley.pictures.without") is None
    facts = model.dataset.card.judge
    assert facts and model.dataset.judge
    for part, name in (("centre", "Centre of mass"), ("eigen", "Eigen-image"), ("plain", "Plain average")):
        picture = floats(page, part).reshape(1, *model.card.shape)
        assert np.abs(floats(page, f"bitsOf.{part}") - model.dataset.judge.bits(picture)[0]).max() <= CLOSE
        sharp = sharpness(picture, facts.real)[0]
        assert page.evaluate(f"() => window.medley.pictures.sharpness.{part}") == pytest.approx(sharp, abs=1e-4)
        bits = floats(page, f"bitsOf.{part}")
        seen = sum(bits[int(digit)] > 0 for digit in "138")
        expect(page.locator("figure", has_text=name)).to_contain_text(f"{seen} of 3{look_word(sharp)} ({sharp:.2f})")
    names = page.get_by_role("meter").evaluate_all("all => all.map(m => m.getAttribute('aria-label'))")
    assert names == [f"{digit} in the blend" for digit in "1380245679"], "the chosen come first"
    for name, bits in reading.bits.items():
        meter = page.get_by_role("meter", name=f"{name} in the blend")
        assert float(meter.get_attribute("aria-valuenow") or "") == pytest.approx(bits, abs=0.051)
        assert " bits" in (meter.get_attribute("aria-valuetext") or "")
    expect(page.locator(".sentence")).to_contain_text(f"A judge network finds {len(reading.seen)} of 3")
    frames, before = watch.frames, page.locator(".evidence-fill").first.get_attribute("style")
    drag_round(page, steps=10, seconds=0.5)
    assert page.locator(".evidence-fill").first.get_attribute("style") != before
    assert watch.frames == frames, "nothing goes to the server in a drag"
    expect(page.locator(".sentence.pictures-behind")).to_have_count(1)  # it is about the picture before the drag
    page.mouse.up()
    expect(page.locator(".pictures-behind")).to_have_count(0)


def test_remove_one_shows_the_blend_without_the_class(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:80,8:50,0:20")
    model, bits = Model(recipe_of(page).slug), floats(page, "bits")
    button = page.get_by_role("button", name="Without 8", exact=True)
    button.focus()
    picture = page.get_by_role("img", name="Blend without 8")
    expect(picture).to_be_visible()
    wanted = _without(page, "8")
    assert np.abs(canvas_bytes(page, "Blend without 8")[..., 0].astype(int) - pixels(wanted)).max() <= 1
    assert model.dataset.judge
    lost = bits[8] - model.dataset.judge.bits(wanted[None])[0, 8]
    words = f"its share brings {lost:.1f} bits" if lost > 0 else "its share does not help it"
    expect(page.locator(".evidence-lost")).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(picture).to_be_hidden()
    page.get_by_role("button", name="Without 3", exact=True).hover()
    expect(page.get_by_role("img", name="Blend without 3")).to_be_visible()
    page.mouse.move(5, 5)
    expect(page.get_by_role("img", name="Blend without")).to_have_count(0)
    assert page.locator('.medley[data-ready="all"]').count() == 1, "looking changes nothing"


def test_all_classes_are_judged_by_what_is_missed_without_them(page: Page, app: Server) -> None:
    open_blend(page, app, DIGITS)
    reading = measure(Model(recipe_of(page).slug), recipe_of(page))
    assert reading.without is not None
    assert np.abs(floats(page, "without") - list(reading.without.values())).max() <= CLOSE
    missed = sum(lost > 0 for lost in reading.without.values())
    expect(page.locator(".evidence-headline")).to_have_text(removal(10, missed, len(reading.seen)))
    expect(page.locator(".pictures-verdict")).to_contain_text("Can one picture show 10 digits?")
    expect(page.locator(".evidence-count")).to_have_text(f"{len(reading.seen)} of 10")
    assert page.locator("[data-lag]").count() == 0


def test_it_turned_into_another_class(page: Page, app: Server) -> None:
    model = Model("mnist/elbo-2")  # in two dimensions a 2 lies between 0 and 4
    found = measure(model, model.blend({"0": 50.0, "4": 50.0}, method="centre_of_mass")).became
    assert found == "2"
    open_blend(page, app, "?data=mnist&model=elbo-2&w=0:50,4:50&method=centre_of_mass")
    expect(page.get_by_text(f"It turned into {found}", exact=True)).to_be_visible()
    expect(page.locator(".sentence")).to_contain_text(f"It turned into {found}.")
    expect(page.get_by_role("heading", name=f"It turned into {found}: the nearest training pictures")).to_be_visible()
    page.get_by_role("button", name=found, exact=True).click()
    still(page)
    expect(page.locator(".pictures-turned")).to_be_hidden()
    expect(page.get_by_role("heading", name="Nearest training pictures")).to_be_visible()


def test_few_classes_and_no_amounts(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:0,8:0")
    expect(page.locator(".sentence")).to_contain_text("of 2")
    expect(page.locator(".sentence")).to_contain_text("All amounts are 0")
    page.get_by_role("button", name="8", exact=True).click()
    still(page)
    expect(page.locator(".evidence-count")).to_have_text("1 of 1")
    page.get_by_role("button", name="Without 3", exact=True).focus()
    expect(page.locator(".evidence-lost")).to_have_text("Without 3 nothing would be left.")
    even = page.get_by_role("button", name="Even out")
    assert even.get_attribute("aria-disabled") == "true"
    even.click(force=True)
    expect(page.locator(".sentence")).to_contain_text("Even out needs at least two classes")
    page.get_by_role("button", name="None", exact=True).click()
    still(page)
    expect(page.locator(".sentence")).to_have_text("Choose at least one class.")
    expect(page.locator(".evidence-count")).to_have_text("")
    expect(page.get_by_role("button", name="Without")).to_have_count(0)


def test_a_dataset_without_a_judge_says_so_and_blends(start_app, new_page: NewPage, tmp_path: Path) -> None:
    shutil.copytree(models_root() / "olivetti", tmp_path / "olivetti")
    card = open_dataset("olivetti", tmp_path)
    files = {name: (tmp_path / "olivetti" / name).read_bytes() for name in card.files if "onnx" not in name}
    files["classifier.onnx"] = (tmp_path / "olivetti" / "classifier.onnx").read_bytes()
    write_folder(changed(card, judge=None), files, tmp_path)
    page = new_page()
    open_blend(page, start_app(MEDLEY_MODELS=tmp_path), "?data=olivetti")
    expect(page.get_by_role("region", name="Which of them can be seen?")).to_contain_text("has no judge, so nothing")
    expect(page.locator(".sentence")).to_contain_text("Blend of")
    assert page.get_by_role("meter").count() == 0
    page.get_by_role("button", name="Even out").click(force=True)
    expect(page.locator(".sentence")).to_contain_text("Even out needs a judge")


def test_all_of_many_classes_are_blended_and_judged_on_a_telephone(new_page: NewPage, app: Server) -> None:
    """Twenty in colour, forty, and twenty more."""
    page = new_page(width=390, height=844, dark=True, touch=True)
    for dataset in ("animals", "olivetti", "omniglot"):
        open_blend(page, app, f"?data={dataset}")
        page.get_by_role("button", name="All", exact=True).click()
        still(page)
        recipe = recipe_of(page)
        classes = len(shipped.library().classes(dataset))
        assert len(recipe.w) == page.get_by_role("meter").count() == len(floats(page, "without")) == classes
        wanted = pixels(python_blend(recipe).picture)
        shown = canvas_bytes(page)[..., : 1 if wanted.ndim == 2 else 3].squeeze()
        assert np.abs(shown.astype(int) - wanted).max() <= 1
        assert sideways(page) == 0
    assert dataset == "omniglot" and axe(page) == []
    expect(page.get_by_text("8 of these 8 are changed copies of drawings")).to_be_visible()
    button = page.get_by_role("button", name="Without Latin e")
    page.locator(READY).wait_for(timeout=30_000)
    button.focus()
    expect(page.get_by_role("img", name="Blend without Latin e")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("img", name="Blend without Latin e")).to_have_count(0)
    for shown in (1, 0):  # a tap takes the class out, a second one lets go
        button.tap()
        expect(page.get_by_role("img", name="Blend without Latin e")).to_have_count(shown)
        assert page.locator(".evidence-inset").is_visible() == bool(shown), "the big picture is out of sight here"
    button.tap()
    page.get_by_role("heading", name="Which of them can be seen?").tap()
    expect(page.get_by_role("img", name="Blend without Latin e")).to_have_count(0)
