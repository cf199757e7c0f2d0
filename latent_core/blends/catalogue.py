"""The list of blending methods as serving sees it: names and meanings from web/graphs/index.json."""

from functools import cache
from pathlib import Path

import msgspec


class Method(msgspec.Struct, frozen=True):
    """A blending method: `name` is its graph and recipe word, `title` and `meaning` are what people read."""

    name: str
    title: str
    meaning: str
    uses_depth: bool


def graphs_folder() -> Path:
    """web/graphs, beside the package."""
    return Path(__file__).resolve().parents[2] / "web" / "graphs"


@cache
def methods() -> tuple[Method, ...]:
    """Every blending method that ships, the default first."""
    return tuple(msgspec.json.decode((graphs_folder() / "index.json").read_bytes(), type=list[Method]))
