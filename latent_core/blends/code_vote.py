"""A true blend of codes: every cell of the picture takes the code of one class, by a vote in parts of the shares."""

import torch
from torch import Tensor

from latent_core.blends._plan import Plan, draws, single

ORDER = 70
TITLE = "Code vote"
MEANING = (
    "Every small part of the picture takes the code of a single class, more often that of a class with more weight."
)
USES_DEPTH = False
LATENT = "codes"
"""Only latents of this kind are made of cells; `code` () is how many numbers each has."""
DIGITS = 1024.0
"""Of a draw, the digits behind its multiples of 1 / DIGITS: even, and without a trace of how large the draw is."""


def blend(
    weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor, code: Tensor
) -> Plan:  # fmt: skip
    """One latent: cell i has the numbers of class k with W_(k-1) <= u_i < W_k, where W_k = w_1 + .. + w_k.

    u_i, even between 0 and 1, comes from the first draw's first number of the cell, so that it is the seed's: a weight
    that moves takes over few cells, one by one, and no other changes. The decoder replaces each cell's numbers by the
    nearest code, which is then that of one class.

    Args: as in `centre_of_mass.blend`, and
        code: () numbers of each cell, one cell after the other.
    """
    index = torch.arange(noise.shape[1]).to(noise.dtype)
    begin = torch.floor(torch.floor(index / code) * code).to(torch.int64)
    digits = noise[0].abs().index_select(0, begin) * DIGITS
    even = (digits - torch.floor(digits))[None, :]
    upper = torch.cumsum(weights, 0)
    upper = (upper / upper[-1:])[:, None]
    lower = torch.cat([torch.zeros_like(upper[:1]), upper[:-1]])
    chosen = ((lower <= even) & (even < upper)).to(mean.dtype)
    return single((chosen * draws(theta, noise, mean, std)).sum(0, keepdim=True))
