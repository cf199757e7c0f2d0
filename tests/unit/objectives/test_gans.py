"""GANs: pictures from noise, an opponent, and places that are fitted."""

import dataclasses
import math

import pytest
import torch

from latent_core.training import networks, objectives
from latent_core.training.objectives import cgan, gan
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch, draw


@pytest.mark.parametrize("name", ["gan", "cgan"])
def test_a_made_picture_that_is_seen_through_teaches_the_decoder_and_where_it_lies_only_the_encoder(name):
    plan, shape = objectives.make(name, {"gan": {"channels": 4}, "cgan": {"channels": 4}}[name]), (1, 8, 8)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = plan.network("conv" if name == "gan" else networks.trainable(plan.latent_kind)[0], 4, 3)
        model, opponents = network.build(shape, plan.size(2, 3)), plan.opponents(2, 3, shape)
    seen = dataclasses.replace(batch(rows=6), pictures=torch.rand(6, *shape, generator=batch().rng))
    terms = plan.losses(model, opponents, seen)
    assert terms.own["fooled"].item() == pytest.approx(math.log(2), rel=0.2)  # who knows nothing says a half
    assert terms.opposing["discriminator"].item() == pytest.approx(2 * math.log(2), rel=0.2)
    felt = {}
    for term, value in (terms.own | terms.opposing).items():
        model.zero_grad()
        value.backward(retain_graph=True)
        felt[term] = {side for side in ("encoder", "decoder") for one in getattr(model, side).parameters()
                      if one.grad is not None and one.grad.any()}  # fmt: skip
    label = {"label": {"encoder"}} if name == "cgan" else {}
    assert felt == {"fooled": {"decoder"}, "places": {"encoder"}, "discriminator": set(), "calm": set()} | label


def test_the_slope_of_an_opponent_costs_at_real_pictures_every_few_steps():
    game = gan.Game(calm=3.0, calm_every=4)
    opponent = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 1), torch.nn.Flatten(0))
    with torch.no_grad():
        opponent[1].weight.copy_(torch.tensor([[1.0, 2.0, 0.0, 2.0]]))  # a slope of 3 everywhere
    pictures = torch.rand(6, 1, 2, 2, generator=batch().rng)
    cost = [
        game.losses(opponent, pictures, dataclasses.replace(batch(step, 6), pictures=pictures)).opposing
        for step in (0, 3)
    ]
    assert cost[0]["calm"].item() == pytest.approx(4 * 3 / 2 * 9) and "calm" not in cost[1]


def test_an_opponent_is_told_how_unlike_the_pictures_of_a_handful_are():
    same, other = torch.ones(8, 3), torch.tensor([[0.0], [2.0]]).repeat(4, 3)
    told = gan.unlikeness(torch.cat([same, other]))[:, 0].tolist()
    assert told == pytest.approx(8 * [0] + 8 * [1], abs=1e-3)
    assert gan.unlikeness(draw(3, 2)).shape == (3, 1)  # of a batch that is no handful


def test_an_opponent_that_knows_classes_asks_about_the_one_that_was_told():
    said, y = draw(4, 3), torch.tensor([2, 0, 1, 1])
    assert torch.equal(cgan.asked_about(y, torch.nn.Identity())(said), said[range(4), y])
    drawn = cgan.Cgan().drawn(2, torch.tensor([2, 0]), 3, batch().rng)
    assert drawn[:, 2:].tolist() == [[0, 0, 1], [1, 0, 0]]


def test_noise_that_no_picture_shows_is_given_the_spread_of_the_prior():
    noise = draw(20_000, 1)
    costs = [
        gan.missed(Gaussian(noise * 0, torch.full_like(noise, 2 * math.log(s))), noise).item() for s in (0.8, 1, 1.25)
    ]
    assert costs[1] == min(costs) and costs[1] == pytest.approx(0.5, abs=0.02)
    assert gan.missed(Gaussian(noise, torch.full_like(noise, -4.0)), noise).item() == pytest.approx(-2)
