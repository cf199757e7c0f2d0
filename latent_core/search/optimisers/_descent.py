"""Gradient descent on theta with torch, through the decoder and a latent classifier that every round fits anew.

z is linear in theta in every family, so that cosine and expected error have gradients by all thetas at once, however
many there are. That is also why a latent classifier that stayed as it was would be exploited at once: each round starts
by asking the reconstruction classifier about the present setting and its surroundings, and fits a new one to that.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.search._crew import Done, Task
from latent_core.search._objective import SACRIFICE
from latent_core.search._trials import SHARP, noise_of
from latent_core.search._world import World

RATE = 0.03
"""Adam's step in theta."""
ASKED, AROUND = 600, (0.5, 1.5)
"""Draws of each class that a round's latent classifier learns from, between these multiples of the present theta."""
HIDDEN, FITTED, BATCH = 128, 1200, 250
"""Units of its two layers, its optimiser steps, and rows a step."""
DRAWS, PICTURES = 200, 30
"""Draws of each class in a step, and how many of them are decoded."""
PRIOR = 5.0
"""As in `rounds`."""


def crew(world: World) -> Callable[[Sequence[Task]], Iterator[Done]]:
    """Something that does all tasks of a round at once and yields what came of each."""
    torch.set_num_threads(1)
    layers = [(torch.from_numpy(w.copy()), torch.from_numpy(b.copy())) for w, b in world.layers()]
    return lambda tasks: iter(_round(world, layers, tasks))


def pictures(layers: Sequence[tuple[Tensor, Tensor]], z: Tensor) -> Tensor:
    """(n, pixels) 0..1 of latents (n, latent): dense layers with softplus between them and a logistic end."""
    for weight, bias in layers[:-1]:
        z = F.softplus(F.linear(z, weight, bias))
    return torch.sigmoid(F.linear(z, *layers[-1]))


def _round(world: World, layers: Sequence[tuple[Tensor, Tensor]], tasks: Sequence[Task]) -> list[Done]:
    """Fits a latent classifier around the tasks' start and descends."""
    first, classes = tasks[0], len(world.classes)
    start = np.stack([task.start for task in tasks])
    belongs = np.empty(classes, np.int64)
    for i, task in enumerate(tasks):
        belongs[list(task.rows)] = i
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(first.seed)
        latent_classifier, ratio = _fitted(world, start[belongs], first.noise + 1)
    ground = torch.from_numpy(np.asarray(world.ground, np.float32))
    noise = noise_of(world, first.noise, DRAWS)
    base, push = _parts(world, noise)
    theta = torch.from_numpy(start).float().requires_grad_()
    adam = torch.optim.Adam([theta], lr=RATE)
    for step in range(first.budget):
        adam.param_groups[0]["lr"] = RATE * (1 - 0.9 * step / first.budget)
        z = base + theta[belongs] * push
        shown = pictures(layers, z[:PICTURES].flatten(0, 1)).reshape(PICTURES, classes, -1)
        error = _doubt(latent_classifier(z.flatten(0, 1)).reshape(DRAWS, classes, classes)).mean(0) * ratio
        over = F.relu(error - (1 - first.worst))
        loss = (_cosine(shown - ground) + first.weight * (error + SACRIFICE * over)).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        with torch.no_grad():
            theta.clamp_(0, 1)
    found = theta.detach().double().numpy()
    both = zip(found, tasks, strict=True)
    return [(row, task.step, first.budget if i == 0 else 0, 0.0) for i, (row, task) in enumerate(both)]


def _fitted(world: World, theta: np.ndarray, seed: int) -> tuple[nn.Module, Tensor]:
    """A latent classifier (to log-odds) for the surroundings of theta (classes, latent), and by class the errors of the
    reconstruction classifier over those that it expects."""
    base, push = _parts(world, noise_of(world, seed, ASKED))
    wide = torch.linspace(*AROUND, ASKED)[:, None, None]
    z = base + (torch.from_numpy(theta).float() * wide).clamp(max=1) * push
    classes = z.shape[1]
    taught = torch.from_numpy(world.classify(world.pictures(z.numpy()).reshape(ASKED * classes, -1))).float()
    flat = z.flatten(0, 1)
    middle, scale = flat.mean(0), flat.std(0).clamp_min(1e-3)
    body = nn.Sequential(
        nn.Linear(z.shape[2], HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, HIDDEN), nn.SiLU(), nn.Linear(HIDDEN, classes)
    )
    latent_classifier = nn.Sequential(_Standard(middle, scale), body)
    adam = torch.optim.AdamW(body.parameters(), lr=3e-3, weight_decay=1e-3)
    for step in range(FITTED):
        adam.param_groups[0]["lr"] = 3e-3 * (1 - step / FITTED)
        chosen = torch.randint(0, len(flat), (BATCH,))
        loss = F.cross_entropy(latent_classifier(flat[chosen]), taught[chosen])
        adam.zero_grad()
        loss.backward()
        adam.step()
    with torch.no_grad():
        expected = _doubt(latent_classifier(flat).reshape(ASKED, classes, classes))
    wrong = (taught.reshape(ASKED, classes, classes).argmax(2) != torch.arange(classes)).float()
    common = (wrong.sum() / expected.sum()).clamp(0.05, 20)
    return latent_classifier, ((wrong.sum(0) + PRIOR * common) / (expected.sum(0) + PRIOR)).clamp(0.05, 20)


def _doubt(logits: Tensor) -> Tensor:
    """Whether draws will be taken for another class, (draws, classes) 0..1; see `trials.doubt`."""
    wanted = torch.eye(logits.shape[2], dtype=torch.bool)
    others = logits.masked_fill(wanted, -torch.inf).amax(2)
    return torch.sigmoid(-SHARP * (torch.diagonal(logits, dim1=1, dim2=2) - others))


class _Standard(nn.Module):
    """Latents from which their mean is taken and which are divided by their spread."""

    def __init__(self, middle: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.middle, self.scale = middle, scale

    def forward(self, z: Tensor) -> Tensor:
        return (z - self.middle) / self.scale


def _parts(world: World, noise: np.ndarray) -> tuple[Tensor, Tensor]:
    """base and push, each (draws, classes, latent), with z = base + theta push."""
    classes = range(noise.shape[1])
    ends = [world.latents(np.full((len(classes), world.latent), end, np.float32), noise, classes) for end in (0, 1)]
    base, far = (torch.from_numpy(np.asarray(end, np.float32)) for end in ends)
    return base, far - base


def _cosine(shown: Tensor) -> Tensor:
    """Mean cosine of pairs of one class (classes,) of pictures (draws, classes, pixels); see `metrics`."""
    draws = len(shown)
    unit = shown / shown.norm(dim=2, keepdim=True).clamp_min(1e-12)
    return (unit.sum(0).square().sum(1) - draws) / (draws * (draws - 1))
