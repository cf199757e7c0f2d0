"""The list of blending methods as serving sees it: names and meanings from the index of the shared graphs."""

from functools import cache
from typing import Literal

import msgspec

from latent_core.graphs.graph import SHARED


class Method(msgspec.Struct, frozen=True):
    """A blending method: `name` is its graph and recipe word, `title` and `meaning` are what people read.

    finish: it has a second graph, finish_NAME.onnx, which makes one picture of the classes decoded on their own; means:
    which latents stand for a class, its mean or the centre of its biggest cluster; latent: the kind of latent that it
    needs, "" for any.
    """

    name: str
    title: str
    meaning: str
    uses_depth: bool
    finish: bool = False
    means: Literal["mean", "biggest"] = "mean"
    latent: str = ""


@cache
def every() -> tuple[Method, ...]:
    """Every blending method that ships, the default first."""
    return tuple(msgspec.json.decode((SHARED / "index.json").read_bytes(), type=list[Method]))


def methods(latent: str = "") -> tuple[Method, ...]:
    """The methods for models of a kind of latent (`card.latent.kind`), the default first; "": those for all."""
    return tuple(one for one in every() if one.latent in ("", latent))


def named(name: str) -> Method:
    """The method of that name.

    Raises:
        ValueError: there is none; the message says which there are.
    """
    found = next((one for one in every() if one.name == name), None)
    if found is None:
        raise ValueError(f"latent_core.blends has no {name!r}; it has {[one.name for one in every()]}")
    return found
