"""One Gaussian a class with all its correlations: dimensions that go together in the data go together in a draw."""

from torch import Tensor, einsum, sqrt

ORDER = 20
TITLE = "Full covariance"
MEANING = "Dimensions that go together in real pictures go together here: one slanted cloud a class."
EQUATION = "z = μ + θ / √n · (L ε), where L Lᵀ is the class's covariance"


def latents(noise: Tensor, theta: Tensor, n: Tensor, mean: Tensor, factor: Tensor) -> Tensor:
    """z = mean + theta (factor noise) / sqrt(n), (draws, classes, latent); factor factor^T is the covariance."""
    return mean + theta / sqrt(n) * einsum("cij,dcj->dci", factor, noise[:, :, :-1])
