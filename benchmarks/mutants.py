"""Mutation testing of the core's mathematics: does a test notice when one operator, comparison or number is changed?

`python -m benchmarks.mutants` changes one thing at a time, runs the module's own tests on it, and lists what no test
noticed. Mutants that change nothing anybody can see (equivalent ones) stay in the list: a person reads it. Each mutant
is a forked process, so that the libraries are imported once; nothing on disk is changed.
"""

import ast
import importlib.abc
import importlib.util
import os
import sys
import time
from collections.abc import Iterator
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


def noticed(name: str, path: Path, tree: ast.Module, tests: tuple[str, ...]) -> bool:
    """Whether a test fails, or does not end, with the changed module."""
    child = os.fork()
    if not child:
        import pytest

        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, _Changed(name, path, tree))
        files = [str(ROOT / "tests" / "unit" / f"{test}.py") for test in tests]
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *files])))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return True


def main(only: list[str]) -> int:
    """Runs the modules whose names hold one of the words, all without any; 1 where fewer than GOAL are noticed."""
    import hypothesis
    import onnxruntime
    import sklearn.metrics
    import streamlit.testing.v1
    import torch

    _ = hypothesis, onnxruntime, sklearn.metrics, streamlit.testing.v1, torch  # imported once for all the forks
    os.chdir(ROOT)
    killed = total = 0
    for name, tests in TARGETS.items():
        if only and not any(word in name for word in only):
            continue
        path = ROOT / f"{name.replace('.', '/')}.py"
        source = path.read_text()
        here, lines = 0, source.splitlines()
        found = list(mutants(source))
        if found and noticed(name, path, ast.parse(source), tests):
            print(f"{name}: its tests fail as it is", flush=True)
            return 1
        for line, what, tree in found:
            if noticed(name, path, tree, tests):
                here += 1
            else:
                print(f"  {path.name}:{line} {what}: {lines[line - 1].strip()}", flush=True)
        killed, total = killed + here, total + len(found)
        print(f"{name}: {here} of {len(found)} noticed", flush=True)
    print(f"{killed} of {total} mutants noticed, {killed / max(total, 1):.0%}", flush=True)
    return int(killed < GOAL * total)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
