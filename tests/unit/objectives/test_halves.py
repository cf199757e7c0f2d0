"""Two halves of a picture, each with an expert of its own."""

import math

import pytest
import torch

from latent_core.models.halves import covered
from latent_core.training.networks import halves
from latent_core.training.objectives import mmvm, moe
from latent_core.training.objectives.set import chosen
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import draw, standard


def hidden(pictures, half):
    return torch.from_numpy(covered(pictures.numpy(), half))


def of_two(together, latent=4, shape=(1, 8, 9)):
    """An untrained network for two halves, of 4 and 5 columns, and pictures of which the last has a black left half."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = halves.Halves(5, together).build(shape, latent)
    pictures = torch.rand(6, *shape, generator=torch.Generator().manual_seed(1))
    pictures[5:] = hidden(pictures[5:], 0)
    return model, pictures


def test_experts_multiply_and_mix_as_gaussians_do():
    q = [Gaussian(torch.tensor([[mean]]), torch.tensor([[var]]).log()) for mean, var in ((3.0, 1.0), (-1.0, 0.5))]
    both = halves.product(q)  # precisions 1, 1 and 2; N(0, 1) is an expert, too
    assert both.mean.item() == pytest.approx((3 - 2) / 4) and both.spread().item() == pytest.approx(0.5)
    alone = halves.product(q, torch.tensor([[1.0, 0.0]]))
    assert alone.mean.item() == pytest.approx(1.5) and alone.spread().item() == pytest.approx(math.sqrt(0.5))
    mixed = halves.mixed(q, torch.ones(1, 2))  # variance of the means 4, and the mean of 1 and .5
    assert mixed.mean.item() == 1 and mixed.spread().item() == pytest.approx(math.sqrt(4.75))
    for found in (halves.product(q, torch.zeros(1, 2)), halves.mixed(q, torch.zeros(1, 2))):
        assert found.mean.item() == 0 and found.spread().item() == 1  # where nothing is shown, N(0, I)


@pytest.mark.parametrize("together", halves.TOGETHER)
def test_a_black_half_is_a_hidden_one_and_says_nothing(together):
    model, pictures = of_two(together)
    assert halves.shown(pictures).tolist() == [[1, 1]] * 5 + [[0, 1]]
    seen = (model.encoder.seen if together == "set" else model.encoder.alone)(pictures)
    for half in (0, 1):
        other = [one + 9 * (number == half) for number, one in enumerate(seen)] if together == "set" else [
            Gaussian(q.mean + 9 * (number == half), q.log_variance) for number, q in enumerate(seen)
        ]  # fmt: skip
        mask = torch.eye(2)[1 - half].expand(6, 2)
        q = model.encoder(hidden(pictures[:5], half))
        assert torch.allclose(q.mean, model.encoder.joined(other, mask).mean[:5], atol=1e-6)
    if together == "apart":  # what is not shown has the code of what is
        assert torch.equal(*model.encoder(pictures).mean[5].chunk(2))
        assert not torch.equal(*model.encoder(pictures).mean[4].chunk(2))


@pytest.mark.parametrize("together", ["product", "apart"])
def test_each_half_is_drawn_by_a_decoder_of_its_own_and_of_its_own_code_where_it_has_one(together):
    model, _ = of_two(together)
    z = draw(3, 4)
    moved = z.clone()
    moved[:, :2] += 1
    (left, right), (other, same) = (halves.split(model.decoder(one).reshape(3, 1, 8, 9)) for one in (z, moved))
    assert left.shape[3] == 4 and not torch.allclose(left, other)
    assert torch.equal(right, same) == (together == "apart")
    parts = halves.costs(model.decoder(z), torch.rand(3, 1, 8, 9))
    assert parts.shape == (3, 2) and (parts > 0).all()


def test_halves_in_another_order_have_the_identical_code():
    model, pictures = of_two("set")
    one, other = model.encoder.seen(pictures)
    mask = halves.shown(pictures)
    there, back = model.encoder.joined([one, other], mask), model.encoder.joined([other, one], mask.flip(1))
    assert torch.equal(there.mean, back.mean) and torch.equal(there.log_variance, back.log_variance)


def test_every_choice_of_halves_comes_as_often_as_a_chance_that_is_drawn_first_makes_it():
    found = chosen(60_000, torch.Generator().manual_seed(0))
    share = torch.bincount((2 * found[:, 0] + found[:, 1]).long(), minlength=4) / 60_000
    assert torch.allclose(share, torch.tensor([2, 1, 1, 2]) / 6, atol=0.01)  # the mean of p^2 is a third


def test_codes_of_two_halves_that_agree_are_free_and_others_cost_what_parts_them():
    alone = [standard(), Gaussian(torch.ones(4, 3), torch.zeros(4, 3))]
    assert mmvm.Mmvm().pulls([standard(), standard()], 0)["apart"] == 0
    assert mmvm.Mmvm(kl=2.0).pulls(alone, 0)["apart"].item() == pytest.approx(2 / 2 * 2 * 1.5)  # half a nat a dimension
    pulled = mmvm.Mmvm(round=0.25).pulls(alone, 0)
    assert pulled["apart"].item() == pytest.approx(0.75 * 1.5) and pulled["kl"].item() == pytest.approx(0.25 * 1.5)


def test_a_mixture_of_experts_costs_as_much_as_it_differs_from_the_round_cloud():
    q, z = standard(), draw(4, 3)
    assert moe.Moe().price([q, q], [z, z], 0)["kl"].item() == pytest.approx(0, abs=1e-6)
    far = [Gaussian(torch.full((2000, 1), mean), torch.full((2000, 1), -4.0)) for mean in (-3.0, 3.0)]
    z = [q.sample(draw(2000, 1, seed)) for seed, q in enumerate(far)]
    own = far[0].divergence().mean().item()  # two peaks far apart: a choice of two, log 2, is saved
    assert moe.Moe().price(far, z, 0)["kl"].item() == pytest.approx(own - math.log(2), abs=0.05)
