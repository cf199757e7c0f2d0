"""Ways to make one picture of all classes from their decoded pictures, and searches for the pictures to take."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.blends._helpers import sharpness

Make = Callable[[np.ndarray], np.ndarray]
"""Weights (classes,) of sum 1 to a picture (1, height, width): what leave-one-out asks for."""


class Judge(Protocol):
    """Gives bits (n, classes) of pictures (n, 1, height, width)."""

    def bits(self, pictures: np.ndarray) -> np.ndarray: ...


def pen(soft: Tensor) -> Tensor:
    """The ridges of soft lines, as a fine pen would draw them; (n, 1, height, width), 0..1.

    A soft form of Canny's thinning of edges (1986), for lines. p is the picture blurred by 3 x 3. The line lies across
    that one of four directions in which p bends most: b = (2 p(0) - p(3) - p(-3)) / p. A pixel stays as far as it is
    not below its two neighbours in that direction: e = (p(0) - max(p(1), p(-1))) / p. The pen draws
    min(1, max(0, 4 x - .2)) sigmoid((e + .04) / .02) sigmoid((b - .4) / .05), so that what is faint or flat goes.
    """
    p = F.avg_pool2d(soft, 3, 1, 1)
    framed, high, wide = F.pad(p, (3, 3, 3, 3)), p.shape[-2], p.shape[-1]

    def at(y: int, x: int) -> Tensor:
        return framed[..., 3 + y : 3 + y + high, 3 + x : 3 + x + wide]

    bends, edges = [], []
    for y, x, far in ((1, 0, 3), (0, 1, 3), (1, 1, 2), (1, -1, 2)):  # two steps aslant are about three straight ones
        bends.append((2 * p - at(far * y, far * x) - at(-far * y, -far * x)) / (p + 0.02))
        edges.append((p - torch.maximum(at(y, x), at(-y, -x))) / (p + 0.02))
    bend, across = torch.stack(bends).max(0, keepdim=True)
    edge = torch.stack(edges).gather(0, across)[0]
    return (4 * soft - 0.2).clamp(0, 1) * torch.sigmoid((edge + 0.04) / 0.02) * torch.sigmoid((bend[0] - 0.4) / 0.05)


def union(layers: Tensor, weights: Tensor) -> Tensor:
    """The brightest layer at each pixel, (m, 1, height, width); a layer fades as its weight falls below the highest.

    Args:
        layers: (classes, 1, height, width).
        weights: (m, classes).
    """
    say = weights / weights.amax(1, keepdim=True)
    return torch.stack([(one[:, None, None, None] * layers).amax(0) for one in say])


def carved(x: Tensor, depth: float, level: float, reach: int = 9) -> Tensor:
    """Lines cut free of the clumps that they run into: sigmoid((x - depth * mean around - level) / .06).

    Args:
        x: (m, 1, height, width).
        depth: how much of the mean of the reach x reach pixels around is taken away.
        level: what must be left for ink.
    """
    around = F.avg_pool2d(F.avg_pool2d(x, reach, 1, reach // 2), reach, 1, reach // 2)
    return torch.sigmoid((x - depth * around - level) / 0.06)


def curve(layers: Tensor, weights: Tensor, exponent: float) -> Tensor:
    """Average after decoding, brought to full contrast and steepened: (m / max m)^exponent; (m, 1, height, width)."""
    mean = (weights @ layers.flatten(1)).view(-1, *layers.shape[1:])
    return (mean / mean.amax((1, 2, 3), keepdim=True).clamp_min(1e-6)) ** exponent


def maker(layers: Tensor, finish: Callable[[Tensor, Tensor], Tensor]) -> Make:
    """The picture of weights by a finish(layers, weights (m, classes)), as leave-one-out wants it."""
    return lambda weights: finish(layers, torch.from_numpy(np.asarray(weights, np.float32)[None]))[0].numpy()


def worth(bits: np.ndarray, sharp: np.ndarray, goal: float) -> np.ndarray:
    """What a search climbs, (n,): mean over classes of min(bits, 1.5), less 8 times what sharpness lacks to the goal.

    A class that is heard well gains nothing more, so that the weak ones are served. Only the guide's bits may come in.
    """
    return np.minimum(bits, 1.5).mean(1) - 8 * np.maximum(0, goal - sharp)


def choose(
    pools: Tensor, guide: Judge, real: Tensor, finish: Callable[[Tensor], Tensor], seed: int, goal: float = 0.63,
    rounds: int = 3,
) -> tuple[np.ndarray, list[float]]:  # fmt: skip
    """Which picture of each class to take, (classes,), class after class the one that is worth most; and the climb.

    Args:
        pools: (classes, choices, 1, height, width), 0..1.
        real: (3,) contrast, width and ink of real pictures of this sheet.
        finish: from unions (m, 1, height, width) to blends.
        seed: of the start and the order of classes.
        goal: sharpness to reach.
    """
    chance = np.random.default_rng(seed)
    classes, choices = pools.shape[:2]
    taken, climb = chance.integers(choices, size=classes), []
    for _ in range(rounds):
        for k in chance.permutation(classes):
            rest = torch.stack([pools[j, taken[j]] for j in range(classes) if j != k]).amax(0)
            tried = finish(torch.maximum(pools[k], rest))
            value = worth(guide.bits(tried.numpy()), sharpness(tried, real, torch.zeros(1)).numpy(), goal)
            taken[k] = value.argmax()
            climb.append(float(value.max()))
    return taken, climb


def descend(
    decode: Callable[[Tensor], Tensor], start: Tensor, guide: nn.Module, real: Tensor,
    finish: Callable[[Tensor], Tensor], goal: float = 0.63, steps: int = 120, pull: float = 0.02,
) -> Tensor:  # fmt: skip
    """One latent a class, (classes, latent), moved downhill from `start` to please the guide at sharpness `goal`.

    Args:
        decode: latents to layers (classes, 1, height, width).
        guide: bits (1, classes) of a picture, with gradients.
        pull: price of a unit of mean squared distance from the start.
    """
    z = start.clone().requires_grad_()
    adam = torch.optim.Adam([z], lr=0.03)
    for _ in range(steps):
        x = finish(decode(z).amax(0, keepdim=True))
        lack = (goal - sharpness(x, real, torch.zeros(1))).clamp_min(0).sum()
        loss = -guide(x).clamp_max(1.5).mean() + 8 * lack + pull * (z - start).square().sum(1).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return z.detach()
