"""The Eigen-images page's figures and data: PCA does what its mathematics says, and the browser is not believed."""

import base64
import json
from types import SimpleNamespace

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from latent_core import Model, open_model
from latent_core.artifacts import BrokenFolder
from latent_core.graphs.graph import Graph, open_shared
from latent_core.language import speaking
from latent_core.models.groups import Group
from latent_core.models.spectrum import coordinates, held_out_rows, opposite, read_spectrum, squared_error, tiles
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from latent_core.training.networks import linear as workshop
from pages.parts import figures
from pages.parts.eigen import view as eigenview
from pages.parts.props import plain
from tests import shipped
from tests.harness.serving import ROOT

LINEAR = [slug for slug in shipped.models() if "/linear-" in slug]


@pytest.fixture(scope="module", params=LINEAR)
def linear(request: pytest.FixtureRequest) -> Model:
    return open_model(request.param)


@pytest.fixture(scope="module")
def digits() -> tuple[Model, Model]:
    return open_model("mnist/linear-50"), open_model(f"mnist/{opposite(shipped.library(), 'mnist', '')}")


def components_of(model: Model) -> np.ndarray:
    """(latent, pixels): what the shipped decoder adds for one unit of each component."""
    ones = np.ones(model.card.latent.size, np.float32)
    plan = open_shared("components")(keep=ones)
    pictures = Graph((model.folder / "decoder.onnx").read_bytes(), "decoder")(**plan, keep=ones)["pictures"]
    plus, minus = np.split(pictures.reshape(2 * model.card.latent.size, -1), 2)
    return plus - minus


def test_components_are_orthonormal_pictures(linear: Model) -> None:
    basis = components_of(linear)
    np.testing.assert_allclose(basis @ basis.T, np.eye(len(basis)), atol=5e-3)


def test_the_spectrum_falls_and_every_component_lowers_the_error(linear: Model) -> None:
    spectrum = read_spectrum(linear)
    assert (np.diff(spectrum.share) <= 1e-6).all() and 0.3 < spectrum.cumulative[-1] <= 1
    assert (np.diff(spectrum.error) < 0).mean() > 0.95 and spectrum.error[-1] < 0.6 * spectrum.error[0]
    assert spectrum.error[-1] == pytest.approx(squared_error(linear.card)[0], rel=0.02)
    assert spectrum.n == linear.dataset.card.counts["test"]


def test_a_class_mean_has_its_own_eigen_coordinates(linear: Model) -> None:
    means = linear.stats["mean"]
    found = coordinates(linear, means, 5)
    weights = linear.stats["count"] / linear.stats["count"].sum()
    np.testing.assert_allclose(weights @ found, 0, atol=1e-3)
    spread = linear.latents[:, :5].std(0)
    np.testing.assert_allclose(found, (means[:, :5] - weights @ means[:, :5]) / spread, atol=0.25)


def test_spectrum_of_pictures_with_known_directions() -> None:
    random = np.random.default_rng(0)
    amounts = random.standard_normal((400, 2)) * [0.1, 0.025]
    pictures = np.full((400, 16), 0.5)
    pictures[:, 0] += amounts[:, 0]
    pictures[:, 1] += amounts[:, 1]
    pictures = pictures.reshape(400, 1, 4, 4).astype(np.float32)
    model, share = workshop.fit(pictures, 2)
    found = workshop.spectrum(model, pictures, pictures, batch=150)
    np.testing.assert_allclose(found["share"], share, atol=1e-5)
    np.testing.assert_allclose(found["share"], [16 / 17, 1 / 17], atol=0.02)
    assert found["error"][0] == pytest.approx(pictures.reshape(400, 16).var(0).mean(), rel=1e-3)
    assert found["error"][2] == pytest.approx(0, abs=1e-8)


def test_a_model_without_a_spectrum_is_one_sentence(digits: tuple[Model, Model]) -> None:
    with pytest.raises(BrokenFolder, match="no spectrum: make it again with python -m latent_core train"):
        read_spectrum(digits[1])


def test_what_eigen_images_are_compared_with() -> None:
    library = shipped.library()
    for dataset in library.datasets():
        for name in library.models(dataset):
            other = opposite(library, dataset, name)
            if library.model_cards[f"{dataset}/{name}"].kind == "vae":
                assert other == name
            elif other:
                assert library.model_cards[f"{dataset}/{other}"].kind == "vae"


