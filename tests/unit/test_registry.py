"""One rule of rooms: every module without an underscore is an entry, and holds what its room asks for."""

import importlib
import os
from pathlib import Path
from types import ModuleType

import pytest

from latent_core import registry
from latent_core.datasets import About
from latent_core.search import Form
from latent_core.training.networks import Network
from latent_core.training.objectives import Objective

LISTED = {"TITLE": str, "MEANING": str, "ORDER": int}
"""What a room's entries have that people choose from a list."""
ASKED: dict[str, dict[str, type]] = {
    "blends": {**LISTED, "USES_DEPTH": bool},
    "datasets": {"ABOUT": About},
    "generators": LISTED,
    "projections": {},
    "search": {**LISTED, "FAMILY": str, "FORM": Form, "FILTERED": bool},
    "search.optimisers": {**LISTED, "BUDGET": int, "NEEDS": str},
    "slow": LISTED,
}
FUNCTIONS = {
    "blends": ["blend"],
    "datasets": ["load"],
    "generators": ["latents"],
    "projections": ["project"],
    "slow": ["why_not", "make"],
}
ENTRIES = [(room, name) for room in registry.ROOMS for name in registry.names(room)]


@pytest.mark.parametrize(("room", "name"), ENTRIES)
def test_an_entry_holds_what_its_room_asks_for(room: str, name: str) -> None:
    entry = registry.get(room, name)
    assert (entry.__doc__ or "").strip(), "its docstring says in one sentence what it is"
    for constant, of_type in ASKED.get(room, {}).items():
        assert isinstance(getattr(entry, constant), of_type), constant
    for function in [] if hasattr(entry, "OWN") else FUNCTIONS.get(room, []):  # else each model has its own graph
        assert callable(getattr(entry, function)), function


@pytest.mark.parametrize("room", registry.ROOMS)
def test_a_room_has_entries_and_says_what_they_hold(room: str) -> None:
    said = importlib.import_module(f"latent_core.{room}").__doc__ or ""
    assert registry.names(room)
    assert all(word in said for word in [*ASKED.get(room, {}), *FUNCTIONS.get(room, [])]), "its docstring is the rule"


@pytest.mark.parametrize(
    ("room", "base", "name"),
    [
        (room, base, name)
        for room, base in (("training.objectives", Objective), ("training.networks", Network))
        for name in registry.names(room)
    ],
)
def test_a_file_of_the_workshop_defines_the_one_thing_that_its_room_is_about(room: str, base: type, name: str) -> None:
    assert issubclass(registry.only(room, name, base), base)


@pytest.mark.parametrize("room", [room for room, asked in ASKED.items() if "ORDER" in asked])
def test_people_see_entries_in_their_order(room: str) -> None:
    modules: list[ModuleType] = list(registry.ordered(room).values())
    orders = [module.ORDER for module in modules]
    assert orders == sorted(set(orders)), "no two have one place"


def test_what_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(LookupError, match="no room 'nowhere'"):
        registry.names("nowhere")
    with pytest.raises(LookupError, match=r"latent_core.blends has no 'slerp'; it has \[.*'spherical'"):
        registry.get("blends", "slerp")
    assert registry.get("training.objectives", "label-guided") is registry.get("training.objectives", "label_guided")
    assert "optimisers" not in registry.names("search"), "a room inside a room"


def test_an_entry_that_comes_and_goes_while_the_app_runs_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_folders", lambda room: (tmp_path,))
    assert registry.names("slow") == []
    for when, change in enumerate((Path.touch, Path.unlink), 1):
        change(tmp_path / "quilt.py")
        os.utime(tmp_path, (when, when))  # clocks of files may stand still for some milliseconds
        assert registry.names("slow") == (["quilt"] if when == 1 else [])
