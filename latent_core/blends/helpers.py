"""Small graphs beside the blends: the plain average of pictures, and where a latent lies on a map."""

import torch
from torch import Tensor

NEIGHBOURS = 15


def plain_average(weights: Tensor, pictures: Tensor) -> Tensor:
    """(1, pixels): the weighted mean of the classes' mean pictures (classes, pixels)."""
    return weights[None, :] @ pictures


def place_linear(z: Tensor, centre: Tensor, components: Tensor) -> Tensor:
    """(n, d): exact position of z (n, latent) on PCA axes (d, latent) around the centre (latent,)."""
    return (z - centre) @ components.T


def place_neighbours(z: Tensor, latents: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
    """Position of a new latent on a map that has no formula, and the rows of its 15 nearest neighbours.

    The mean of the neighbours' places, weighted by 1 / distance: an estimate, as UMAP has no exact place for a new point.

    Args:
        z: (1, latent).
        latents: (n, latent) of the map's rows, n >= 15.
        places: (n, d) their places.

    Returns:
        place (1, d) and index (15,) of the neighbours, nearest first.
    """
    distance = ((latents - z) ** 2).sum(dim=1)
    near, index = torch.topk(distance, NEIGHBOURS, largest=False)
    weight = 1.0 / (torch.sqrt(near) + 1e-6)
    return ((weight / weight.sum())[None, :] @ places[index], index)
