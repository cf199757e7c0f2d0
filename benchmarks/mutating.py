"""Changes one operator, comparison, number or call of a module at a time: the mutants of `benchmarks.mutants`.

Python is changed here, JavaScript by mutating.mjs and instead.mjs beside this file.
"""

import ast
import importlib.abc
import importlib.util
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
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


class Change(NamedTuple):
    """A place of a module that can be changed: its line, from 1, what would become what, and how."""

    line: int
    what: str
    how: Any


def changes(path: Path) -> list[Change]:
    """Every change that can be made in a module's file, always in the same order.

    `how` is its number for `changed`, and where the file is JavaScript what `instead.mjs` takes.
    """
    if path.suffix == ".py":
        places = enumerate(_places(ast.parse(path.read_text())))
        return [Change(line, what, number) for number, (line, what, _) in places]
    told = subprocess.run(["node", HERE / "mutating.mjs", path], capture_output=True, text=True, check=True, cwd=HERE)
    edits = [(one, {key: one[key] for key in ("start", "end", "text")}) for one in json.loads(told.stdout)]
    return [Change(one["line"], one["what"], {"path": str(path), **edit}) for one, edit in edits]


def changed(source: str, number: int) -> ast.Module:
    """The tree of a source with that change of `changes` made."""
    tree = ast.parse(source)
    next(place for i, place in enumerate(_places(tree)) if i == number)[2]()
    return ast.fix_missing_locations(tree)


def _places(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], None]]]:
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


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the import system a changed tree in place of a module's file; it goes to the front of `sys.meta_path`."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """The changed module where it is asked for, None for every other."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module: Any) -> None:
        """Runs the changed tree as that module."""
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)
