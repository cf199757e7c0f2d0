"""What shape a latent's cloud, or the hill of a picture, is held to: gamix and epanechnikov."""

import dataclasses
import math

import pytest
import torch

from latent_core.training import networks
from latent_core.training.objectives import epanechnikov, gamix
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch, draw


def test_a_crowd_with_the_mean_and_the_variance_of_the_round_cloud_is_free_wherever_its_pictures_lie():
    corners = torch.tensor([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])  # mean 0, variance 1
    assert gamix.moments(corners).item() == pytest.approx(0, abs=1e-5)
    # mean 3 and variance 4 in both: (4 + 9 - 1 - log 4) / 2 each
    assert gamix.moments(2 * corners + 3).item() == pytest.approx(12 - math.log(4), abs=1e-4)
    assert torch.isfinite(gamix.moments(torch.zeros(4, 2)))  # a batch of one place
    wide = Gaussian(corners * 9, torch.full((4, 2), math.log(4)))
    assert gamix.own_variance(wide).item() == pytest.approx(2 * (4 - 1 - math.log(4)), rel=1e-5)


def test_patches_that_look_rebuilt_cost_the_decoder_and_teach_the_opponent_alone():
    plan = gamix.Gamix(channels=2)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        opponents, model = plan.opponents(2, 3, (1, 8, 8)), networks.of_width("mlp", 4).build((1, 8, 8), 2)
    pictures = torch.rand(6, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    terms = plan.losses(model, opponents, dataclasses.replace(batch(rows=6), pictures=pictures))
    assert opponents["discriminator"](pictures).shape == (6, 1, 2, 2)  # one answer a patch
    assert terms.own["patches"].item() == pytest.approx(20 * math.log(2), rel=0.2)  # who knows nothing says a half
    assert terms.opposing["discriminator"].item() == pytest.approx(2 * math.log(2), rel=0.2)
    terms.opposing["discriminator"].backward(retain_graph=True)
    assert all(one.grad is None for one in model.parameters())
    terms.own["patches"].backward()
    assert model.decoder.out.weight.grad.abs().sum() > 0


def test_the_hill_around_a_picture_has_an_edge_a_spread_and_the_density_that_is_claimed():
    k = epanechnikov.kernel(draw(200_000, 1)).flatten()
    assert k.abs().max() < 1 and k.mean().abs() < 0.005 and k.square().mean().item() == pytest.approx(1 / 5, abs=0.002)
    uniform = torch.rand(200_000, 3, generator=torch.Generator().manual_seed(1)) * 2 - 1
    middle = uniform.median(1).values  # the paper's way to draw
    at = torch.linspace(0.05, 0.95, 19)
    assert torch.allclose(k.quantile(at), middle.quantile(at), atol=0.01)
    assert epanechnikov.kernel(torch.tensor([0.0, 9.0, -9.0])).tolist() == pytest.approx([0, 1, -1], abs=1e-4)
    q = Gaussian(torch.full((200_000, 1), 3.0), torch.full((200_000, 1), 2 * math.log(0.5)))
    drawn = epanechnikov.Epanechnikov().sample(q, draw(200_000, 1, 2))
    assert drawn.std().item() == pytest.approx(0.5, abs=0.005) and (drawn - 3).abs().max() <= 0.5 * math.sqrt(5)


def test_only_the_width_of_a_hill_costs():
    far = Gaussian(torch.full((4, 3), 1e3), torch.full((4, 3), 2 * math.log(0.2 / math.sqrt(5))))  # r = 0.2
    terms = epanechnikov.Epanechnikov(prior_width=1.0).regulariser(far, far.mean, batch(), torch.nn.ModuleDict())
    assert terms["narrow"].item() == pytest.approx(0.6 * 3 / 0.2, rel=1e-5)