@pytest.mark.parametrize("draw", [0, 1, 77])
def test_the_rows_to_rebuild_are_test_rows_of_the_classes_asked_for(digits: tuple[Model, Model], draw: int) -> None:
    dataset = digits[0].dataset
    rows = held_out_rows(dataset, ["3", "8"], draw, 8)
    assert len(set(rows.tolist())) == 8 and (dataset.rows["split"][rows] == 1).all()
    assert set(dataset.rows["y"][rows]) == {3, 8}
    np.testing.assert_array_equal(rows, held_out_rows(dataset, ["3", "8"], draw, 8))
    assert set(dataset.rows["y"][held_out_rows(dataset, dataset.card.classes, draw, 8)]) <= set(range(10))


def view(**changes: object) -> SimpleNamespace:
    recipe = Recipe("mnist", "elbo-10", (("3", 50.0), ("8", 25.0)), Theta(0.4), 2, 7, k=12)
    return SimpleNamespace(**{"recipe": recipe, "nonce": 3, **changes})


def test_the_browser_is_told_little_and_all_of_it_is_json(digits: tuple[Model, Model]) -> None:
    told = eigenview.eigen_props(view(), shipped.library(), *digits, [], (eigenview.EVERY, 0))
    assert len(json.dumps(plain(told), allow_nan=False)) < 40_000
    pixels = np.frombuffer(base64.b64decode(told.pictures.pixels), np.uint8).reshape(8, 28, 28)
    np.testing.assert_array_equal(pixels[0] / 255.0, tiles(digits[0].dataset, np.array([10_003]))[0, 0] / 255.0)
    assert told.shares == {"3": 2 / 3, "8": 1 / 3}
    np.testing.assert_allclose(told.pictures.linear[0], digits[0].latents[10_003], atol=0.02)


def test_a_group_brings_its_own_statistics(digits: tuple[Model, Model]) -> None:
    group = Group("mnist", 1, (5, 10_003, 77))
    recipe = Recipe("mnist", "elbo-10", (("3", 50.0), ("Group 1", 50.0)))
    told = eigenview.eigen_props(view(recipe=recipe), shipped.library(), *digits, [group], (eigenview.CHOSEN, 0))
    shown = told.groups[0]
    assert shown.name == "Group 1" and len(shown.moments[digits[1].slug].mean) == digits[1].card.latent.size
    assert len(told.coordinates) == 2 and told.pictures.names == ["3"] * 8


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (None, ("", 0)),
        ("x", ("", 0)),
        ({}, ("", 0)),
        ({"which": "3", "draw": 5}, ("3", 5)),
        ({"which": "chosen", "draw": 0}, ("chosen", 0)),
        ({"which": "<b>", "draw": -1}, ("", 0)),
        ({"which": ["3"], "draw": "7"}, ("", 0)),
        ({"which": 3, "draw": float("nan")}, ("", 0)),
        ({"which": "8", "draw": 1e308}, ("8", 0)),
        ({"which": "8", "draw": True}, ("8", 0)),
        ({"which": "8", "draw": 2.7}, ("8", 2)),
    ],
)
def test_what_the_browser_asks_for_is_checked(sent: object, taken: tuple[str, int]) -> None:
    assert eigenview._asked(sent, ["3", "8"]) == taken


def test_figures_show_the_arrays_they_are_given() -> None:
    share = np.array([0.5, 0.3, 0.1], np.float32)
    bars, line = figures.spectrum(share).data
    assert isinstance(bars, go.Bar)
    np.testing.assert_allclose(bars.y, [50, 30, 10], rtol=1e-5)
    np.testing.assert_allclose(line.y, [50, 80, 90], rtol=1e-5)
    models = [figures.Measured("A", 1, 0.2), figures.Measured("B", 3, 0.1)]
    curve, dots = figures.error_by_size(np.array([0.9, 0.5, 0.4, 0.3]), models, "B").data
    assert list(curve.x) == [0, 1, 2, 3] and list(dots.y) == [0.2, 0.1] and dots.marker.symbol == ("circle", "star")


def test_charts_speak_the_visitors_language() -> None:
    one = np.array([0.5], np.float32)
    assert figures.spectrum(one).layout.separators == ".,"
    with speaking("de"):
        layout = figures.spectrum(one).layout
        assert (layout.separators, layout.xaxis.title.text) == (",.", "Komponente")
        assert figures.config()["locales"]["de"]["dictionary"]["Download plot as a PNG"].startswith("Diagramm")


@pytest.mark.parametrize("slug", shipped.sorts())
def test_the_page_opens_for_every_sort_of_model(slug: str) -> None:
    at = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    data, model = slug.split("/")
    at.query_params.update({"data": data, "model": model})
    at.switch_page("eigen.py").run()
    assert not at.exception and not at.error
    spoken = " ".join(one.value for one in [*at.markdown, *at.subheader])
    assert "eigen-image" in spoken and ("How much each ingredient is worth" in spoken or at.warning)
