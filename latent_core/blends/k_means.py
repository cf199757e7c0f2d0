"""k-means centres: the centre of mass of each class's biggest cluster instead of its mean."""

from torch import Tensor

from latent_core.blends import centre_of_mass
from latent_core.blends._plan import Plan

ORDER = 60
TITLE = "k-means centres"
MEANING = "A centre of mass that takes the most usual way to draw each class instead of the mean of all ways."
USES_DEPTH = False
MEANS = "biggest"
"""`mean` is the centre of the biggest of four k-means clusters of each class (centres.safetensors)."""


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """As `centre_of_mass.blend`, with other means."""
    return centre_of_mass.blend(weights, theta, noise, mean, std, depth)
