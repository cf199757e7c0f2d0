"""Searches of independent rows of theta, here or in several processes: the same result either way."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from latent_core import registry
from latent_core.jobs.worker import end_with_parent
from latent_core.search._objective import cost
from latent_core.search._trials import Trials
from latent_core.search._world import World
from latent_core.search.optimisers import ROOM as OPTIMISER_ROOM

Opener = Callable[[], World]


@dataclass(frozen=True)
class Task:
    """One row of theta to improve in one round: for which classes, from where, and what counts.

    optimiser: one that improves single rows. ratio: (rows,) factor of the latent classifier's errors. noise: seed
    of the trials, the same for all tasks of a round.
    """

    rows: tuple[int, ...]
    start: np.ndarray
    step: np.ndarray
    ratio: np.ndarray
    weight: float
    worst: float
    optimiser: str
    noise: int
    seed: int
    budget: int


Done = tuple[np.ndarray, np.ndarray, int, float]
"""Row of theta (latent,), step (latent,), number of tries, and s of CPU time that another process used for it."""


def work(world: World, task: Task) -> Done:
    """What comes of a task in this process."""
    trials = Trials(world, task.noise, *size(len(task.rows)))

    def value(row: np.ndarray) -> float:
        cosine, error = trials(np.broadcast_to(row, (len(task.rows), len(row))), task.rows)
        return cost(cosine, error * task.ratio, task.weight, task.worst)

    row, step, tries = registry.get(OPTIMISER_ROOM, task.optimiser).improve(
        value, task.start, task.step, task.seed, task.budget
    )
    return row, step, tries, 0.0


def size(rows: int) -> tuple[int, int]:
    """Draws and decoded pictures of each class in a trial: a row for one class has to look closer at that class."""
    return (250, 20) if rows > 1 else (500, 40)


Crew = Callable[[Sequence[Task]], Iterator[Done]]
_here: list[World] = []


@contextmanager
def crew(open_world: Opener, world: World, workers: int) -> Iterator[Crew]:
    """Something that does tasks and yields what came of each, in their order.

    Args:
        open_world: opens the world again in another process; must be importable there.
        world: the one of this process.
        workers: processes; with 1 the work is done here.
    """
    if workers == 1:
        yield lambda tasks: (work(world, task) for task in tasks)
        return
    context = multiprocessing.get_context("spawn")  # a fork would take onnxruntime's threads along, half alive
    with ProcessPoolExecutor(workers, context, _open, (open_world,)) as pool:
        yield lambda tasks: pool.map(_work, tasks)


def _open(open_world: Opener) -> None:
    end_with_parent()
    _here[:] = [open_world()]


def _work(task: Task) -> Done:
    began = time.process_time()
    row, step, tries, _ = work(_here[0], task)
    return row, step, tries, time.process_time() - began
