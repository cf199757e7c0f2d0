"""A foreground and a background."""

import dataclasses

import pytest
import torch

from latent_core.training import networks
from latent_core.training.objectives import attribute2image
from tests.unit.objectives.latents import batch, draw


def layered(pictures=6):
    """An untrained model of 2 numbers of style, 8 of the background and 3 classes, and latents for it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = attribute2image.Attribute2image().network("layers", 6, 3).build((1, 8, 8), 2 + 8 + 3)
    return model, torch.cat([draw(pictures, 10), torch.eye(3).repeat(pictures // 3, 1)], 1)


def test_a_background_and_a_class_that_are_swapped_leave_the_other_layer_alone():
    model, z = layered()
    decoder = model.decoder
    front, gate, behind = decoder.layers(decoder(z))
    assert torch.allclose(decoder.pixels(decoder(z)), (front + gate * behind).clamp(0, 1))
    other = z.clone()
    other[:, 2:10] = draw(6, 8, 1)
    moved = decoder.layers(decoder(other))
    assert torch.equal(moved[0], front) and torch.equal(moved[1], gate) and (moved[2] - behind).abs().max() > 0.01
    other = z.clone()
    other[:, 10:] = z[:, 10:].roll(1, 1)
    moved = decoder.layers(decoder(other))
    assert torch.equal(moved[2], behind) and (moved[0] - front).abs().max() > 0.001
    assert attribute2image.Attribute2image().blocks(2, 3) == {"style": 2, "background": 8, "class": 3}
    with pytest.raises(ValueError, match="no room"):
        networks.of_width("layers", 6).build((1, 8, 8), 18)


def test_a_foreground_is_learned_from_what_is_known_to_be_one_and_else_from_what_is_bright():
    model, _ = layered()
    x = torch.rand(6, 1, 8, 8, generator=torch.Generator().manual_seed(1))
    terms = {}
    for name, mask in (("known", x * 0), ("bright", None), ("told", x)):
        seen = dataclasses.replace(batch(rows=6), pictures=x, mask=mask)
        terms[name] = attribute2image.Attribute2image().losses(model, torch.nn.ModuleDict(), seen).own
    assert torch.equal(terms["bright"]["foreground"], terms["told"]["foreground"])
    assert terms["known"]["foreground"] != terms["told"]["foreground"]
    assert torch.equal(terms["known"]["reconstruction"], terms["told"]["reconstruction"])
    drawn = attribute2image.Attribute2image().drawn(2, torch.tensor([2, 0]), 3, torch.Generator().manual_seed(0))
    assert drawn.shape == (2, 13) and drawn[:, 10:].tolist() == [[0, 0, 1], [1, 0, 0]]
