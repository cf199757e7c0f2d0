"""The discrepancy between a cloud of latents and the prior."""

import pytest
import torch

from latent_core.training import objectives
from latent_core.training.objectives import mmd
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch, draw


def test_discrepancy_of_the_same_points_is_nothing_and_grows_with_a_shift():
    a = draw(200, 8)
    assert mmd.discrepancy(a, a).abs() < 1e-6
    near, far = (mmd.discrepancy(a + shift, draw(200, 8, 1)) for shift in (0.5, 3.0))
    floor = mmd.discrepancy(a, draw(200, 8, 1))
    assert 0 < floor < near < far < 2


def test_latents_that_went_far_away_still_feel_a_pull():
    """A single Gaussian kernel of this width is flat there: exp(-50^2 * 8 / 64) is 0 in 32 bits."""
    z = (draw(100, 8) + 50).requires_grad_()
    mmd.discrepancy(z, draw(100, 8, 1)).backward()
    pull = z.grad.sum(0)
    assert (pull > 1e-6).all()  # a step downhill leads back
    gaussian = torch.exp(-torch.cdist(z.detach(), draw(100, 8, 1)).square() / 8)
    assert gaussian.max() == 0


def test_too_narrow_and_too_wide_clouds_both_cost():
    prior = draw(500, 4, 1)
    costs = [mmd.discrepancy(draw(500, 4) * width, prior).item() for width in (0.3, 1.0, 2.5)]
    assert costs[1] < costs[0] and costs[1] < costs[2]


def test_noise_while_training_adds_to_the_variance_of_the_posterior():
    q = Gaussian(draw(4, 3), torch.full((4, 3), -2.0))
    drawn = objectives.make("mmd", {"noise": 0.5}).sample(q, torch.ones(4, 3))
    assert torch.allclose((drawn - q.mean).square(), q.spread().square() + 0.25)
    assert torch.equal(objectives.make("mmd", {}).sample(q, torch.ones(4, 3)), q.sample(torch.ones(4, 3)))


def test_the_pull_of_the_discrepancy_warms_up():
    z = draw(50, 4)
    q, none = Gaussian(z, z), torch.nn.ModuleDict()
    early, late, plain = (
        objectives.make("mmd", fields).regulariser(q, z, batch(49, 50), none)["mmd"].item()
        for fields in ({"warm_up": 100}, {"warm_up": 50}, {})
    )
    assert early == pytest.approx(plain / 2) and late == pytest.approx(plain)
