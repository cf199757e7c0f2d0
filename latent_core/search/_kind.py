"""What a kind of search is: a family of generators, how many thetas there are, and who looks for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Groups = Sequence[tuple[int, ...]]
"""Classes that share a row of theta; together all classes, each once."""


@dataclass(frozen=True)
class Form:
    """How many thetas a search has.

    groups: which of so many classes share a row of theta. rounds: of optimisation; with 0 only calibration decides.
    steps: thetas end in so many steps of 0..1. start: scale in thousandths at which calibration begins; width: to how
    many thousandths it goes.
    """

    name: str
    groups: Callable[[int], Groups]
    rounds: int
    steps: int
    start: int
    width: int


SIMPLE = Form("simple", lambda classes: [tuple(range(classes))], rounds=0, steps=1000, start=400, width=1)
"""One theta for all. It is one number, so that it may be finer than a pattern's cells."""
MEDIUM1 = Form("medium1", lambda classes: [tuple(range(classes))], rounds=5, steps=100, start=1000, width=5)
"""One theta per latent dimension; all classes share one row."""
MEDIUM2 = Form("medium2", lambda classes: [(y,) for y in range(classes)], rounds=5, steps=100, start=1000, width=5)
"""One theta per dimension and class. A class's row touches nothing but its own pictures, so that this is one search per
class with one common price of an error, and not one search of classes x dimensions numbers."""


@dataclass(frozen=True)
class Optimiser:
    """What looks for a row of thetas.

    title and meaning are for people. budget: settings
    tried per row, where an order does not say. needs: a package that serving may lack, or "".
    """

    title: str
    meaning: str
    budget: int
    needs: str


BISECTION = Optimiser("Bisection", "Halves the range until it is narrow.", budget=0, needs="")
"""What finds the one theta of SIMPLE: calibration, which every search ends with."""


@dataclass(frozen=True)
class Kind:
    """A kind of search: what may vary, and in which family of generators.

    title and meaning are for people. family: of `latent_core.generators`. filtered: draws that the latent classifier
    doubts are thrown away.
    """

    title: str
    meaning: str
    family: str
    form: Form
    filtered: bool
