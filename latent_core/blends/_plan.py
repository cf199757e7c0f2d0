"""What a blending method hands to a decoder: latents, and where on the way to pixels they are averaged."""

from typing import NamedTuple

import torch
from torch import Tensor


class Plan(NamedTuple):
    """Exactly the decoder's inputs, and the blend's place on the map.

    z (rows, latent); the four mixing matrices are applied to the activations of the first and second hidden layer, to
    the log-odds and to the pixels, each from the rows before it to the rows after it; stretch () is 1 where the average
    gets back the contrast that its ingredients had; place (1, latent).
    """

    z: Tensor
    mix_first: Tensor
    mix_second: Tensor
    mix_logits: Tensor
    mix_pixels: Tensor
    stretch: Tensor
    place: Tensor


def draws(theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """One latent a class, (classes, latent): z_k = mu_k + theta_k sigma_k mean_i(e_i).

    Eq. 3 of "Categorical generation of images via analysis of learned latent vectors"; every class gets the same
    averaged noise, so that moving a weight changes the weights and nothing else.

    Args:
        theta: (classes, latent) multiplier of the class's own spread; 0 gives the centroid itself.
        noise: (samples, latent) standard normal.
        mean, std: (classes, latent) of the encoded training pictures, in latent units.
    """
    return mean + theta * std * noise.mean(dim=0, keepdim=True)


def single(z: Tensor) -> Plan:
    """The plan of a method that makes one latent (1, latent) and decodes it."""
    one = torch.ones_like(z[:, :1])
    return Plan(z, one, one, one, one, torch.zeros_like(z[0, 0]), z)


def apart(z: Tensor, place: Tensor) -> Plan:
    """The plan of a method that decodes each class on its own, (classes, latent), and has a `finish` to make one
    picture of them; place (1, latent)."""
    eye = torch.diag(torch.ones_like(z[:, 0]))
    return Plan(z, eye, eye, eye, eye, torch.zeros_like(z[0, 0]), place)


def plain_mean(pictures: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """The weighted mean of pictures (classes, pixels) with its highest value brought to 1, (m, pixels), and what that
    value should be: the weighted mean of the classes' own highest, (m, 1). weights (m, classes)."""
    mean = weights @ pictures
    return mean / mean.amax(1, keepdim=True).clamp_min(1e-6), weights @ pictures.amax(1, keepdim=True)
