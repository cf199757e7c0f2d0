"""The room of searches, one file per kind: settings of the generators with the least cosine that are right enough.

A kind's file has TITLE and MEANING for people, ORDER (place in the list), FAMILY (of generators), FORM (what may vary)
and FILTERED (doubtful draws are thrown away). `search(Order(...))` finds theta (classes, latent), as the paper asks for
it: Simple, Medium1 and Medium2 of the diagonal family, and what goes beyond it. Only the reconstruction classifier and
the latent classifier are asked; the classifier of real pictures takes part in no search and scores the result in the
end. Importing this is cheap: cma and torch are imported when a search runs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from latent_core.search._catalogue import KINDS, OPTIMISERS, optimisers
from latent_core.search._kind import BISECTION, Form, Kind, Optimiser
from latent_core.search._order import Order, read
from latent_core.search._paper import TABLE_4, Printed

__all__ = [
    "BISECTION",
    "KINDS",
    "OPTIMISERS",
    "TABLE_4",
    "Form",
    "Kind",
    "Optimiser",
    "Order",
    "Printed",
    "optimisers",
    "read",
    "search",
]

OnStep = Callable[[int, int, tuple[float, float] | None], None]


def search(
    order: Order, on_step: OnStep = lambda step, steps, best: None, state: Path | None = None
) -> dict[str, Any]:  # fmt: skip
    """The best setting of an order, as plain JSON; the same order gives the same theta and scores.

    {"format", "slug", "family", "form", "kind", "optimiser", "accuracy", "worst", "weight", "seed", "theta": (classes,
    latent) 0..1, in steps of .01 (.001 where it is one number), "tau", "scores": those of `models.scores.Scores`
    on fresh noise, "evaluations": settings tried, "seconds" and "cpu_seconds" of search and calibration,
    "scored_seconds" of CPU time for the scores, "command", "points": [[cosine, accuracy], ...] on the way}.

    Args:
        on_step: told (step, steps, the newest (cosine, accuracy) or None).
        state: file that keeps how far it is: a search that was ended goes on there. It
            stays when the search is done: whoever has the result in safety removes it.

    Raises:
        ValueError: it cannot be searched, or no setting is good enough; the message says why.
        BrokenFolder: the model cannot be opened.
    """
    from latent_core.search._searching import search as run

    return run(order, on_step, state)
