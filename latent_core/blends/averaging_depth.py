"""One dial from the centre of mass to the decoded mean: at which layer of the decoder the classes are averaged."""

import torch
from torch import Tensor

from latent_core.blends._plan import Plan, draws

ORDER = 40
TITLE = "Averaging depth"
MEANING = "Choose where inside the decoder the classes are averaged, from the latent code to the finished pixels."
USES_DEPTH = True


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """A row a class; at layer `depth` every row becomes the weighted mean, so that later layers see one picture.

    Args: as in `centre_of_mass.blend`, and
        depth: () 0 latent, 1 first layer, 2 second layer, 3 log-odds, 4 pixels. 2 and 3 agree by algebra, as the last
            layer is affine. Contrast is stretched only at 4, where averaging loses it.
    """
    z = draws(theta, noise, mean, std)
    eye = torch.diag(torch.ones_like(weights))
    everyone = torch.ones_like(weights)[:, None] @ weights[None, :]

    def at(layer: int) -> Tensor:
        return torch.where(depth == layer, everyone, eye)

    stretch = (depth == 4).to(weights.dtype)
    return Plan(at(0) @ z, at(1), at(2), at(3), weights[None, :], stretch, weights[None, :] @ z)
