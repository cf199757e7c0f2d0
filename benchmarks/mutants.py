"""Mutation testing of what is computed by hand, in the core and in the browser: does a test notice a changed operator?

`python -m benchmarks.mutants` changes one operator, comparison, number or call at a time, runs the module's own tests,
lists the changes that no test noticed and writes benchmarks/results/mutants.json. What survived keeps its `why` there:
the reason, written by hand, for which nobody can notice it. `--again` tries only those that survived the last time, and
the modules that have changed since. Each mutant is tried in a process of its own, and no file is changed.
"""

import contextlib
import hashlib
import importlib.util
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.mutating import HERE, Instead, changed, changes

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "mutants.json"
BLENDS = ("unit/test_blend_functions.py",)
READING = ("unit/test_evidence.py", "unit/test_reading.py")
NUMBERS, WORDS, ENGINE = "web/test_numbers.py", "web/test_words.py", "web/engine.test.js"
TARGETS = {
    "latent_core/recipes/limits.py": ("unit/test_recipe.py", "unit/test_theta.py"),
    "latent_core/recipes/theta.py": ("unit/test_theta.py", "unit/test_recipe.py"),
    "latent_core/recipes/recipe.py": ("unit/test_recipe.py", "unit/test_core.py"),
    "latent_core/recipes/untrusted.py": ("unit/test_untrusted.py", "unit/test_recipe.py", "unit/test_core.py"),
    "latent_core/evidence/measures.py": READING,
    "latent_core/evidence/looks.py": READING[:1],
    "latent_core/evidence/own_ink.py": READING[:1],
    "latent_core/evidence/judge.py": READING,
    **{f"latent_core/blends/{one.name}": BLENDS for one in sorted((ROOT / "latent_core/blends").glob("[!_]*.py"))},
    "latent_core/blends/_plan.py": BLENDS,
    "latent_core/blends/_helpers.py": BLENDS,
    "web/engine/arrays.js": (ENGINE,),
    "web/engine/evidence.js": (WORDS,),
    "web/engine/leave_one_out.js": (ENGINE,),
    "web/engine/mix.js": (ENGINE, NUMBERS),
    "web/engine/names.js": (WORDS,),
    "web/engine/noise.js": (NUMBERS,),
    "web/engine/safetensors.js": (ENGINE, NUMBERS),
    "web/engine/sentences.js": (WORDS,),
    "web/engine/theta.js": (NUMBERS,),
}
"""Modules, and the test files that hold their facts, the quickest first."""
GOAL = 0.85
"""Share of mutants that tests must notice."""
PATIENCE, AT_LEAST = 10, 30.0
"""How many times as long as without a change the tests may take, and s that they may take in any case; a mutant that
never ends is noticed."""
WORKERS = int(os.environ.get("WORKERS", "2"))
"""Mutants that are tried at the same time."""
NO_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HEAVY = ("numpy", "torch", "onnx", "onnxruntime", "sklearn.metrics", "hypothesis.extra.numpy", "PIL.Image", "pytest")
"""What takes seconds to import, and is imported once: mutants' processes are forked from one that only imported it.

A process in which onnxruntime or torch has computed anything has threads, and its forks hang."""


_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([one for one in HEAVY if importlib.util.find_spec(one.partition(".")[0])])


def noticed(name: str, how: Any = None, patience: float = 600) -> bool:
    """Whether a test fails, or does not end in `patience` s, with that change of a module; None is no change."""
    child = _FORKS.Process(target=_try, args=(name, how))
    child.start()
    child.join(patience)
    late = child.is_alive()
    with contextlib.suppress(ProcessLookupError):  # all that it has started
        os.killpg(child.pid or 0, signal.SIGKILL)
    child.join()
    return late or child.exitcode != 0


