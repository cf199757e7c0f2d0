"""The weighted mean on the sphere: directions are averaged along great circles, lengths on their own."""

import torch
from torch import Tensor

from latent_core.blends._plan import Plan, draws, single

ORDER = 30
TITLE = "On the sphere"
MEANING = "Averages the directions of the codes and keeps their length, so that the blend does not shrink."
USES_DEPTH = False
ROUNDS = 8
"""Part of what the method is: with more, links to blends of many classes would show other pictures."""
LIMIT = 1 - 1e-6
"""Largest cosine that is used: beyond it the angle of two directions is below what float32 can tell from 0."""


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """One latent: ROUNDS steps from the mean direction towards the Karcher mean, times the mean of the lengths.

    With two classes this is spherical linear interpolation (Shoemake 1985). For more, a step is m <- exp_m(sum_k w_k
    log_m(u_k)) (Buss and Fillmore, Spherical averages, 2001), whose fixed point is the Karcher mean; where classes lie
    all around the origin, as many centroids do, ROUNDS steps are not yet there (docs/decisions.md).

    Args: as in `centre_of_mass.blend`.
    """
    z = draws(theta, noise, mean, std)
    length = torch.sqrt((z * z).sum(dim=1, keepdim=True) + 1e-12)
    unit = z / length
    middle = _unit(weights[None, :] @ unit)
    for _ in range(ROUNDS):
        cosine = torch.clamp(unit @ middle.T, -LIMIT, LIMIT)
        along = torch.acos(cosine) / torch.sqrt(1 - cosine * cosine)
        step = weights[None, :] @ ((unit - cosine * middle) * along)
        size = torch.sqrt((step * step).sum(dim=1, keepdim=True) + 1e-12)
        middle = _unit(torch.cos(size) * middle + torch.sin(size) * step / size)
    return single(middle * (weights[None, :] @ length))


def _unit(vector: Tensor) -> Tensor:
    return vector / torch.sqrt((vector * vector).sum(dim=1, keepdim=True) + 1e-12)
