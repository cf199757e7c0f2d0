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


@pytest.fixture
def told(chance):
    """Factors of 4 and 3 values, and latents whose first dimension tells one, whose third the other, alone."""
    factors = np.stack([chance.integers(0, 4, 4000), chance.integers(0, 3, 4000)], 1)
    z = np.stack([factors[:, 0], chance.standard_normal(4000), -2 * factors[:, 1]], 1).astype(np.float32)
    return z, factors


def test_dimensions_that_tell_one_factor_each_are_disentangled(told):
    z, factors = told
    assert metrics.mutual_information_gap(z, factors) == pytest.approx([1, 1], abs=0.02)
    assert metrics.separated_predictability(z, factors, (True, True)) == pytest.approx([1, 1], abs=0.01)
    assert metrics.disentanglement(z, factors, z, factors) == pytest.approx((1, 1, 1), abs=0.02)


def test_a_factor_that_two_dimensions_tell_alike_has_no_gap_and_is_not_complete(told):
    z, factors = told
    twice = np.concatenate([z[:, :1], z], 1)
    assert metrics.mutual_information_gap(twice, factors) == pytest.approx([0, 1], abs=0.02)
    assert metrics.separated_predictability(twice, factors, (True, True)) == pytest.approx([0, 1], abs=0.01)
    dci = metrics.disentanglement(twice, factors, twice, factors)
    assert dci.completeness == pytest.approx((1 - np.log(2) / np.log(4) + 1) / 2, abs=0.05)
    assert dci.disentanglement > 0.95 and dci.informativeness == 1


def test_a_dimension_that_tells_two_factors_is_not_disentangled(told):
    z, factors = told
    both = np.stack([3 * factors[:, 0] + factors[:, 1], z[:, 1]], 1).astype(np.float32)
    assert metrics.disentanglement(both, factors, both, factors).disentanglement < 0.15
    noise = np.random.default_rng(5).standard_normal((4000, 3)).astype(np.float32)
    assert (metrics.mutual_information_gap(noise, factors) < 0.01).all()


def test_a_linear_guess_at_a_factor_without_order_is_scored_value_by_value(told):
    """Three values of equal chance at -1, 0 and 1 explain, one by one, a half of what they vary together."""
    _, factors = told
    z = (factors[:, 1:] - 1).astype(np.float32)
    assert metrics.separated_predictability(z, factors[:, 1:], (False,)) == pytest.approx([0.5], abs=0.02)
    with pytest.raises(ValueError, match="never changes"):
        metrics.mutual_information_gap(z, np.zeros((4000, 1), int))
    with pytest.raises(ValueError, match="whole numbers from 0"):
        metrics.mutual_information_gap(z, factors[:10])


def test_the_frechet_distance_of_gaussians_is_that_of_their_moments(chance):
    x = chance.standard_normal((20_000, 3))
    assert metrics.frechet_distance(x, x) == pytest.approx(0, abs=1e-9)
    assert metrics.frechet_distance(x, x + np.array([3, 0, 4])) == pytest.approx(25)
    turn = np.linalg.qr(chance.standard_normal((3, 3)))[0]
    wide = (x - x.mean(0)) @ turn * [2, 1, 1] @ turn.T  # one direction twice as wide: (2 - 1)^2
    assert metrics.frechet_distance(x, wide + x.mean(0)) == pytest.approx(1, abs=0.05)
    assert metrics.frechet_distance(wide, x) == pytest.approx(metrics.frechet_distance(x, wide))


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
