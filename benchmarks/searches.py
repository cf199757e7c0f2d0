"""Searches as somebody would order them: the command in a process of its own, its result, and what it cost."""

import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.report import ROOT
from latent_core.artifacts import layout
from latent_core.search import Order

ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""One core for everything."""


def searched(order: Order, models: Path, kept: Path) -> dict[str, Any]:
    """The result of an order with "cold_seconds": CPU time of the whole command, from a cold start.

    Args:
        models: folder of models.
        kept: folder of results; one that is there already, of the same model and order, is not searched for again.
    """
    card = (models / order.model / layout.CARD).read_bytes()
    words = json.dumps(order.identity(), sort_keys=True).encode() + card
    out = kept / f"{order.model.replace('/', '-')}-{order.kind}-{hashlib.sha256(words).hexdigest()[:12]}.json"
    if not out.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        scratch = out.with_suffix(".running.json")
        before = _used()
        line = [sys.executable, *order.command().split()[1:], "--out", str(scratch)]
        subprocess.run(line, cwd=ROOT, env=os.environ | ALONE | {"MEDLEY_MODELS": str(models)}, check=True)
        found = json.loads(scratch.read_text())
        scratch.write_text(json.dumps({**found, "cold_seconds": round(_used() - before, 2)}))
        scratch.replace(out)
    result: dict[str, Any] = json.loads(out.read_text())
    return result


def _used() -> float:
    """CPU seconds of all processes that have ended here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def trial_cost(model: str, tries: int = 30) -> list[float]:
    """CPU time in ms of each trial of 1,500 draws by the scorer with 200 decoded pictures, Medium1's kind."""
    import numpy as np

    from latent_core.search._trials import Trials
    from latent_core.search._world import ModelWorld

    world = ModelWorld(model, "diagonal")
    classes = len(world.classes)
    trials = Trials(world, 1, 1500 // classes, 200 // classes)
    theta, cost = np.full((classes, world.latent), 0.4), []
    for _ in range(tries + 1):
        began = time.process_time()
        trials(theta, range(classes))
        cost.append(1000 * (time.process_time() - began))
    return cost[1:]  # the first one warms up
