"""What ships keeps the promises of blending: every model makes every blend, and what cannot be blended says why."""

import re

import numpy as np
import pytest

from latent_core import Model
from latent_core.blends import methods
from tests import shipped

NAMED = {one.name: one for one in methods()}
METHODS = list(NAMED)


@pytest.fixture(scope="module", params=shipped.models())
def every(request: pytest.FixtureRequest) -> Model:
    return shipped.model(request.param)


@pytest.mark.parametrize("method", METHODS)
def test_every_shipped_model_shows_a_class_as_its_own_centroid(every: Model, method: str) -> None:
    stands_for = every.centres[:, 0] if NAMED[method].means == "biggest" else every.stats["mean"]
    for k in (0, len(every.card.classes) - 1):
        own = every.decode(stands_for[[k]])[0]
        found = every.blend({every.card.classes[k]: 3.0}, method=method, seed=8).picture
        np.testing.assert_allclose(found, own, atol=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_every_shipped_model_blends_all_its_classes(every: Model, method: str) -> None:
    everyone = dict.fromkeys(every.card.classes, 1.0)
    first, second = (every.blend(everyone, theta=0.5, samples=2, seed=3, method=method) for _ in range(2))
    np.testing.assert_array_equal(first.picture, second.picture)
    assert first.picture.shape == tuple(every.card.shape) and np.isfinite(first.picture).all()
    assert first.picture.min() >= 0 and first.picture.max() <= 1 and first.picture.std() > 0.01
    assert every.make(first.recipe).recipe == first.recipe


def test_eigen_images_with_all_components_are_nearly_the_plain_average() -> None:
    model = shipped.model("mnist/linear-50")
    blend = model.blend({"3": 1, "8": 1}, method="centre_of_mass")
    plain = model.plain_average({"3": 0.5, "8": 0.5})
    assert np.abs(blend.picture - plain).mean() < 0.02
    assert np.corrcoef(blend.picture.ravel(), plain.ravel())[0, 1] > 0.99


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"w": {}}, "no class was chosen"),
        ({"w": {"x": 1}}, "no class 'x'"),
        ({"w": {"3": -1}}, "amount of 3 must be a number from 0 to 100"),
        ({"w": {"3": 200}}, "amount of 3 must be a number from 0 to 100"),
        ({"w": {"3": float("nan")}}, "amount of 3 must be a number from 0 to 100"),
        ({"w": {"3": True}}, "amount of 3 must be a number from 0 to 100"),
        ({"theta": 5}, "theta must be a number from 0 to 1; it was 5"),
        ({"theta": -1}, "theta must be a number from 0 to 1"),
        ({"theta": float("nan")}, "theta must be a number from 0 to 1"),
        ({"theta": "0.4"}, "theta"),
        ({"seed": -1}, "seed must be a whole number from 0 to 4294967295"),
        ({"seed": 2**40}, "seed must be a whole number from 0 to 4294967295"),
        ({"seed": 1.5}, "seed must be a whole number from 0 to 4294967295"),
        ({"seed": "1"}, "seed must be a whole number from 0 to 4294967295; it was the text '1'"),
        ({"samples": 50}, "n must be a whole number from 1 to 10"),
        ({"samples": 0}, "n must be a whole number from 1 to 10"),
        ({"depth": 2.5}, "depth must be a whole number from 0 to 4"),
        ({"components": -1}, "k must be a whole number from 0 to 4096"),
        ({"method": "slerp"}, "decoded_mean"),
        ({"method": "collage"}, "latent_core.blends has no 'collage'"),
    ],
)
def test_a_blend_that_cannot_be_made_says_why(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        shipped.model("mnist/elbo-10").blend(**{"w": {"3": 1.0}, **changes})


def test_numbers_of_numpy_are_numbers() -> None:
    model = shipped.model("mnist/elbo-10")
    plain = model.blend({"3": 20, "8": 60}, 0.5, 2, 7)
    same = model.blend({"3": np.int64(20), "8": np.float32(60)}, np.float32(0.5), np.int8(2), np.uint32(7))
    assert same.recipe == plain.recipe and (same.picture == plain.picture).all()
    assert model.blend({"3": 20, "8": 60}, 0.5, 2, 7.0).recipe == plain.recipe  # type: ignore[arg-type]


def test_an_eigen_image_has_at_least_one_component() -> None:
    model = shipped.model("mnist/linear-50")
    with pytest.raises(ValueError, match="at least 1 component"):
        model.blend({"3": 1.0}, components=0)


def shaped(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


@pytest.mark.parametrize(
    "pictures",
    [
        shaped(1, 28, 28), shaped(1, 1, 28, 27), shaped(28, 28), np.zeros((1, 1, 28, 28), np.uint8),
        np.full((1, 1, 28, 28), np.nan), np.full((1, 1, 28, 28), 255.0), np.full((1, 1, 28, 28), -0.1),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_neither_encoded_nor_classified(pictures: np.ndarray) -> None:
    model = shipped.model("mnist/elbo-10")
    for look in (model.encode, model.classify):
        with pytest.raises(ValueError, match=re.escape("(batch, 1, 28, 28) float 0..1")):
            look(pictures)


@pytest.mark.parametrize("z", [shaped(10), shaped(1, 11), np.full((1, 10), np.nan)])
def test_what_is_no_latent_is_not_decoded(z: np.ndarray) -> None:
    with pytest.raises(ValueError, match=re.escape("(batch, 10) finite")):
        shipped.model("mnist/elbo-10").decode(z)


def test_a_picture_of_more_components_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="components must be a whole number from 0 to 10"):
        shipped.model("mnist/elbo-10").decode(shaped(1, 10), components=11)


@pytest.mark.parametrize(("z", "count"), [(shaped(9), 8), (np.full(10, np.nan), 8), (shaped(10), -1), (shaped(10), 0)])
def test_the_nearest_rows_are_of_a_place_and_at_least_one(z: np.ndarray, count: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        shipped.model("mnist/elbo-10").nearest(z, count)


def test_as_many_rows_are_nearest_as_there_are() -> None:
    model = shipped.model("mnist/elbo-10")
    assert len(model.nearest(shaped(10), 10**7, training_only=False)) == model.card.rows
