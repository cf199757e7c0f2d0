"""A mixture of Gaussians a class: the several ways in which it is drawn, each a slanted cloud of its own."""

import torch
from torch import Tensor, einsum, sqrt

ORDER = 30
TITLE = "Mixture"
MEANING = "Several slanted clouds a class, one for each usual way to draw it; theta varies a draw within its cloud."
EQUATION = "z = μ_c + θ / √n · (L_c ε), with c drawn by the weights of the class's clouds"


def latents(noise: Tensor, theta: Tensor, n: Tensor, weight: Tensor, centre: Tensor, spread: Tensor) -> Tensor:
    """z = centre_c + theta (spread_c noise) / sqrt(n) with component c drawn by weight, (draws, classes, latent).

    The last column of the noise draws c: its normal distribution function is uniform. All n draws of a latent come from
    one component, so that n narrows a cloud as in the other families and never averages two ways of drawing.
    """
    level = 0.5 * (1 + torch.erf(noise[:, :, -1:] / 2**0.5))
    below = weight.cumsum(1)[:, :-1]
    chosen = (level >= below).to(torch.int64).sum(2, keepdim=True)  # (draws, classes, 1)
    picked = (torch.arange(weight.shape[1]) == chosen).to(noise.dtype)
    centres = einsum("dck,cki->dci", picked, centre)
    turned = einsum("ckij,dcj->dcki", spread, noise[:, :, :-1])
    return centres + theta / sqrt(n) * (picked[:, :, :, None] * turned).sum(2)
