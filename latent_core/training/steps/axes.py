"""The axes of a latent space: turned so that, inside every class, its dimensions vary as independently as can be.

An MMD-VAE, whose kernel knows distances only, does not care how its latent space is turned. What treats dimensions one
by one does: a class's standard deviations, theta for each dimension, the Simple and Medium generators. Of all rotations
this takes the one that the class covariances agree on most; decoded pictures stay the same.
"""

import numpy as np
import torch

from latent_core.training.networks import Autoencoder, Encoder

SWEEPS, STILL = 100, 1e-8
"""Sweeps over all pairs of axes at most, and the sine of an angle below which nothing turns any more."""


def joint_axes(covariances: np.ndarray) -> np.ndarray:
    """The rotation V (latent, latent), new axes as columns, that makes all V^T C_k V as diagonal as one rotation can.

    The sum of squares off the diagonals is smallest; Jacobi angles, Cardoso and Souloumiac, 1996. Every class counts
    the same: its covariance is divided by its trace. Axes of the largest mean share of variance come first.

    Args:
        covariances: (classes, latent, latent), symmetric.
    """
    trace = np.trace(covariances, axis1=1, axis2=2)[:, None, None]
    c = covariances.astype(np.float64) / np.maximum(trace, 1e-12)
    latent = c.shape[1]
    v = np.eye(latent)
    for _ in range(SWEEPS):
        turned = False
        for i, j in zip(*np.triu_indices(latent, 1), strict=True):
            apart, shared = c[:, i, i] - c[:, j, j], c[:, i, j] + c[:, j, i]
            on, off = apart @ apart - shared @ shared, 2 * apart @ shared
            angle = 0.5 * np.arctan2(off, on + np.hypot(on, off))
            if abs(np.sin(angle)) < STILL:
                continue
            turned, pair = True, [i, j]
            turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            c[:, :, pair] = c[:, :, pair] @ turn
            c[:, pair, :] = turn.T @ c[:, pair, :]
            v[:, pair] = v[:, pair] @ turn
        if not turned:
            break
    order = np.argsort(-np.diagonal(c, axis1=1, axis2=2).mean(0), kind="stable")
    return v[:, order]


def turn(model: Autoencoder, v: np.ndarray, pictures: np.ndarray, batch: int = 1000) -> None:
    """Turns an autoencoder's latents, in place: z becomes z V, and the decoder's first layer undoes it.

    Pictures decode as before, up to rounding. A diagonal posterior is not diagonal in other axes: its marginal
    variances there, s^2 (V * V), are kept, as well as the encoder's last layer can say them (least squares of their
    logarithm).

    Args:
        v: (latent, latent) orthogonal.
        pictures: (n, channels, height, width) float32, 0..1, that the variances are fitted on.
    """
    encoder, entry = model.encoder, model.decoder.entry()
    assert isinstance(encoder, Encoder)
    rotation = torch.from_numpy(v)
    size = encoder.mean.in_features + 1
    left, right = torch.zeros(size, size, dtype=torch.float64), torch.zeros(size, len(v), dtype=torch.float64)
    with torch.no_grad():
        for start in range(0, len(pictures), batch):
            hidden = encoder.hidden(torch.from_numpy(pictures[start : start + batch]))
            variance = encoder.log_variance(hidden).clamp(-20, 10).double().exp()
            x = torch.cat([hidden.double(), torch.ones(len(hidden), 1, dtype=torch.float64)], 1)
            left += x.T @ x
            right += x.T @ (variance @ rotation.square()).log()
        ridge = 1e-6 * left.trace() / size * torch.eye(size, dtype=torch.float64)
        fitted = torch.linalg.solve(left + ridge, right)
        encoder.log_variance.weight.copy_(fitted[:-1].T)
        encoder.log_variance.bias.copy_(fitted[-1])
        encoder.mean.weight.copy_(rotation.T @ encoder.mean.weight.double())
        encoder.mean.bias.copy_(rotation.T @ encoder.mean.bias.double())
        entry.weight.copy_(entry.weight.double() @ rotation)
