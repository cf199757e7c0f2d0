"""What is tried: the usual methods on the large sheet, unions of drawings, and unions chosen or moved by the guide."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.moonshot import methods
from benchmarks.moonshot.canvas import pictures
from latent_core.blends import consensus, decoded_mean
from latent_core.training.steps.stages import posterior

Finish = Callable[[Tensor], Tensor]
FINISHES: dict[str, Finish] = {
    "as it is": lambda x: x,
    "carved .3": partial(methods.carved, depth=0.3, level=0.35),
    "carved .5": partial(methods.carved, depth=0.5, level=0.4),
    "carved .7": partial(methods.carved, depth=0.7, level=0.35),
}
"""What is done to a union to make it crisp; the guide says which is best."""
CHOICES, STARTS = 24, 3
"""Drawings a class that a search may take, and searches a model, each among other drawings."""


class Painter:
    """A trained VAE with the posterior means of its pictures.

    Args:
        model: the autoencoder.
        drawn: what `canvas.prepare` gives.
    """

    def __init__(self, model: nn.Module, drawn: dict[str, np.ndarray]) -> None:
        self.model = model.eval().requires_grad_(False)
        self.y = {split: drawn[f"{split}_y"] for split in ("train", "test")}
        self.z = {split: posterior(model, pictures(drawn[split]), 200)[0] for split in ("train", "test")}
        self.centroids = np.stack([self.z["train"][self.y["train"] == k].mean(0) for k in range(20)])

    def decode(self, z: Tensor) -> Tensor:
        """(n, 1, height, width) 0..1 of latents (n, latent)."""
        out = self.model.decoder.pixels(self.model.decoder(z))
        return out.view(-1, *self.model.decoder.shape)

    def pool(self, split: str, seed: int, count: int = CHOICES) -> Tensor:
        """(classes, count, latent): latents of random drawings of each class."""
        chance = np.random.default_rng(seed)
        taken = [chance.choice(np.flatnonzero(self.y[split] == k), count, replace=False) for k in range(20)]
        return torch.from_numpy(self.z[split][np.stack(taken)])

    def layers(self, z: Tensor) -> Tensor:
        """Decoded pictures drawn with a fine pen, (..., 1, height, width), of latents (..., latent)."""
        with torch.no_grad():
            made = [methods.pen(self.decode(part)) for part in z.reshape(-1, z.shape[-1]).split(60)]
        return torch.cat(made).view(*z.shape[:-1], *self.model.decoder.shape)


def usual(painter: Painter) -> Iterator[tuple[str, methods.Make]]:
    """The methods of the app, and curves and unions, on the decoded class centroids."""
    z = torch.from_numpy(painter.centroids)
    layers = painter.decode(z)
    yield "centre of mass", methods.maker(z, lambda z, w: painter.decode(w @ z))
    yield "average after decoding (default)", methods.maker(layers, decoded_mean.finish)
    for exponent in (1.5, 3.0):
        yield f"average, exponent {exponent:g}", methods.maker(layers, partial(methods.curve, exponent=exponent))
    yield "balanced consensus", methods.maker(layers, consensus.finish)
    yield "union of decoded centroids", methods.maker(layers, methods.union)
    yield "union of decoded centroids, fine pen", methods.maker(methods.pen(layers), methods.union)


def blend(layers: Tensor, finish: Finish) -> methods.Make:
    """A union with its finish, as a picture of weights."""
    return methods.maker(layers, lambda given, weights: finish(methods.union(given, weights)))


def chosen(painter: Painter, split: str, finish: Finish, seed: int, judge: methods.Judge, real: Tensor) -> Tensor:
    """Latents (classes, latent) of the drawings that the guide chose from a pool; `seed` draws pool and start."""
    z = painter.pool(split, seed)
    taken, _ = methods.choose(painter.layers(z), judge, real, finish, seed)
    return z[torch.arange(20), torch.from_numpy(taken)]


def moved(painter: Painter, start: Tensor, finish: Finish, guide: nn.Module, real: Tensor) -> Tensor:
    """Latents (classes, latent) moved from `start` by the guide's gradient."""
    return methods.descend(lambda z: methods.pen(painter.decode(z)), start, guide, real, finish)
