"""A latent with a style and a class."""

import dataclasses

import torch

from latent_core.training.objectives import cvae
from tests.unit.objectives.latents import batch


def labelled(classes=3):
    """A conditional VAE of 2 numbers and 3 classes, untrained, and pictures for it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = cvae.Cvae().network("labelled", 5, classes).build((1, 8, 8), 2 + classes)
    return model, torch.rand(6, 1, 8, 8, generator=torch.Generator().manual_seed(1))


def test_a_latent_with_classes_is_a_style_and_shares_and_any_mean_of_such_is_one():
    model, pictures = labelled()
    q = model.encoder(pictures)
    style, shares = q.mean[:, :2], q.mean[:, 2:]
    assert torch.allclose(shares.sum(1), torch.ones(6)) and (q.spread()[:, 2:] == 0).all()
    assert torch.equal(model.encoder.given(pictures, shares).mean, style)
    z = torch.cat([style, 3 * shares], 1)  # shares of any sum
    assert torch.allclose(model.decoder(z), model.decoder(q.mean), atol=1e-5)
    z[:, 2], shares = -1, shares.clone()  # less than nothing of a class is nothing of it
    shares[:, 0] = 0
    assert torch.allclose(model.decoder(z), model.decoder(torch.cat([style, shares], 1)), atol=1e-5)
    assert torch.isfinite(model.decoder(torch.zeros(1, 5))).all()


def test_the_class_is_told_and_only_the_classifier_hears_whether_it_was_seen():
    model, pictures = labelled()
    losses = cvae.Cvae().losses(model, torch.nn.ModuleDict(), dataclasses.replace(batch(rows=6), pictures=pictures))
    losses.own["label"].backward()
    heard = {name for name, one in model.named_parameters() if one.grad is not None}
    assert heard == {f"encoder.{layer}.{kind}" for layer in ("seen", "class_of") for kind in ("weight", "bias")}
    drawn = cvae.Cvae().drawn(2, torch.tensor([2, 0]), 3, torch.Generator().manual_seed(0))
    assert drawn[:, 2:].tolist() == [[0, 0, 1], [1, 0, 0]] and cvae.Cvae().blocks(2, 3) == {"style": 2, "class": 3}
