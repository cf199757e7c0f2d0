"""Writes what web/ has from Python: types of `props`, limits and terms; `python -m pages.parts.declarations`."""

import inspect
import json
import types
import typing
from pathlib import Path
from typing import Any, Literal

import msgspec

from latent_core.artifacts import write_file
from latent_core.recipes import limits
from pages.parts import props
from pages.parts.terms import TERMS

ENGINE = Path(__file__).resolve().parents[2] / "web" / "engine"
HEAD = "// Written by `make types` from pages/parts/props.py: what the server tells each page's component.\n"
LIMITS_HEAD = """// Written by `make types` from latent_core/recipes/limits.py: the range of each number of a recipe.

/** @typedef {{low: number, high: number, whole: boolean}} Limit both ends included */

"""
TERMS_HEAD = "// Written by `make types` from pages/parts/terms.py: terms that a visitor meets.\n\n"
WORDS = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "any"}


def declarations() -> str:
    """The text of props.d.ts: an interface per record, those of other packages included."""
    records = [one for _, one in inspect.getmembers(props, inspect.isclass) if issubclass(one, msgspec.Struct)]
    return HEAD + "".join(f"\n{_interface(one)}" for one in sorted(records, key=lambda one: one.__name__))


def table() -> str:
    """The text of limits.js: a constant per limit."""
    known = {name: one for name, one in vars(limits).items() if isinstance(one, limits.Limit)}
    return LIMITS_HEAD + "".join(f"{_limit(name, one)}\n" for name, one in known.items())


def _limit(name: str, one: limits.Limit) -> str:
    whole = str(one.whole).lower()
    return f"/** @type {{Limit}} */\nexport const {name} = {{ low: {one.low}, high: {one.high}, whole: {whole} }};"


def terms() -> str:
    """The text of terms.js: each term with what it means and where Learn says more."""
    told = {name: {"title": one.title, "said": one.said, "anchor": one.anchor} for name, one in TERMS.items()}
    return f"{TERMS_HEAD}export const TERMS = {json.dumps(told, indent=2, ensure_ascii=False)};\n"


def texts() -> dict[str, str]:
    """The files that are written, by name."""
    return {"props.d.ts": declarations(), "limits.js": table(), "terms.js": terms()}


def _interface(record: type[msgspec.Struct]) -> str:
    lines = [f"  {one.encode_name}: {_type(one.type)};" for one in msgspec.structs.fields(record)]
    said = " ".join(inspect.cleandoc(record.__doc__ or "").split())
    return "\n".join([f"/** {said} */", f"export interface {record.__name__} {{", *lines, "}", ""])


def _type(annotation: Any) -> str:
    """TypeScript's word for a Python annotation.

    Raises:
        TypeError: there is none.
    """
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in WORDS:
        return WORDS[annotation]
    if inspect.isclass(annotation) and issubclass(annotation, msgspec.Struct):
        return annotation.__name__
    if origin is Literal:
        return " | ".join(f'"{one}"' for one in inner)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(_type(one) for one in inner)
    if origin is list or (origin is tuple and inner[-1] is Ellipsis):
        return f"Array<{_type(inner[0])}>"
    if origin is tuple:
        return f"[{', '.join(_type(one) for one in inner)}]"
    if origin is dict:
        return f"Record<{_type(inner[0])}, {_type(inner[1])}>"
    raise TypeError(f"{annotation} has no word in TypeScript")


if __name__ == "__main__":
    for name, text in texts().items():
        write_file(ENGINE / name, text.encode())
