"""The weighted mean of the class centroids in latent space: the usual answer to "blend these classes"."""

from torch import Tensor

from latent_core.blends._plan import Plan, draws, single

ORDER = 20
TITLE = "Centre of mass"
MEANING = "Averages the classes' latent codes, then decodes once. Crisp, but with many classes it forgets most of them."
USES_DEPTH = False


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """One latent: z = sum_k w_k (mu_k + theta_k sigma_k mean_i(e_i)).

    Args:
        weights: (classes,) not negative, sum 1.
        theta: (classes, latent) multiplier of the class's own spread.
        noise: (samples, latent) standard normal.
        mean, std: (classes, latent) of the encoded training pictures, in latent units.
        depth: () not used here.
    """
    return single(weights[None, :] @ draws(theta, noise, mean, std))