def _try(name: str, how: Any) -> None:
    """Ends this process with 0 where the module's tests pass; see `noticed`.

    Random examples are the same in every process, and a failing one is not made smaller: that it fails is enough.
    """
    import hypothesis
    import pytest

    os.setpgrp()
    os.chdir(ROOT)
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutants", database=None, derandomize=True, phases=phases, deadline=None)
    hypothesis.settings.load_profile("mutants")
    path = ROOT / name
    if how is not None and path.suffix == ".js":
        os.environ |= {"MUTANT": json.dumps(how), "NODE_OPTIONS": f"--import={(HERE / 'instead.mjs').as_uri()}"}
    elif how is not None:
        dotted = name.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, Instead(dotted, path, changed(path.read_text(), how)))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    files = [str(ROOT / "tests" / test) for test in TARGETS[name]]
    code = 0
    for file in (one for one in files if one.endswith(".js")):
        code = code or subprocess.run(["node", "--test", file]).returncode
    python = [one for one in files if one.endswith(".py")]
    if python and not code:
        code = int(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *python]))
    os._exit(int(code != 0))


def module(name: str, before: dict[str, Any], again: bool) -> dict[str, Any]:
    """Tries a module's mutants: how many were tried and noticed, and the survivors, with the reasons of `before`.

    Args:
        before: what this function gave the last time, {} when never; with `again` only its survivors are tried, where
            the module is the same.

    Raises:
        ValueError: its tests fail on the module as it is.
    """
    source = (ROOT / name).read_text()
    found, lines, mark = changes(ROOT / name), source.splitlines(), hashlib.sha256(source.encode()).hexdigest()[:12]
    old = before.get("survivors", [])
    numbers: Iterable[int] = range(len(found))
    if again and before.get("source") == mark:
        numbers = [one["number"] for one in old]
    began = time.monotonic()
    if numbers and noticed(name):
        raise ValueError(f"{name}: its tests fail as it is")
    patience = max(AT_LEAST, PATIENCE * (time.monotonic() - began))
    reasons = {(one["change"], one["text"]): one["why"] for one in old if "why" in one}
    survivors = []
    with ThreadPoolExecutor(WORKERS) as pool:
        seen = pool.map(lambda number: noticed(name, found[number].how, patience), numbers)
        for number, yes in zip(numbers, seen, strict=True):
            if not yes:
                line, what, _ = found[number]
                one = {"number": number, "line": line, "change": what, "text": lines[line - 1].strip()}
                why = reasons.get((what, one["text"]))
                survivors.append(one | ({"why": why} if why else {}))
                print(f"  {name}:{line} {what}: {one['text']}", flush=True)
    caught = len(found) - len(survivors)
    print(f"{name}: {caught} of {len(found)} noticed", flush=True)
    return {"source": mark, "tried": len(found), "noticed": caught, "survivors": survivors}


def main(words: list[str]) -> int:
    """Runs the modules whose names hold one of the words, all without any; 1 where fewer than GOAL are noticed."""
    again, only = "--again" in words, [word for word in words if word != "--again"]
    os.environ.update(NO_THREADS)
    totals = _save({})
    for name in TARGETS:
        if not only or any(word in name for word in only):
            totals = _save({name: module(name, _held().get(name, {}), again)})
    for room, one in totals.items():
        print(f"{room}: {one['noticed']} of {one['tried']} mutants noticed, {one['share']:.1%}", flush=True)
    return int(any(one["share"] < GOAL for one in totals.values()))


def _held() -> dict[str, Any]:
    """The result of each module, as the file has it."""
    held: dict[str, Any] = json.loads(RESULT.read_text())["modules"] if RESULT.exists() else {}
    return held


def _save(new: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Adds results to the file; how many mutants were tried and noticed in the core and in the engine."""
    held = _held() | new
    held = {name: held[name] for name in TARGETS if name in held}
    totals = {}
    for room in ("latent_core", "web/engine"):
        within = [one for name, one in held.items() if name.startswith(room)]
        tried, caught = (sum(one[what] for one in within) for what in ("tried", "noticed"))
        totals[room] = {"tried": tried, "noticed": caught, "share": round(caught / max(tried, 1), 3)}
    facts = {"goal": GOAL, **totals, "modules": held}
    RESULT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
    return totals


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
