"""A prior of codes: what it draws is what it says."""

import pytest
import torch

from latent_core.training import networks
from latent_core.training.generators import code_prior


def row_of(cells):
    """The decoder of a row of cells, each with one of three codes of one number: 0, 1, 2."""
    decoder = networks.build("vq", {"width": 2, "codes": 3}, (1, 4, 4 * cells), cells).decoder
    decoder.book.copy_(torch.arange(3)[None])
    return decoder


def drawn_codes(prior, draws, theta=1.0, n=1.0):
    """(draws, classes, cells) codes that it draws."""
    classes, cells = prior.kind.num_embeddings, prior.cells
    noise = torch.randn(draws, classes, cells + 1, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        return prior(noise, torch.full((classes, cells), theta), torch.tensor(n), torch.eye(classes)).round().long()


@pytest.mark.parametrize(("theta", "n"), [(1.0, 1.0), (0.5, 1.0), (1.0, 4.0)])
def test_codes_are_drawn_as_often_as_their_probabilities_say_and_variety_is_their_temperature(theta, n):
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        prior = code_prior.CodePrior(row_of(2), 2).eval()
        for one in prior.parameters():
            one.mul_(3)  # probabilities that differ
    drawn = drawn_codes(prior, 4000, theta, n)
    pairs = torch.cartesian_prod(torch.arange(3), torch.arange(3))
    for y in (0, 1):
        with torch.no_grad():
            said = (prior.logits(pairs, torch.full((9,), y)) / (theta / n**0.5)).log_softmax(2)
        wanted = said.gather(2, pairs[:, :, None]).sum((1, 2)).exp()
        seen = torch.bincount(3 * drawn[:, y, 0] + drawn[:, y, 1], minlength=9) / 4000
        assert wanted.sum().item() == pytest.approx(1, abs=1e-4) and (seen - wanted).abs().max() < 0.03


def test_a_prior_learns_which_codes_follow_which_and_what_that_costs():
    y = torch.arange(40) % 2
    codes = torch.stack([y, 2 - y, y], 1)  # 0 2 0, or 1 1 1
    prior = code_prior.train(row_of(3), codes, y, 2, epochs=40)
    assert code_prior.nats(prior, codes, y) < 0.05
    drawn = drawn_codes(prior, 50)
    assert (drawn[:, 0] == codes[0]).all(1).float().mean() > 0.9 and (drawn[:, 1] == codes[1]).all(
        1
    ).float().mean() > 0.9
