"""Product of class Gaussians: the code that all classes find likely at once, the narrow classes being heard most."""

from torch import Tensor

from latent_core.blends._plan import Plan, draws, single

ORDER = 50
TITLE = "Product of class Gaussians"
MEANING = "Multiplies the classes' bell curves and takes the peak: a centre of mass in which narrow classes count more."
USES_DEPTH = False


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """One latent: z_d = sum_k w_k z_kd / s_kd^2 over sum_k w_k / s_kd^2, in each dimension d.

    The peak of prod_k N(z_k, s_k^2)^w_k; with equal weights the product of experts (Hinton 2002) of the classes.

    Args: as in `centre_of_mass.blend`.
    """
    precision = weights[:, None] / (std * std).clamp_min(1e-8)
    z = (precision * draws(theta, noise, mean, std)).sum(0, keepdim=True) / precision.sum(0, keepdim=True)
    return single(z)
