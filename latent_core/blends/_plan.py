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


def drawn_on(pictures: Tensor, ground: Tensor) -> tuple[Tensor, Tensor]:
    """What stands out from a ground: pictures (n, channels, height, width) less the ground (channels,), with a sign,
    (n, channels, pixels); and the ink of each pixel, (n, pixels): how far the channel that is farthest from it is."""
    apart = (pictures - ground[:, None, None]).flatten(2)
    return apart, apart.abs().amax(1)


def hue_of(apart: Tensor, ink: Tensor) -> Tensor:
    """(n, channels, pixels) -1..1: the colour of what stands out, whatever its ink; 1 wherever grey lies on black."""
    return apart / ink[:, None].clamp_min(1e-30)


def plain_mean(pictures: Tensor, weights: Tensor, ground: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The weighted mean of pictures (classes, channels, height, width) on a ground (channels,).

    Returns:
        its ink with the most of it brought to 1, (m, pixels); what that most should be, the weighted mean of the
        classes' own, (m, 1); its hue, as `hue_of`. weights are (m, classes).
    """
    apart, ink = drawn_on(pictures, ground)
    mean = (weights @ apart.flatten(1)).reshape(-1, apart.shape[1], apart.shape[2])
    there = mean.abs().amax(1)
    return there / there.amax(1, keepdim=True).clamp_min(1e-6), weights @ ink.amax(1, keepdim=True), hue_of(mean, there)


def on_ground(apart: Tensor, ground: Tensor, size: tuple[int, int]) -> Tensor:
    """The pictures (m, channels, *size), 0..1, of what stands out (m, channels, pixels) from a ground (channels,)."""
    return (ground[:, None] + apart).clamp(0, 1).reshape(-1, apart.shape[1], size[0], size[1])
