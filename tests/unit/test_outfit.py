"""What a model is fitted with: mixtures that find known clouds, classifiers and scorers that learn, measured curves."""

import numpy as np
import pytest
import torch

from latent_core.artifacts import Curve
from latent_core.artifacts.curves import MEASURES
from latent_core.training.generators import curves, latent_classifier, reconstruction_classifier
from latent_core.training.generators.clouds import clouds, components


def two_clouds(rows: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Latents (2 rows, 3) of two classes: the first in two clouds at -4 and 4 of its first axis, the second round;
    the last dimension says nothing."""
    rng = np.random.default_rng(1)
    z = rng.standard_normal((2 * rows, 3)) * (1, 1, 0.01)
    z[:rows, 0] += np.where(np.arange(rows) % 4 == 0, 4, -4)
    return z.astype(np.float32), np.repeat([0, 1], rows)


def test_a_mixture_finds_the_ways_in_which_a_class_is_drawn():
    z, y = two_clouds()
    held = clouds(z, y, 2)
    assert held["dead"].tolist() == [0, 0, 1]
    assert np.allclose(held["weight"].sum(1), 1, atol=1e-5) and (np.diff(held["weight"], axis=1) <= 1e-6).all()
    right = held["centre"][0, :, 0] > 0
    assert np.isclose(held["weight"][0][right].sum(), 0.25, atol=0.02)
    whole = held["factor"] @ held["factor"].transpose(0, 2, 1)
    assert np.allclose(whole[0], np.cov(z[y == 0].T, bias=True), atol=1e-3)


def test_a_mixture_is_fitted_to_the_clear_pictures_where_there_are_enough():
    z, y = two_clouds()
    clear = (y == 0) & (z[:, 0] < 0)
    held = clouds(z, y, 2, clear)
    assert (held["centre"][0, :, 0] < 0).all(), "the other cloud is not clear"
    assert np.allclose(held["factor"][0], clouds(z, y, 2)["factor"][0]), "the covariance is that of all"
    assert np.allclose(held["centre"][1], clouds(z, y, 2)["centre"][1]), "too few are clear: all are used"


def test_few_pictures_get_few_components_and_unused_ones_have_no_weight():
    assert [components(rows, 20) for rows in (50, 100, 350, 6000)] == [1, 1, 3, 10]
    assert [components(rows, 20, pieces=30) for rows in (350, 6000)] == [3, 30]
    z, y = two_clouds(60)
    few = np.concatenate([np.flatnonzero(y == 0), np.flatnonzero(y == 1)[:20]])
    held = clouds(z[few], y[few], 2)
    assert held["weight"].shape == (2, 4) and np.count_nonzero(held["weight"][1]) == 1
    assert np.isfinite(held["spread"]).all()
    assert clouds(z[few], y[few], 2, pieces=2)["weight"].shape == (2, 2)


@pytest.mark.parametrize(("count", "steps"), [(40, 9), (300, 12), (900, 32)])
def test_few_pictures_are_passed_over_more_often(count, steps, monkeypatch):
    """Four passes, or as many as the least number of optimiser steps needs."""
    monkeypatch.setattr(reconstruction_classifier, "STEPS", 9)
    pictures, y, seen = torch.zeros(count, 1, 8, 8, dtype=torch.uint8), torch.zeros(count, dtype=torch.int64), []
    reconstruction_classifier.train(pictures, y, 2, on_step=lambda step, steps: seen.append(step))
    assert len(seen) == steps


def test_the_own_classifier_and_the_scorer_learn():
    rng = torch.Generator().manual_seed(1)
    y = torch.arange(300) % 3
    pictures = torch.randint(0, 60, (300, 1, 8, 8), generator=rng, dtype=torch.uint8)
    for k in range(3):
        pictures[y == k, :, 2 * k : 2 * k + 2] = 200
    model = reconstruction_classifier.train(pictures, y, 3, epochs=8)
    shares = model(pictures.float() / 255)
    assert torch.allclose(shares.sum(1), torch.ones(300), atol=1e-5) and (shares.argmax(1) == y).float().mean() > 0.95

    z = torch.randn(2000, 3, generator=rng)
    taught = torch.softmax(4 * z, 1)
    said = latent_classifier.train(z, taught, epochs=30)(z)
    assert (said.argmax(1) == taught.argmax(1)).float().mean() > 0.95


def test_the_calibrated_scale_is_the_largest_that_holds(monkeypatch):
    class Known:
        """Right until theta is .62, and then not."""

        def scores(self, scale, draws, seed, seeds=1):
            return type("S", (), {"reconstruction_bound": 0.999 if scale <= 0.62 else 0.9})

    seen = [(scale, Known().scores(scale, 1, 1)) for scale in curves.SCALES]
    best = curves._calibrated(Known(), seen)
    assert best is not None and 0.615 <= best <= 0.62
    assert curves._calibrated(type("Never", (), {"scores": lambda *a: None})(), []) is None


def test_a_curve_has_a_value_of_everything_at_every_scale():
    scores = type("S", (), dict.fromkeys(MEASURES, 0.123456789))
    curve = curves._curve("diagonal", None, [(0.0, scores), (0.1, scores)], None)
    assert isinstance(curve, Curve) and all(getattr(curve, name) == [0.12346, 0.12346] for name in MEASURES)


def test_a_class_of_one_test_picture_says_nothing_about_how_alike_pictures_are():
    ground, one = np.ones(4), np.array([1.0, 1.0, 0.0, 1.0])
    shown = np.stack([one, one, np.array([0.0, 1, 1, 1]), np.array([1.0, 0, 1, 1])]).reshape(4, 1, 2, 2)
    assert curves._alike(shown, np.array([0, 0, 1, 2]), ground) == 1.0
    assert curves._alike(shown, np.array([0, 1, 1, 2]), ground) == 0.0
    assert curves._alike(shown, np.array([0, 1, 1, 1]), ground) == 0.0
    assert curves._alike(shown, np.array([0, 1, 2, 3]), ground) == 1.0
