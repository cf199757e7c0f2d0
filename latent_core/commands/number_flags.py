"""Numbers in flags are read as those in links and fields are."""

from collections.abc import Callable
from typing import Any

from tyro.constructors import ConstructorRegistry, PrimitiveConstructorSpec, PrimitiveTypeInfo

from latent_core.recipes import numbers


def number_flags() -> ConstructorRegistry:
    """The rule for tyro by which `int` and `float` take what `numbers.read` takes, and nothing else."""
    registry = ConstructorRegistry()

    @registry.primitive_rule
    def rule(info: PrimitiveTypeInfo) -> PrimitiveConstructorSpec[Any] | None:
        if info.type not in (int, float):
            return None
        kind: type[int] | type[float] = info.type
        return PrimitiveConstructorSpec(
            nargs=1,
            metavar=kind.__name__.upper(),
            instance_from_str=_reader(kind),
            is_instance=lambda given: isinstance(given, kind) or (kind is float and isinstance(given, int)),
            str_from_instance=lambda given: [str(given)],
        )

    return registry


def _reader(kind: type[int] | type[float]) -> Callable[[list[str]], int | float]:
    def read(words: list[str]) -> int | float:
        (text,) = words
        found = numbers.read(text, whole=kind is int)
        if found is None:
            what = "whole number" if kind is int else "number"
            raise ValueError(numbers.doubt(text) or f"“{text[:40]}” is no {what}")
        return kind(found)

    return read
