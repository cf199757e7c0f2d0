"""Writes web/engine/props.d.ts, the types of `props` for JavaScript: `python -m pages.parts.declarations`."""

import inspect
import types
import typing
from pathlib import Path
from typing import Any, Literal

import msgspec

from latent_core.artifacts import write_file
from pages.parts import props

TARGET = Path(__file__).resolve().parents[2] / "web" / "engine" / "props.d.ts"
HEAD = "// Written by `make types` from pages/parts/props.py: what the server tells each page's component.\n"
WORDS = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "any"}


def declarations() -> str:
    """The text of props.d.ts: an interface per record, those of other packages included."""
    records = [one for _, one in inspect.getmembers(props, inspect.isclass) if issubclass(one, msgspec.Struct)]
    return HEAD + "".join(f"\n{_interface(one)}" for one in sorted(records, key=lambda one: one.__name__))


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
    write_file(TARGET, declarations().encode())
