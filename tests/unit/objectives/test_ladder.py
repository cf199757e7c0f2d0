"""A ladder: two levels, the fine one told relative to what the coarse one leads one to expect."""

import pytest
import torch

from latent_core.training import networks
from latent_core.training.objectives import ladder
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import draw


def rungs(latent=6):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return networks.of_width("ladder", 8).build((1, 8, 8), latent).eval()


def test_a_hint_and_what_is_expected_are_two_witnesses_whose_precisions_add_up():
    encoder, top = rungs().encoder, draw(5, 2)
    hint = Gaussian(draw(5, 4, 1), draw(5, 4, 2))
    before, told = encoder.expected(top), encoder.detail(hint, top)
    of = torch.distributions.Normal
    precision = before.spread() ** -2 + hint.spread() ** -2
    both = of((before.mean / before.spread() ** 2 + hint.mean / hint.spread() ** 2) / precision, precision**-0.5)
    mean, spread = before.mean + before.spread() * told.mean, before.spread() * told.spread()
    assert torch.allclose(mean, both.mean, atol=1e-5) and torch.allclose(spread, both.stddev, atol=1e-5)
    paid = torch.distributions.kl_divergence(both, of(before.mean, before.spread()))
    assert torch.allclose(told.divergence(), paid, atol=1e-4), "so that both levels have N(0, I) for prior"


def test_without_detail_a_ladder_draws_what_its_top_leads_to():
    model = rungs()
    z = torch.cat([draw(3, 2), torch.zeros(3, 4)], 1)
    body = super(type(model.decoder), model.decoder)
    assert torch.equal(model.decoder.first(z), body.first(model.decoder.expected(z[:, :2]).mean))
    q = model.encoder(torch.rand(3, 1, 8, 8, generator=torch.Generator().manual_seed(1)))
    assert q.mean.shape == q.spread().shape == (3, 6) and ladder.Ladder().blocks(24, 10) == {"coarse": 8, "fine": 16}
    with pytest.raises(ValueError, match="needs 2 dimensions or more"):
        networks.of_width("ladder", 8).build((1, 8, 8), 1)


def test_the_top_of_a_ladder_may_tell_some_nats_for_nothing():
    ones = Gaussian(torch.ones(4, 2), torch.zeros(4, 2))  # half a nat a number
    paid = ladder.Ladder(free=3.0, warm_up=10).price(ones, ones, 4)
    assert paid["top"].item() == pytest.approx(0.5 * 3) and paid["detail"].item() == pytest.approx(0.5 * 1)
