"""Finds the entries of a room, so that nothing is listed twice: a new entry is a new file and nothing else.

A room is a package of `ROOMS`. An underscore before a module's name marks machinery; every other module of the room is
an entry and holds what the room's docstring asks for. Rooms inside a room are rooms of their own.
"""

import importlib
import importlib.util
import inspect
import pkgutil
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")

ROOMS = (
    "blends",
    "datasets",
    "generators",
    "projections",
    "search",
    "search.optimisers",
    "slow",
    "training.networks",
    "training.objectives",
)


def names(room: str) -> list[str]:
    """Names of a room's entries, alphabetical, without importing any of them.

    Args:
        room: package below latent_core, with dots: "datasets", "training.objectives".

    Raises:
        LookupError: there is no such room.
    """
    folders = _folders(room)
    return list(_entries(folders, tuple(folder.stat().st_mtime_ns for folder in folders)))


@cache
def _folders(room: str) -> tuple[Path, ...]:
    """Where a room's files lie."""
    spec = importlib.util.find_spec(f"latent_core.{room}")
    if spec is None or spec.submodule_search_locations is None:
        raise LookupError(f"latent_core has no room '{room}'")
    return tuple(map(Path, spec.submodule_search_locations))


@lru_cache(4 * len(ROOMS))
def _entries(folders: tuple[Path, ...], changed: tuple[int, ...]) -> tuple[str, ...]:
    """The entries in these folders, which are listed anew when one has changed: a page asks some twenty times a run."""
    found = pkgutil.iter_modules(map(str, folders))
    return tuple(sorted(module.name for module in found if not module.name.startswith("_") and not module.ispkg))


def get(room: str, name: str) -> ModuleType:
    """The module behind a name; "label-guided" and "label_guided" are the same name.

    Raises:
        LookupError: the room has no such entry; the message says which ones it has.
    """
    module = name.replace("-", "_")
    present = names(room)
    if module not in present:
        raise LookupError(f"latent_core.{room} has no '{name}'; it has {present}")
    return importlib.import_module(f"latent_core.{room}.{module}")


def only(room: str, name: str, base: type[T]) -> type[T]:
    """The one subclass of `base` that the entry's file defines.

    Raises:
        LookupError: the room has no such entry, or its file defines none or several.
    """
    module = get(room, name)
    found = [
        value for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, base) and value.__module__ == module.__name__
    ]  # fmt: skip
    if len(found) != 1:
        raise LookupError(f"{module.__name__} defines {len(found)} of {base.__name__}; it must define one")
    return found[0]


def ordered(room: str) -> dict[str, ModuleType]:
    """The modules of a room by name, in the order in which people see them: of their ORDER, a number."""
    modules = {name: get(room, name) for name in names(room)}
    return dict(sorted(modules.items(), key=lambda entry: entry[1].ORDER))
