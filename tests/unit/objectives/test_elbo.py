"""What a posterior and pixels cost, and the pull towards the prior: elbo and beta."""

import math

import pytest
import torch

from latent_core.training import objectives
from latent_core.training.posteriors import Gaussian
from latent_core.training.steps import publish
from tests.unit.objectives.latents import batch, draw, standard


def test_divergence_of_the_prior_from_itself_is_nothing():
    assert standard().divergence().abs().max() == 0


def test_divergence_of_a_mean_of_ones_is_half_a_nat_a_dimension():
    q = Gaussian(torch.ones(4, 3), torch.zeros(4, 3))
    assert torch.allclose(q.divergence(), torch.tensor(0.5))
    terms = objectives.make("elbo", {}).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())
    assert terms["kl"].item() == pytest.approx(1.5)


def test_divergence_agrees_with_torch():
    q = Gaussian(draw(8, 3), draw(8, 3, 1))
    wanted = torch.distributions.kl_divergence(
        torch.distributions.Normal(q.mean, q.spread()), torch.distributions.Normal(0.0, 1.0)
    )
    assert torch.allclose(q.divergence(), wanted, atol=1e-5)


def test_the_elbo_weight_warms_up_and_then_stays():
    elbo = objectives.make("elbo", {"warm_up": 100})
    assert [elbo.weight(step) for step in (0, 49, 99, 5000)] == pytest.approx([0.01, 0.5, 1, 1])
    assert objectives.make("elbo", {"kl": 2.0}).weight(0) == 2


def test_reconstruction_of_a_fair_coin_costs_log_two_a_pixel():
    x = torch.rand(5, 7, generator=torch.Generator().manual_seed(0))
    cost = objectives.Objective().reconstruction(torch.zeros(5, 7), x)["reconstruction"]
    assert cost.item() == pytest.approx(7 * math.log(2), rel=1e-5)


def test_pixels_in_colour_are_gaussian_with_the_variance_that_makes_them_likeliest():
    x = torch.rand(5, 12, generator=torch.Generator().manual_seed(0))
    near = (x + 0.1 * draw(5, 12)).clamp(0.01, 0.99)
    cost = objectives.in_colour(near, x)["reconstruction"].item()
    spreads = [0.05, 0.1, 0.2, (near - x).square().mean().sqrt().item()]
    costs = [-torch.distributions.Normal(near, spread).log_prob(x).sum(1).mean().item() for spread in spreads]
    assert cost == pytest.approx(costs[-1], rel=1e-4) and cost == pytest.approx(min(costs), rel=1e-4)
    assert math.isfinite(objectives.in_colour(x, x)["reconstruction"].item())
    told = {channels: publish.likelihood("elbo", channels) for channels in (1, 3)}
    assert told == {1: "bernoulli", 3: "gaussian"} and publish.likelihood("musicvae", 1) == "categorical"


def test_beta_is_elbo_with_a_stronger_pull():
    q = Gaussian(draw(8, 3), draw(8, 3, 1))
    beta, elbo = (objectives.make(name, {}).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())["kl"].item()
                  for name in ("beta", "elbo"))  # fmt: skip
    assert beta == pytest.approx(4 * elbo)
