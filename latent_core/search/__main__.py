"""A search in a process of its own: `python -m latent_core.search` reads an order and writes how it goes.

The order is that of `latent_core.search._order.read`; what is written is told in `jobs.worker`, with "best":
[cosine, accuracy] where there is a new point. The state of an ended search is kept in the user's temporary folder, so
that the same order goes on where it was.
"""

import hashlib
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from latent_core import search
from latent_core.jobs import worker

MOST_SECONDS = 600
KEPT = 86_400.0
"""s that the state of an ended search is kept."""


def work(values: dict[str, Any]) -> dict[str, Any]:
    """The result of an order.

    Raises:
        LookupError, ValueError: there is none; the message says why.
    """
    order = search.read(values)
    progress, told = worker.Progress(), [None]

    def on_step(step: int, steps: int, best: Any) -> None:
        news = {"best": best} if best != told[-1] else {}
        told.append(best)
        progress(step, steps, **news)

    state = place(order)
    found = search.search(order, on_step, state)
    state.unlink(missing_ok=True)
    return found


def place(order: search.Order) -> Path:
    """Where the state of an order is kept; states that nobody came back for are removed."""
    folder = Path(tempfile.gettempdir()) / f"medley-search-{os.getuid() if hasattr(os, 'getuid') else 0}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.json"):
        if time.time() - old.stat().st_mtime > KEPT:
            old.unlink(missing_ok=True)
    words = json.dumps(order.identity() | {"models": os.environ.get("MEDLEY_MODELS", "")}, sort_keys=True)
    return folder / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.json"


if __name__ == "__main__":
    worker.answer(work, MOST_SECONDS)
