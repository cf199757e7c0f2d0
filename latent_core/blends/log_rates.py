"""Geometric mean of the classes' rates: what fires for one class alone keeps silent, what fires for all is heard."""

import torch
from torch import Tensor

from latent_core.blends._plan import Plan, draws, single

ORDER = 80
TITLE = "Mean of log-rates"
MEANING = (
    "Averages logarithms of rates: a unit fires only if it fires for every class. The centre of mass lets all fire."
)
USES_DEPTH = False
LATENT = "counts"
SILENT = 1e-6
"""The least rate: that of a unit which a class leaves silent."""


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """One latent: z_d = prod_k z_kd ^ w_k, the peak of the product of the classes' Poisson counts, as is the mean of
    their natural parameters (the centre of mass is that of their superposition).

    Args: as in `centre_of_mass.blend`.
    """
    rates = draws(theta, noise, mean, std).clamp_min(SILENT)
    return single(torch.exp((weights[:, None] * torch.log(rates)).sum(0, keepdim=True) / weights.sum()))
