"""Mutation testing of the core's mathematics: does a test notice when one operator, comparison or number is changed?

`python -m benchmarks.mutants` changes one thing at a time, runs the module's own tests on it, and lists what no test
noticed. Mutants that change nothing anybody can see (equivalent ones) stay in the list: a person reads it. Each mutant
is a process of its own, and nothing on disk is changed.
"""

import ast
import importlib.abc
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BLENDS = ("test_blend_functions",)
TARGETS = {
    "latent_core.recipes.limits": ("test_recipe", "test_theta"),
    "latent_core.recipes.theta": ("test_theta", "test_recipe"),
    "latent_core.recipes.recipe": ("test_recipe", "test_core"),
    "latent_core.recipes.untrusted": ("test_recipe", "test_core", "test_generateview"),
    "latent_core.evidence.measures": ("test_evidence", "test_reading"),
    "latent_core.evidence.looks": ("test_evidence",),
    "latent_core.evidence.own_ink": ("test_evidence", "test_slow"),
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
SWAPS: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.Mod: ast.Mult,
    ast.MatMult: ast.Add, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or,
    ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "amax": "amin", "amin": "amax", "argmax": "argmin"}
CALLS |= {"clamp_min": "clamp_max", "clamp_max": "clamp_min", "rint": "floor", "maximum": "minimum", "mean": "sum"}
UNSEEN = {"ORDER"}
"""Assignments that are left alone: only the order of these numbers counts."""


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Every mutant of a module: its line, what was changed, and the changed tree."""
    count = sum(1 for _ in _places(ast.parse(source)))
    for number in range(count):
        tree = ast.parse(source)
        line, what, change = next(place for i, place in enumerate(_places(tree)) if i == number)
        change()
        yield line, what, ast.fix_missing_locations(tree)


def _places(tree: ast.Module) -> Iterator[tuple[int, str, Any]]:
    """Line, words and act of every change that can be made in a tree, always in the same order."""
    left_alone: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id in UNSEEN for to in node.targets):
            left_alone |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, (ast.JoinedStr, ast.Raise, ast.Assert)):  # words for people
            left_alone |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, (ast.FunctionDef, ast.AnnAssign)):
            for part in [getattr(node, "annotation", None), getattr(node, "returns", None)]:
                left_alone |= {id(inner) for inner in ast.walk(part)} if part else set()
        if isinstance(node, ast.arg) and node.annotation:
            left_alone |= {id(inner) for inner in ast.walk(node.annotation)}
    for node in ast.walk(tree):
        if id(node) in left_alone:
            continue
        line = getattr(node, "lineno", 0)
        if isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)) and type(node.op) in SWAPS:
            new = SWAPS[type(node.op)]
            words = f"{type(node.op).__name__} to {new.__name__}"
            yield line, words, lambda node=node, new=new: _set(node, "op", new())
        elif isinstance(node, ast.Compare):
            for i, op in enumerate(node.ops):
                if type(op) in SWAPS:
                    new = SWAPS[type(op)]
                    act = lambda node=node, i=i, new=new: node.ops.__setitem__(i, new())  # noqa: E731
                    yield line, f"{type(op).__name__} to {new.__name__}", act
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
            new = ast.UAdd if isinstance(node.op, ast.USub) else None
            yield line, f"without {type(node.op).__name__}", lambda node=node, new=new: _plain(node, new)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield line, f"{node.value} to {not node.value}", lambda node=node: _set(node, "value", not node.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            new = node.value + 1 if isinstance(node.value, int) else node.value * 1.5 + 0.1
            yield line, f"{node.value} to {new}", lambda node=node, new=new: _set(node, "value", new)
        elif isinstance(node, ast.IfExp):
            act = lambda node=node: (lambda a, b: (_set(node, "body", b), _set(node, "orelse", a)))(  # noqa: E731
                node.body, node.orelse
            )
            yield line, "branches swapped", act
        elif isinstance(node, ast.Attribute) and node.attr in CALLS:
            yield line, f"{node.attr} to {CALLS[node.attr]}", lambda n=node: _set(n, "attr", CALLS[n.attr])
        elif isinstance(node, ast.Name) and node.id in CALLS and isinstance(node.ctx, ast.Load):
            yield line, f"{node.id} to {CALLS[node.id]}", lambda n=node: _set(n, "id", CALLS[n.id])


def _set(node: ast.AST, name: str, value: Any) -> None:
    setattr(node, name, value)


def _plain(node: ast.UnaryOp, new: type[ast.unaryop] | None) -> None:
    """Takes a minus or a not away; a double not leaves the truth of the operand."""
    if new:
        node.op = new()
    else:
        node.operand = ast.UnaryOp(ast.Not(), node.operand)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the import system the changed tree in place of a module's file."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module: Any) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def noticed(name: str, number: int, tests: tuple[str, ...]) -> bool:
    """Whether a test fails, or does not end, with that mutant of a module; number -1 is the module as it is."""
    files = [str(ROOT / "tests" / "unit" / f"{test}.py") for test in tests]
    line = [sys.executable, "-m", "benchmarks.mutants", "--one", name, str(number), *files]
    try:
        return subprocess.run(line, cwd=ROOT, capture_output=True, timeout=PATIENCE).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def run_one(name: str, number: str, *files: str) -> int:
    """The exit code of the tests in these files with one mutant of a module; see `noticed`."""
    import pytest

    path = path_of(name)
    if int(number) >= 0:
        _, _, tree = list(mutants(path.read_text()))[int(number)]
        sys.meta_path.insert(0, _Changed(name, path, tree))
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files]))


def path_of(name: str) -> Path:
    """The file of a module."""
    return ROOT / f"{name.replace('.', '/')}.py"


def main(only: list[str]) -> int:
    """Runs the modules whose names hold one of the words, all without any; 1 where fewer than GOAL are noticed."""
    os.chdir(ROOT)
    killed = total = 0
    for name, tests in TARGETS.items():
        if only and not any(word in name for word in only):
            continue
        path = path_of(name)
        source = path.read_text()
        found, lines = list(mutants(source)), source.splitlines()
        if found and noticed(name, -1, tests):
            print(f"{name}: its tests fail as it is", flush=True)
            return 1
        here = 0
        with ThreadPoolExecutor(WORKERS) as pool:
            seen = pool.map(noticed, repeat(name), range(len(found)), repeat(tests))
            for (line, what, _), yes in zip(found, seen, strict=True):
                here += yes
                if not yes:
                    print(f"  {path.name}:{line} {what}: {lines[line - 1].strip()}", flush=True)
        killed, total = killed + here, total + len(found)
        print(f"{name}: {here} of {len(found)} noticed", flush=True)
    print(f"{killed} of {total} mutants noticed, {killed / max(total, 1):.0%}", flush=True)
    return int(killed < GOAL * total)


if __name__ == "__main__":
    sys.exit(run_one(*sys.argv[2:]) if sys.argv[1:2] == ["--one"] else main(sys.argv[1:]))
