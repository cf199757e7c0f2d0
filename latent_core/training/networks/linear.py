"""Eigen-images: principal components of the pixels as a linear autoencoder with the same face as a VAE.

Turk and Pentland, Eigenfaces for recognition, 1991: encode z = (x - m) V, decode x = m + z V^T.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from latent_core.training.networks import Autoencoder, Decoder, Network, Shape
from latent_core.training.posteriors import Gaussian

EXACT = 2000
"""Pictures, or pixels of one, up to which components are worked out exactly; above, by random projection (Halko,
Martinsson and Tropp 2011) with seven power iterations, as the exact way takes many minutes and gigabytes."""


@dataclass(frozen=True)
class Linear(Network):
    """Encoder and decoder that share one mean picture and one basis, all zero until fitted."""

    trained: ClassVar[bool] = False

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        encoder = LinearEncoder(shape, latent)
        return Autoencoder(encoder, LinearDecoder(encoder, shape))


class LinearEncoder(nn.Module):
    """Scores of a picture on the components; its spread is zero, as a projection has no doubt."""

    def __init__(self, shape: Shape, latent: int) -> None:
        super().__init__()
        pixels = shape[0] * shape[1] * shape[2]
        self.centre = nn.Parameter(torch.zeros(pixels), requires_grad=False)
        self.basis = nn.Parameter(torch.zeros(latent, pixels), requires_grad=False)

    def forward(self, pictures: Tensor) -> Gaussian:
        scores = (pictures.flatten(1) - self.centre) @ self.basis.T
        return Gaussian(scores, torch.full_like(scores, -torch.inf))


class LinearDecoder(Decoder):
    """Mean picture plus scores times components, clipped to 0..1; the stages before are the identity."""

    def __init__(self, encoder: LinearEncoder, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.centre, self.basis = encoder.centre, encoder.basis

    def first(self, z: Tensor) -> Tensor:
        return z

    def second(self, first: Tensor) -> Tensor:
        return first

    def logits(self, second: Tensor) -> Tensor:
        return self.centre + second @ self.basis

    def pixels(self, logits: Tensor) -> Tensor:
        return logits.clamp(0, 1)


def fit(pictures: np.ndarray, latent: int) -> tuple[Autoencoder, np.ndarray]:
    """The autoencoder of the `latent` strongest principal components, and the share of variance of each.

    Args:
        pictures: (n, channels, height, width) float32, 0..1.
        latent: 1 .. min(n, pixels).

    Raises:
        ValueError: more components asked for than there can be.
    """
    from sklearn.decomposition import PCA

    flat = pictures.reshape(len(pictures), -1)
    if not 1 <= latent <= min(flat.shape):
        raise ValueError(f"{latent} components asked for; pictures of this set have 1 to {min(flat.shape)}")
    if min(flat.shape) > EXACT and latent < min(flat.shape) // 10:
        found = PCA(latent, svd_solver="randomized", iterated_power=7, random_state=0).fit(flat)
    else:
        solver = "covariance_eigh" if len(flat) > flat.shape[1] else "full"
        found = PCA(latent, svd_solver=solver).fit(flat.astype(np.float64))
    shape: Shape = (pictures.shape[1], pictures.shape[2], pictures.shape[3])
    model = Linear().build(shape, latent)
    assert isinstance(model.encoder, LinearEncoder)
    model.encoder.centre.copy_(torch.from_numpy(found.mean_.astype(np.float32)))
    model.encoder.basis.copy_(torch.from_numpy(found.components_.astype(np.float32)))
    return model, found.explained_variance_ratio_


def spectrum(model: Autoencoder, train: np.ndarray, test: np.ndarray, batch: int = 1000) -> dict[str, np.ndarray]:
    """What each component is worth.

    Args:
        model: a fitted linear autoencoder.
        train, test: (n, channels, height, width) float32, 0..1.

    Returns:
        share (latent,): of the training pictures' variance, 0..1, largest first;
        error (latent + 1,): squared error a pixel of test pictures rebuilt from the first k components, k = 0..latent.
    """
    assert isinstance(model.encoder, LinearEncoder)
    centre, basis = model.encoder.centre.numpy(), model.encoder.basis.numpy()
    flat = train.reshape(len(train), -1)
    share = ((flat - centre) @ basis.T).var(0, dtype=np.float64) / flat.var(0, dtype=np.float64).sum()
    error = np.zeros(len(basis) + 1)
    for start in range(0, len(test), batch):
        x = test[start : start + batch].reshape(-1, len(centre))
        rebuilt, scores = np.tile(centre, (len(x), 1)), (x - centre) @ basis.T
        for k in range(len(error)):
            error[k] += np.square(rebuilt.clip(0, 1) - x).sum(dtype=np.float64)
            if k < len(basis):
                rebuilt += np.outer(scores[:, k], basis[k])
    return {"share": share.astype(np.float32), "error": (error / test.size).astype(np.float32)}
