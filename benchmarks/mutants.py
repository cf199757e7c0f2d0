"""Mutation testing of the core's mathematics: does a test notice when one operator, comparison or number is changed?

`python -m benchmarks.mutants` makes one change at a time, runs the module's own tests on it, lists the changes that no
test noticed and writes benchmarks/results/mutants.json. What survived keeps its `why` there: a reason, written by hand,
for which nobody can notice it. `--again` tries only those that survived the last time, and the modules that have
changed since. Each mutant is tried in a process of its own, and no file of the core is changed.
"""

import contextlib
import hashlib
import importlib.util
import json
import multiprocessing
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.mutating import Instead, changed, changes

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "mutants.json"
BLENDS = ("test_blend_functions",)
TARGETS = {
    "latent_core.recipes.limits": ("test_recipe", "test_theta"),
    "latent_core.recipes.theta": ("test_theta", "test_recipe"),
    "latent_core.recipes.recipe": ("test_recipe", "test_core"),
    "latent_core.recipes.untrusted": ("test_untrusted", "test_recipe", "test_core"),
    "latent_core.evidence.measures": ("test_evidence", "test_reading"),
    "latent_core.evidence.looks": ("test_evidence",),
    "latent_core.evidence.own_ink": ("test_evidence",),
    "latent_core.evidence.judge": ("test_evidence", "test_reading"),
    **{f"latent_core.blends.{path.stem}": BLENDS for path in sorted((ROOT / "latent_core/blends").glob("[!_]*.py"))},
    "latent_core.blends._plan": BLENDS,
    "latent_core.blends._helpers": BLENDS,
}
"""Modules, and the test files that hold their facts, the quickest first."""
GOAL = 0.85
"""Share of mutants that tests must notice."""
PATIENCE = 120
"""s that a mutant's tests may take; a mutant that never ends is noticed."""
WORKERS = int(os.environ.get("WORKERS", "2"))
"""Mutants that are tried at the same time."""
NO_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HEAVY = ("numpy", "torch", "onnx", "onnxruntime", "sklearn.metrics", "hypothesis.extra.numpy", "PIL.Image", "pytest")
"""What takes seconds to import, and is imported once: mutants' processes are forked from one that only imported it.

A process in which onnxruntime or torch has computed anything has threads, and its forks hang."""


_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([one for one in HEAVY if importlib.util.find_spec(one.partition(".")[0])])


def noticed(name: str, number: int) -> bool:
    """Whether a test fails, or does not end, with that change of a module; number -1 is the module as it is."""
    child = _FORKS.Process(target=_try, args=(name, number))
    child.start()
    child.join(PATIENCE)
    late = child.is_alive()
    child.kill()
    child.join()
    return late or child.exitcode != 0


def _try(name: str, number: int) -> None:
    """Ends this process with the exit code of the module's tests; see `noticed`.

    Random examples are the same in every process, and a failing one is not made smaller: that it fails is enough.
    """
    import hypothesis
    import pytest

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, phases=phases, deadline=None)
    hypothesis.settings.load_profile("mutants")
    if number >= 0:
        path = path_of(name)
        sys.meta_path.insert(0, Instead(name, path, changed(path.read_text(), number)))
    files = [str(ROOT / "tests" / "unit" / f"{test}.py") for test in TARGETS[name]]
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    with contextlib.chdir(ROOT):
        code = pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *files])
    os._exit(int(code))


def path_of(name: str) -> Path:
    """The file of a module."""
    return ROOT / f"{name.replace('.', '/')}.py"


def module(name: str, before: dict[str, Any], again: bool) -> dict[str, Any]:
    """Tries a module's mutants: how many were tried and noticed, and the survivors, with the reasons of `before`.

    Args:
        before: what this function gave the last time, {} when never; with `again` only its survivors are tried, where
            the module is the same.

    Raises:
        ValueError: its tests fail on the module as it is.
    """
    source = path_of(name).read_text()
    found, lines, mark = changes(source), source.splitlines(), hashlib.sha256(source.encode()).hexdigest()[:12]
    old = before.get("survivors", [])
    numbers: Iterable[int] = range(len(found))
    if again and before.get("source") == mark:
        numbers = [one["number"] for one in old]
    if numbers and noticed(name, -1):
        raise ValueError(f"{name}: its tests fail as it is")
    reasons = {(one["change"], one["text"]): one["why"] for one in old if "why" in one}
    survivors = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for number, yes in zip(numbers, pool.map(lambda number: noticed(name, number), numbers), strict=True):
            if not yes:
                line, what = found[number]
                one = {"number": number, "line": line, "change": what, "text": lines[line - 1].strip()}
                why = reasons.get((what, one["text"]))
                survivors.append(one | ({"why": why} if why else {}))
                print(f"  {path_of(name).name}:{line} {what}: {one['text']}", flush=True)
    caught = len(found) - len(survivors)
    print(f"{name}: {caught} of {len(found)} noticed", flush=True)
    return {"source": mark, "tried": len(found), "noticed": caught, "survivors": survivors}


def main(words: list[str]) -> int:
    """Runs the modules whose names hold one of the words, all without any; 1 where fewer than GOAL are noticed."""
    again, only = "--again" in words, [word for word in words if word != "--again"]
    os.environ.update(NO_THREADS)
    held: dict[str, Any] = json.loads(RESULT.read_text())["modules"] if RESULT.exists() else {}
    held = {name: held.get(name, {}) for name in TARGETS}
    tried, caught = _save(held)
    for name in TARGETS:
        if not only or any(word in name for word in only):
            held[name] = module(name, held[name], again)
            tried, caught = _save(held)
    print(f"{caught} of {tried} mutants noticed, {caught / max(tried, 1):.1%}", flush=True)
    return int(caught < GOAL * tried)


def _save(held: dict[str, Any]) -> tuple[int, int]:
    """Writes the result of all modules; how many mutants were tried and noticed in all of them."""
    tried, caught = (sum(one.get(what, 0) for one in held.values()) for what in ("tried", "noticed"))
    share = round(caught / max(tried, 1), 3)
    facts = {"tried": tried, "noticed": caught, "share": share, "goal": GOAL, "modules": held}
    RESULT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    return tried, caught


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
