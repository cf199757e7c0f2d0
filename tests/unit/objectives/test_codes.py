"""A latent of codes from a book."""

import pytest
import torch

from latent_core.training import networks, objectives
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch, draw


def book(count=6, width=4):
    """A VQ-VAE for pictures of 8 x 8, four cells of two numbers, with a book of so many codes."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return networks.build("vq", {"width": width, "codes": count}, (1, 8, 8), 8)


def pictured(rows=16, step=0):
    rng = torch.Generator().manual_seed(step)
    return objectives.Batch(torch.rand(rows, 1, 8, 8, generator=rng), torch.arange(rows) % 3, step, rng)


def test_every_cell_is_decoded_as_the_nearest_code():
    decoder = book().decoder
    decoder.book.copy_(draw(2, 6))
    z = draw(5, 8, 1)
    wanted = torch.cdist(z.reshape(-1, 2), decoder.book.T).argmin(1).reshape(5, 4)
    assert torch.equal(decoder.nearest(z), wanted)
    assert torch.equal(decoder.nearest(decoder.of(wanted)), wanted)
    assert torch.equal(decoder(z), decoder(decoder.of(wanted)))


def test_a_book_begins_on_the_data_and_codes_without_use_begin_anew():
    model, vq_vae = book(), objectives.make("vq", {"renew": 1})
    vq_vae.losses(model, torch.nn.ModuleDict(), pictured())
    decoder, z = model.decoder, model.encoder(pictured().pictures).mean.detach()
    assert torch.cdist(decoder.book.T, z.reshape(-1, 2)).min(1).values.max() < 0.1 * z.std()
    decoder.book[:, 0], decoder.sums[:, 0], decoder.used[0] = 100.0, 0.0, 0.0
    vq_vae.losses(model, torch.nn.ModuleDict(), pictured(step=1))
    assert decoder.book.abs().max() < 50 and (decoder.used > 0).all()


def test_codes_move_to_the_mean_of_what_they_replace_and_stay_where_nothing_changes():
    model, vq_vae = book(count=2), objectives.make("vq", {"memory": 0.5, "least": 0.0})
    decoder, z = model.decoder, torch.tensor([[0.0, 0, 1, 1, 10, 10, 11, 11]])
    decoder.book.copy_(torch.tensor([[0.2, 9.0], [0.2, 9.0]]))
    decoder.used.fill_(2.0)
    decoder.sums.copy_(2 * decoder.book)
    for step in range(40):
        vq_vae.move(decoder, z, pictured(1, step + 1))
    assert torch.allclose(decoder.book, torch.tensor([[0.5, 10.5], [0.5, 10.5]]), atol=1e-4)


def test_what_codes_lose_is_the_spread_and_gradients_pass_them_by():
    model, vq_vae = book(), objectives.make("vq", {"commitment": 0.0})
    terms = vq_vae.losses(model, torch.nn.ModuleDict(), pictured()).own
    q = model.encoder(pictured().pictures)
    lost = (q.mean - model.decoder.of(model.decoder.nearest(q.mean))).square().mean().sqrt()
    assert torch.allclose(q.spread(), lost.detach(), rtol=1e-3)
    terms["reconstruction"].backward()
    assert model.encoder.one.weight.grad.abs().sum() > 0 and model.decoder.book.grad is None


def test_commitment_is_a_part_of_the_squared_distance_to_the_codes():
    q, codes = Gaussian(draw(4, 8), torch.zeros(4, 8)), draw(4, 8, 1)
    cost = objectives.make("vq", {"commitment": 0.5}).regulariser(q, codes, batch(), torch.nn.ModuleDict())
    assert cost["commitment"].item() == pytest.approx(0.5 * (q.mean - codes).square().sum(1).mean().item())
