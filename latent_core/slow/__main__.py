"""One slower blend in a process of its own: `python -m latent_core.slow` reads an order and writes how it goes.

The order is one line of JSON on standard input: {"method", "recipe", "groups": text of `grouplink`}, all of it checked
by whoever sends it. The answer is lines of JSON on standard output: {"step", "steps"} while it works, and at the end
either {"finished"}, all of the picture, or {"refused"}, a sentence. The process is nice to the server beside it and
ends after a minute of work.
"""

import json
import os
import sys
import time
from typing import Any

from latent_core import grouplink, groups, slow
from latent_core.model import Model
from latent_core.recipe import Recipe
from latent_core.slow._parcel import packed

MOST_SECONDS = 60
EVERY = 0.05
"""s between two lines about progress."""


def main() -> None:
    """Takes one order and answers it."""
    _be_modest()
    order = json.loads(sys.stdin.readline())
    try:
        _say(finished=packed(_make(order)))
    except (LookupError, ValueError) as error:
        _say(refused=str(error))


def _make(order: dict[str, Any]) -> slow.Finished:
    """The ordered blend.

    Raises:
        LookupError, ValueError: it cannot be made; the message says why.
    """
    recipe = Recipe(**{**order["recipe"], "w": tuple(order["recipe"]["w"].items())})
    model = Model(recipe.slug)
    known, _ = grouplink.parse(order["groups"], {recipe.data: model.card.rows})
    return slow.make(order["method"], recipe, _Progress(), groups.with_groups(model, known))


class _Progress:
    """Writes a line now and then."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, step: int, steps: int) -> None:
        if time.monotonic() - self.last > EVERY:
            self.last = time.monotonic()
            _say(step=step, steps=steps)


def _be_modest() -> None:
    """Lower priority and an end to endless work, where the system has such limits."""
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def _say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
