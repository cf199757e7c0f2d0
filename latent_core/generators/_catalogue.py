"""The list of generator families as serving sees it: what generators.json beside the shared graphs says of each."""

from functools import cache

import msgspec

from latent_core.graphs.graph import SHARED

LIST = "generators.json"


class Family(msgspec.Struct, frozen=True):
    """A family: `name` is its graph (generate_NAME) and its word in links; inputs are those of its graph.

    latent: the kind of latent that it is for, "" for any; own: the file of a model's folder that holds the graph where
    each model has one of its own, "" where all share one.
    """

    name: str
    title: str
    meaning: str
    equation: str
    inputs: tuple[str, ...]
    latent: str = ""
    own: str = ""


@cache
def every() -> tuple[Family, ...]:
    """Every family that ships, the paper's first."""
    return tuple(msgspec.json.decode((SHARED / LIST).read_bytes(), type=list[Family]))


def families(latent: str = "") -> tuple[Family, ...]:
    """The families for models of a kind of latent (`card.latent.kind`), the paper's first; "": those for all."""
    return tuple(one for one in every() if one.latent in ("", latent))


def family(name: str) -> Family:
    """A family by name.

    Raises:
        ValueError: there is none; the message says which there are.
    """
    known = {one.name: one for one in every()}
    if name not in known:
        raise ValueError(f"there is no family of generators {name!r}; there are {list(known)}")
    return known[name]
