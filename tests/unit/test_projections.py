"""Maps: exact where they say so, the same for the same seed, and one place a row."""

import json

import numpy as np
import pytest

from latent_core import projections
from latent_core.projections import pca


@pytest.fixture
def latents():
    return np.random.default_rng(0).standard_normal((120, 5)).astype(np.float32) * [5, 3, 2, 1, 0.5]


def test_a_place_is_the_centred_latent_times_the_components(latents):
    maps, _ = pca.project(latents, 0)
    again = (latents - maps["pca_centre"]) @ maps["pca_components"].T
    assert np.abs(maps["pca"] - again).max() < 1e-4
    assert maps["pca"].std(0)[0] > maps["pca"].std(0)[1] > maps["pca"].std(0)[2]
    assert 0.9 < maps["pca_share"].sum() < 1
    assert np.allclose(maps["pca_components"] @ maps["pca_components"].T, np.eye(3), atol=1e-5)


def test_a_flat_latent_space_gets_a_third_axis_of_zeros(latents):
    maps, _ = pca.project(latents[:, :2], 0)
    assert maps["pca"].shape == (120, 3) and (maps["pca"][:, 2] == 0).all()
    assert maps["pca_share"].sum() == pytest.approx(1)


def test_every_map_has_a_place_for_each_row_and_follows_its_seed(latents):
    first, used = projections.project_all(latents, 3)
    again, _ = projections.project_all(latents, 3)
    assert {name: first[name].shape for name in ("pca", "umap", "umap3")} == {
        "pca": (120, 3), "umap": (120, 2), "umap3": (120, 3),
    }  # fmt: skip
    for name, array in first.items():
        assert array.dtype == np.float32 and np.isfinite(array).all()
        assert (array == again[name]).all()
    assert used["umap"]["random_state"] == 3 and json.dumps(used)
