"""Latents and steps for facts about objectives."""

import torch

from latent_core.training import objectives
from latent_core.training.posteriors import Gaussian


def draw(rows, latent, seed=0):
    return torch.randn(rows, latent, generator=torch.Generator().manual_seed(seed))


def batch(step=0, rows=4, classes=3):
    """A step that sees no pictures: regularisers look at latents alone."""
    rng = torch.Generator().manual_seed(step)
    return objectives.Batch(torch.zeros(rows, 1, 1, 1), torch.arange(rows) % classes, step, rng)


def standard(rows=4, latent=3):
    return Gaussian(torch.zeros(rows, latent), torch.zeros(rows, latent))
