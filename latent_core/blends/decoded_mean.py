"""The weighted mean of the decoded classes: average after the decoder, not before it."""

import torch
from torch import Tensor

from latent_core.blends.plan import Plan, draws

ORDER = 10
TITLE = "Average after decoding"
MEANING = "Decodes every class on its own, then averages the pictures. Softer, but each class stays in it."
USES_DEPTH = False


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """A row a class, averaged as pixels: x = sum_k w_k decode(z_k), stretched to its ingredients' contrast.

    Args: as in `centre_of_mass.blend`; the place on the map is the centre of mass.
    """
    z = draws(theta, noise, mean, std)
    eye = torch.diag(torch.ones_like(weights))
    return Plan(z, eye, eye, eye, weights[None, :], torch.ones_like(weights.sum()), weights[None, :] @ z)
