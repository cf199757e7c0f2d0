"""What ships keeps the promises of blending: the graphs are those of the code, and every model makes every blend."""

import numpy as np
import pytest

from latent_core import Model, list_models, open_model
from latent_core.blends import methods
from latent_core.blends._exporting import export_graphs as export_all
from latent_core.generators._exporting import export_graphs as export_generators
from latent_core.graphs.graph import SHARED

NAMED = {one.name: one for one in methods()}
METHODS = list(NAMED)


def test_the_shipped_graphs_are_what_the_code_exports(tmp_path, recwarn: pytest.WarningsRecorder) -> None:
    for path in [*export_all(tmp_path), *export_generators(tmp_path)]:
        assert path.read_bytes() == (SHARED / path.name).read_bytes(), f"{path.name}: run make graphs"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in SHARED.iterdir()}


@pytest.fixture(scope="module", params=list_models())
def shipped(request: pytest.FixtureRequest) -> Model:
    return open_model(request.param)


@pytest.mark.parametrize("method", METHODS)
def test_every_shipped_model_shows_a_class_as_its_own_centroid(shipped: Model, method: str) -> None:
    stands_for = shipped.centres[:, 0] if NAMED[method].means == "biggest" else shipped.stats["mean"]
    for k in (0, len(shipped.card.classes) - 1):
        own = shipped.decode(stands_for[[k]])[0]
        found = shipped.blend({shipped.card.classes[k]: 3.0}, method=method, seed=8).picture
        np.testing.assert_allclose(found, own, atol=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_every_shipped_model_blends_all_its_classes(shipped: Model, method: str) -> None:
    everyone = dict.fromkeys(shipped.card.classes, 1.0)
    first, second = (shipped.blend(everyone, theta=0.5, samples=2, seed=3, method=method) for _ in range(2))
    np.testing.assert_array_equal(first.picture, second.picture)
    assert first.picture.shape == tuple(shipped.card.shape) and np.isfinite(first.picture).all()
    assert first.picture.min() >= 0 and first.picture.max() <= 1 and first.picture.std() > 0.01
    assert shipped.make(first.recipe).recipe == first.recipe


def test_eigen_images_with_all_components_are_nearly_the_plain_average() -> None:
    for slug in (slug for slug in list_models() if slug == "mnist/linear-50"):
        model = open_model(slug)
        blend = model.blend({"3": 1, "8": 1}, method="centre_of_mass")
        plain = model.plain_average({"3": 0.5, "8": 0.5})
        assert np.abs(blend.picture - plain).mean() < 0.02
        assert np.corrcoef(blend.picture.ravel(), plain.ravel())[0, 1] > 0.99


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"w": {}}, "no class was chosen"),
        ({"w": {"x": 1}}, "no class 'x'"),
        ({"w": {"3": -1}}, "not negative"),
        ({"w": {"3": float("nan")}}, "finite"),
        ({"method": "slerp"}, "decoded_mean"),
    ],
)
def test_a_blend_that_cannot_be_made_says_why(changes: dict[str, object], why: str) -> None:
    names = [slug for slug in list_models() if slug.startswith("mnist/")]
    with pytest.raises(ValueError, match=why):
        open_model(names[0]).blend(**{"w": {"3": 1.0}, **changes})
