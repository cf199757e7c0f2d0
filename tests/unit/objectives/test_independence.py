"""Numbers of a latent that are kept from sharing what they tell: tc, dip, factor."""

import math

import pytest
import torch

from latent_core.training import objectives
from latent_core.training.objectives import dip, factor, tc
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch, draw


def test_the_total_correlation_of_a_correlated_cloud_is_that_of_its_formula():
    """-1/2 log(1 - rho^2) of two Gaussian numbers; 0 of independent ones."""
    rho, spread, shared = 0.9, 0.3, draw(2000, 2)
    for pull, wanted in ((0.0, 0.0), (rho, -0.5 * math.log(1 - (rho / (1 + spread**2)) ** 2))):
        mean = torch.stack([shared[:, 0], pull * shared[:, 0] + math.sqrt(1 - pull**2) * shared[:, 1]], 1)
        q = Gaussian(mean, torch.full((2000, 2), 2 * math.log(spread)))
        assert tc.total_correlation(q, q.sample(draw(2000, 2, 1))).item() == pytest.approx(wanted, abs=0.05)


def test_a_beta_of_1_leaves_the_total_correlation_to_elbo():
    q = Gaussian(draw(8, 3), draw(8, 3, 1))
    terms = objectives.make("tc", {"beta": 1.0}).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())
    assert terms["tc"] == 0 and torch.equal(terms["kl"], q.divergence().sum(1).mean())


def test_no_covariance_but_that_of_the_round_cloud_is_free():
    corners = torch.tensor([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])  # variance 1, no covariance
    tight, half = torch.full((4, 2), -30.0), torch.full((4, 2), math.log(0.5))
    one, two = objectives.make("dip", {"kind": "i"}), objectives.make("dip", {"kind": "ii", "unit": 5.0})
    cost = lambda objective, q: objective.regulariser(q, q.mean, batch(), torch.nn.ModuleDict())["covariance"].item()  # noqa: E731
    assert cost(one, Gaussian(corners, half)) == cost(two, Gaussian(corners, tight)) == pytest.approx(0, abs=1e-6)
    assert cost(two, Gaussian(corners, half)) == pytest.approx(5 * 2 * 0.5**2)
    turned = corners @ torch.tensor([[1.0, 1], [0, 1]])  # the second number now holds the first
    assert torch.allclose(dip.covariance(Gaussian(turned, tight), "i"), torch.tensor([[1.0, 1], [1, 2]]))
    assert cost(one, Gaussian(turned, tight)) == pytest.approx(10 * 2 * 1 + 10 * 1)


def test_shuffled_numbers_keep_each_numbers_values_and_lose_what_they_share():
    z = draw(500, 1).repeat(1, 3)
    mixed = factor.shuffled(z, torch.Generator().manual_seed(1))
    assert torch.equal(mixed.sort(0).values, z.sort(0).values)
    assert (torch.corrcoef(z.T) > 0.99).all() and torch.corrcoef(mixed.T).fill_diagonal_(0).abs().max() < 0.15


def test_an_opponent_learns_to_tell_codes_from_shuffled_ones_and_its_odds_are_the_total_correlation():
    rho = 0.9
    plan = factor.Factor(hidden=32, layers=2)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        opponents = plan.opponents(2, 3, (1, 8, 8))
    adam, rng = torch.optim.Adam(opponents.parameters(), lr=3e-3), torch.Generator().manual_seed(2)
    mix = torch.tensor([[1.0, rho], [0, math.sqrt(1 - rho**2)]])
    for step in range(400):
        seen = batch(step, 256)
        loss = plan.opposing(torch.randn(256, 2, generator=rng) @ mix, seen, opponents)["discriminator"]
        adam.zero_grad()
        loss.backward()
        adam.step()
    z = torch.randn(4000, 2, generator=rng) @ mix
    term = plan.regulariser(Gaussian(z, z * 0), z, batch(), opponents)["tc"].item()
    assert term / plan.gamma == pytest.approx(-0.5 * math.log(1 - rho**2), rel=0.15)
