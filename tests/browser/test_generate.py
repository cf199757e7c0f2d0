"""Promises of the Generate page: it moves without the server, and what it shows and says is what Python computes."""

import re
from functools import partial

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from latent_core import open_model
from latent_core.models.generator import Generator, decode
from latent_core.models.scores import measure
from latent_core.recipes.theta import to_text
from tests.browser.generating import drawn, numbers, open_generate, scores, sheet
from tests.browser.helpers import each_shows, rested, settle, visit
from tests.conftest import AtBest
from tests.harness.serving import Server
from tests.harness.watch import Watch

MODEL = "mnist/mmd-20"
PATTERN = np.random.default_rng(2).integers(0, 101, (10, 20)) / 100


@pytest.mark.first_visit
def test_the_first_sheet_needs_no_click_and_no_link(page: Page, app: Server) -> None:
    slider = open_generate(page, app)
    assert 0.2 < float(slider.input_value()) < 1
    rows = sheet(page)
    assert rows.shape == (10, 28, 289, 4)
    assert all(np.abs(row[:, :28, 0].astype(int) - row[:, 29:57, 0]).max() > 50 for row in rows), "draws differ"
    assert page.url == f"{app.url}/generate", "nothing was chosen yet"
    expect(page.locator(".reading .sentence")).to_contain_text(
        re.compile(r"right digit.*pairs of one digit are 0\.\d\d")
    )


@pytest.mark.first_visit
def test_a_drag_is_live_and_one_release_is_one_rerun(page: Page, watch: Watch, app: Server) -> None:
    slider = open_generate(page, app, "?theta=0.2")
    rested(page)
    before = watch.frames, watch.reruns
    box = slider.bounding_box()
    assert box
    middle, numbers_seen = box["y"] + box["height"] / 2, set()
    page.mouse.move(box["x"] + 0.3 * box["width"], middle)
    page.mouse.down()

    def look() -> bytes:
        numbers_seen.add(page.locator(".reading-figures b").nth(1).text_content())
        return sheet(page, 3).tobytes()

    places = [box["x"] + box["width"] * (0.3 + 0.6 * step / 15) for step in range(1, 16)]
    assert each_shows(page, [partial(page.mouse.move, place, middle) for place in places], look) >= 13
    assert len(numbers_seen) >= 6
    assert (watch.frames, watch.reruns) == before, "nothing goes to the server while the slider is held"
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"theta=0\.9"))
    settle(page)
    assert watch.reruns == before[1] + 1


def test_latents_pictures_and_measures_are_those_of_python(page: Page, app: Server) -> None:
    """Every family, in Node: tests/web/test_pictures.py."""
    query = f"?model=mmd-20&theta=0.7&n=2&seed=11&family=mixture&tau=0.9&pattern={to_text(PATTERN)}"
    open_generate(page, app, query)
    generator, tau = Generator(open_model(MODEL), "mixture"), 0.9
    z, _ = generator.sample(0.7 * PATTERN, 10, 11, 2, tau)
    assert np.abs(numbers(page, "z") - z.ravel()).max() < 1e-4
    assert np.abs(numbers(page, "pictures") - decode(generator.model, z).ravel()).max() < 1e-4
    found = scores(page, 20)
    expected = measure(generator, 0.7 * PATTERN, found["draws"], 11, 2, tau)
    assert found["cosine"] == pytest.approx(expected.cosine, abs=1e-4)
    assert found["reconstruction"]["mean"] == pytest.approx(expected.reconstruction, abs=2.1 / found["pictures"])
    assert found["classifier"]["mean"] == pytest.approx(expected.classifier, abs=2.1 / found["pictures"])
    assert found["classifier"]["worst"] == pytest.approx(expected.classifier_worst, abs=2.1 / found["draws"])
    np.testing.assert_allclose(found["by"]["cosine"], expected.cosine_by, atol=1e-4)


def test_theta_0_is_the_class_average_for_any_seed(page: Page, app: Server) -> None:
    open_generate(page, app, "?theta=0&seed=3")
    first = sheet(page)
    assert (first[:, :, :28] == first[:, :, 29:57]).all()
    expect(page.get_by_text("At 0 every draw is the class's average")).to_be_visible()
    page.get_by_role("button", name="Draw again").click()
    drawn(page)
    assert (sheet(page) == first).all() and not page.url.endswith("seed=3")


