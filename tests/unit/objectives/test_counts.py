"""A latent of counts."""

import pytest
import torch

from latent_core.training import networks
from latent_core.training.objectives import poisson
from latent_core.training.posteriors import Counts
from tests.unit.objectives.latents import draw


def test_the_divergence_of_counts_agrees_with_torch_and_is_nothing_at_the_priors_rates():
    log_rate, log_prior = draw(8, 3), draw(1, 3, 1)[0]
    poisson_of = torch.distributions.Poisson
    wanted = torch.distributions.kl_divergence(poisson_of(log_rate.exp()), poisson_of(log_prior.exp().expand(8, 3)))
    assert torch.allclose(Counts(log_rate, log_prior).divergence(), wanted, atol=1e-5)
    assert Counts(log_prior.expand(8, 3), log_prior).divergence().abs().max() < 1e-6


def test_cold_counts_are_whole_numbers_with_the_mean_and_the_variance_of_their_rate():
    rate = torch.tensor([0.1, 2.0, 9.0])
    q = Counts(rate.log().expand(4000, 3).clone().requires_grad_(), torch.zeros(3))
    z = q.sample(torch.Generator().manual_seed(0), 1e-4)
    assert (z - z.round()).abs().quantile(0.99) < 1e-3 and (z >= 0).all()
    assert torch.allclose(z.mean(0), rate, rtol=0.1) and torch.allclose(z.var(0), rate, rtol=0.12)
    assert torch.allclose(q.mean.sqrt(), q.spread())
    q.sample(torch.Generator().manual_seed(0), 0.5).sum().backward()
    assert (q.log_rate.grad.mean(0) > 0).all()  # more events at a higher rate
    steps = [poisson.Poisson(cool=100).temperature(step) for step in (0, 49, 99, 10**6)]
    assert steps == pytest.approx([0.9905, 0.525, 0.05, 0.05])


def test_less_than_no_count_is_none():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = networks.of_width("counts", 5).build((1, 8, 8), 3)
    z = torch.tensor([[1.0, -2.0, 0.5]])
    assert torch.equal(model.decoder(z), model.decoder(z.clamp_min(0)))
