"""What is measured of a latent of two levels: its evidence bound, what each level tells, what the top alone keeps."""

from typing import NamedTuple

import numpy as np
import torch

from latent_core.training.networks import Autoencoder
from latent_core.training.networks.ladder import LadderDecoder, LadderEncoder
from latent_core.training.objectives.ladder import Ladder


class Bound(NamedTuple):
    """Means over pictures in nats per image: minus the evidence lower bound, and what top and detail cost of it."""

    total: float
    top: float
    detail: float


def bound(model: Autoencoder, pictures: np.ndarray, seed: int, batch: int = 1000) -> Bound:
    """Of pictures (n, channels, height, width) whose pixels are drawn black or white, with one latent drawn of each."""
    rng, sums = torch.Generator().manual_seed(seed), torch.zeros(3, dtype=torch.float64)
    encoder, plain = model.encoder, Ladder()
    assert isinstance(encoder, LadderEncoder)
    with torch.no_grad():
        for start in range(0, len(pictures), batch):
            x = torch.bernoulli(torch.from_numpy(pictures[start : start + batch]), generator=rng)
            drawn = encoder.drawn(x, rng)
            rebuilding = plain.reconstruction(model.decoder(drawn.z), x.flatten(1))["reconstruction"]
            told = [one.divergence().sum(1).mean() for one in (drawn.top, drawn.detail)]
            sums += len(x) * torch.stack([rebuilding + sum(told), *told]).double()
    return Bound(*(sums / len(pictures)).tolist())


def tops_between(model: Autoencoder, mean: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    """(n, latent) half way between the tops of each picture and another of its class, without detail.

    Args:
        mean: (n, latent) of pictures of the classes y (n,).
    """
    assert isinstance(model.decoder, LadderDecoder)
    rng, top = np.random.default_rng(seed), model.decoder.top
    z = np.zeros_like(mean)
    for k in np.unique(y):
        rows = np.flatnonzero(y == k)
        z[rows, :top] = (mean[rows, :top] + mean[rng.permutation(rows), :top]) / 2
    return z
