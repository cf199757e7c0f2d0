"""The paper's generator: every dimension of a class varies on its own."""

from torch import Tensor, sqrt

ORDER = 10
TITLE = "Diagonal (the paper)"
MEANING = "Each dimension of a class varies on its own, as if none knew of the others."
EQUATION = "z = μ + θ / √n · σ · ε"


def latents(noise: Tensor, theta: Tensor, n: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """z = mean + theta std noise / sqrt(n), (draws, classes, latent).

    Vargas Aguilar et al., Categorical generation of images via analysis of learned latent vectors, eq. 3: the mean of n
    draws of N(mean, theta std), with theta std a standard deviation and std that of mu(x) over the class.
    """
    return mean + theta / sqrt(n) * std * noise[:, :, :-1]