@pytest.mark.first_visit
def test_the_setting_is_in_the_link_and_outlives_pages_and_reloads(page: Page, app: Server) -> None:
    open_generate(page, app, "?theta=0.45&seed=5")
    page.get_by_role("radio", name="Mixture").check()
    page.get_by_label("Keep only convincing pictures").check()
    page.get_by_text("More controls").click()
    page.get_by_role("spinbutton", name="Number of draws").fill("3")
    page.keyboard.press("Enter")
    drawn(page)
    expect(page).to_have_url(re.compile(r"theta=0\.45&n=3&seed=5.*family=mixture&tau=0\.95"))
    before = sheet(page)
    page.reload()
    drawn(page)
    assert (sheet(page) == before).all()
    page.get_by_role("link", name="Learn").click()
    expect(page.get_by_role("heading", name="1. What you see")).to_be_visible()
    settle(page)
    page.wait_for_load_state("networkidle")  # the server forgets a page's pictures as soon as it is left
    page.get_by_role("link", name="Generate", exact=True).first.click()
    drawn(page)
    assert (sheet(page) == before).all()
    expect(page.get_by_role("radio", name="Mixture")).to_be_checked()


@pytest.mark.first_visit
def test_a_measure_is_of_many_pictures_and_in_short_steps(page: Page, app: Server, at_best: AtBest) -> None:
    def short_steps() -> bool:
        page.goto(f"{app.url}/generate?theta=1")
        drawn(page)
        found = scores(page, 100)
        assert found["pictures"] >= 1000
        assert found["reconstruction"]["worst"] < found["reconstruction"]["mean"] < 0.9
        return bool(np.median(page.evaluate("() => window.medley.generate.steps")) < 8)

    assert at_best(short_steps), "a step fits beside a frame"
    expect(page.locator(".sheet-score.sheet-low").first).to_be_visible()


@pytest.mark.first_visit
def test_more_varied_than_real_pictures_is_flagged(page: Page, app: Server) -> None:
    curves = open_model(MODEL).folder / "curves.json"
    raised = re.sub(r'("real test pictures","cosine":)[\d.]+', r"\g<1>0.95", curves.read_text())
    page.route("**/mmd-20/curves.json", lambda route: route.fulfill(body=raised, content_type="application/json"))
    open_generate(page, app, "?theta=0.6")
    expect(page.get_by_text("the measure is being fooled")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?family=zzz", "There is no family of generators"),
        ("?tau=nan", "tau must be a number from 0 to 0.99"),
        ("?theta=1e308", "theta must be a number from 0 to 1"),
        ("?n=0", "n must be a whole number from 1 to 10"),
        ("?pattern=%3Cb%3E", "The pattern of theta in the link does not fit this model"),
        ("?model=elbo-2&family=mixture", "has no generators.safetensors"),
    ],
)
def test_a_hostile_link_is_one_sentence(page: Page, app: Server, query: str, words: str) -> None:
    open_generate(page, app, query)
    expect(page.get_by_text(words)).to_be_visible()


def test_a_model_without_the_files_draws_the_papers_family_alone(page: Page, app: Server) -> None:
    open_generate(page, app, "?model=elbo-2&theta=0.5")
    expect(page.get_by_role("radio", name="Mixture")).to_be_disabled()
    expect(page.get_by_text("need files that this model does not have")).to_be_visible()
    expect(page.get_by_text("has no classifier and scorer of its own")).to_be_visible()
    assert "classifier" in scores(page, 20)
    open_generate(page, app, "?model=mmd-20&theta=0.5")  # nobody has chosen the other classifier
    expect(page.get_by_role("button", name="Own classifier")).to_have_attribute("aria-pressed", "true")


@pytest.mark.first_visit
def test_a_file_that_is_gone_is_one_sentence_and_another_model_leads_on(page: Page, watch: Watch, app: Server) -> None:
    """Each of another model, whose files this visit does not have yet."""
    watch.allow("404")
    gone = {
        "mnist/mmd-20/stats.safetensors": "", "mnist/elbo-20/own.onnx": "&model=elbo-20",
        "fashion/classifier.onnx": "&data=fashion",
    }  # fmt: skip
    for file, link in gone.items():
        page.route(f"**/models/{file}", lambda route: route.fulfill(status=404))
        visit(page, f"{app.url}/generate?theta=0.4{link}")
        told = f"{'/'.join(file.split('/')[-2:])} could not be loaded: it is not there any more"
        expect(page.locator(".notice")).to_contain_text(told, timeout=30_000)
