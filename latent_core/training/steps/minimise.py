"""The inner loop of every small network: losses in, optimiser steps out."""

from collections.abc import Callable, Iterable

from torch import Tensor
from torch.optim import Optimizer

from latent_core.training.steps.checkpoint import Progress

OnStep = Callable[[int, int], None]
"""Told (step, steps) after each step, counted from 1."""
Rate = Callable[[int, int], float]
"""Learning rate at (step, steps), counted from 0."""


def falling(peak: float) -> Rate:
    """From the peak straight down to 0."""
    return lambda step, steps: peak * (1 - step / steps)


def rising_and_falling(peak: float) -> Rate:
    """Up to the peak over the first twentieth of the steps, and down to 0 all the way."""
    return lambda step, steps: peak * min(1, 20 * (step + 1) / steps) * (1 - step / steps)


def minimise(
    optimiser: Optimizer, losses: Iterable[Tensor], steps: int, rate: Rate, on_step: OnStep,
    progress: Progress | None = None,
) -> None:  # fmt: skip
    """One optimiser step per loss.

    Args:
        losses: `steps` scalars; each is computed only when its turn comes, by the weights of that moment.
        progress: of a training that a killed one goes on from; then as many losses fewer are asked for.
    """
    begun = progress.begin() if progress else 0
    for step, loss in zip(range(begun, steps), losses, strict=False):
        for group in optimiser.param_groups:
            group["lr"] = rate(step, steps)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if progress:
            progress.done(step + 1, steps)
        on_step(step + 1, steps)
