"""Melodies: one choice between notes and a rest in each step."""

import math

import pytest
import torch

from latent_core.training import networks
from latent_core.training.objectives import musicvae
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch, draw


def test_a_step_of_a_melody_is_one_choice_between_its_notes_and_a_rest():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        decoder = networks.of_width("bars", 6).build((1, 5, 7), 3).decoder  # the second bar is not whole
    roll = torch.zeros(2, 5, 7)
    roll[0, 3], roll[1, 2, :4] = 1, 1  # one note held to the end, and one for four steps before a rest
    fair = musicvae.notes(torch.zeros(2, 35), roll)["reconstruction"]
    assert fair.item() == pytest.approx(7 * math.log(5 + 1))
    logits = decoder(draw(2, 3))
    chance = decoder.pixels(logits).reshape(2, 5, 7)
    assert (chance.sum(1) < 1).all() and (chance > 0).all()
    said = torch.cat([chance, 1 - chance.sum(1, keepdim=True)], 1)[0, 3].log().sum() + chance[1, 2, :4].log().sum()
    said += (1 - chance[1, :, 4:].sum(0)).log().sum()
    assert musicvae.notes(logits, roll)["reconstruction"].item() == pytest.approx(-said.item() / 2, rel=1e-5)
    assert torch.isfinite(musicvae.notes(logits, torch.ones(2, 5, 7))["reconstruction"])  # chords share a step


def test_the_first_bits_of_a_melody_cost_nothing():
    q = Gaussian(torch.ones(4, 16), torch.zeros(4, 16))  # half a nat in each of 16 numbers

    def cost(**given):
        return musicvae.Musicvae(**given).regulariser(q, q.mean, batch(), torch.nn.ModuleDict())["kl"].item()

    assert cost(free_bits=12.0) == 0
    assert cost(free_bits=8.0, kl=0.5) == pytest.approx(0.5 * (8 - 8 * math.log(2)), rel=1e-5)


def test_networks_of_notes_and_of_pixels_are_not_mixed_up():
    assert networks.trainable("gaussian", "categorical") == ["bars"] and "bars" not in networks.trainable("gaussian")
    with pytest.raises(ValueError, match="grey"):
        networks.of_width("bars", 6).build((3, 8, 8), 3)
