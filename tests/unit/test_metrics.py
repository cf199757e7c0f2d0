"""Facts of the measures."""

import numpy as np
import pytest

from latent_core import metrics


@pytest.fixture
def chance():
    return np.random.default_rng(0)


def test_grey_pictures_guessed_grey_cost_log_two_a_pixel():
    grey = np.full((3, 1, 2, 2), 0.5)
    assert metrics.cross_entropy(grey, grey) == pytest.approx(4 * np.log(2))


def test_black_and_white_copied_costs_nothing(chance):
    x = (chance.random((5, 1, 4, 4)) > 0.5).astype(np.float32)
    assert metrics.cross_entropy(x, x) == pytest.approx(0, abs=1e-4)
    assert metrics.squared_error(x, x) == 0 and metrics.squared_error(x, 1 - x) == 1


def test_divergence_counts_nats_of_each_dimension():
    mean, spread = np.tile([0.0, 1.0], (4, 1)), np.ones((4, 2))
    assert metrics.divergence(mean, spread) == pytest.approx([0, 0.5])


def test_total_correlation_of_gaussian_codes_is_that_of_its_formula(chance):
    rho, spread = 0.8, 0.3
    one, other = chance.standard_normal((2, 50_000))
    alone, both = np.stack([one, other], 1), np.stack([one, rho * one + np.sqrt(1 - rho**2) * other], 1)
    wide = np.full_like(alone, spread)
    assert metrics.total_correlation(alone, wide) == pytest.approx(0, abs=1e-3)
    wanted = -0.5 * np.log(1 - (rho / (1 + spread**2)) ** 2)
    assert metrics.total_correlation(both * [1, 7], wide * [1, 7]) == pytest.approx(wanted, abs=0.02)  # of any unit


def test_active_dimensions_are_those_that_move(chance):
    mean = chance.standard_normal((500, 3)) * [1, 0.5, 0.01]
    assert metrics.active_units(mean) == 2
    assert metrics.encoded_std(mean) == pytest.approx([1, 0.5, 0.01], rel=0.1)


def test_classes_that_lie_apart_are_told_apart(chance):
    y = np.repeat([0, 1], 50)
    z = chance.standard_normal((100, 2)) + y[:, None] * 20
    assert metrics.neighbours(z[::2], y[::2], z[1::2], y[1::2]) == 1
    assert metrics.silhouette(z, y) > 0.8
    mixed = chance.permutation(y)
    assert metrics.neighbours(z[::2], mixed[::2], z[1::2], mixed[1::2]) < 0.8
    assert metrics.silhouette(z, mixed) < 0.1


def test_accuracy_is_the_share_that_is_right():
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.5, 0.5]])
    assert metrics.accuracy(probabilities, np.array([0, 1, 1, 0])) == 0.75
