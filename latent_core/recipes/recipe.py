"""The recipe of a blend: one small record that the link, the CLI, Python and every exported file share."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import quote, unquote

from latent_core import registry
from latent_core.blends import methods
from latent_core.recipes import theta as patterns
from latent_core.recipes.untrusted import finite, number, one_of, short

MAX_CLASSES, MAX_SEED = 40, 2**32 - 1


class Catalogue(Protocol):
    """What parsing needs to know about the shipped models."""

    def datasets(self) -> Sequence[str]:
        """Slugs that can be opened."""

    def models(self, dataset: str) -> Sequence[str]:
        """Names of the dataset's models that can be opened, without the dataset's slug."""

    def classes(self, dataset: str) -> Sequence[str]:
        """All class names."""

    def start(self, dataset: str) -> tuple[str, Sequence[str]]:
        """Default model and the classes chosen at first."""

    def components(self, dataset: str) -> int:
        """Number of components of the dataset's linear model (the largest `k`), 0 without one."""

    def grid(self, dataset: str, model: str) -> tuple[int, int]:
        """Classes of the dataset itself and latent dimensions of the model: the size of a pattern."""


@dataclass(frozen=True)
class Recipe:
    """A blend in full.

    w: (class name, amount 0..100) of the chosen classes, in the dataset's order; theta 0..1 times each class's own
    spread; n draws averaged, 1..10; seed 0..2^32-1; depth 0..4 (averaging depth only); k components of the eigen-image.
    pattern: what of theta each class and latent dimension gets (`latent_core.recipes.theta`), "" for all of it.
    """

    data: str
    model: str
    w: tuple[tuple[str, float], ...]
    theta: float = 0.0
    n: int = 1
    seed: int = 1
    method: str = "decoded_mean"
    depth: int = 4
    k: int = 50
    pattern: str = ""

    @property
    def slug(self) -> str:
        """The model's full name, like mnist/elbo-10."""
        return f"{self.data}/{self.model}"

    def shares(self) -> dict[str, float]:
        """Amounts over their sum; equal parts when every amount is 0."""
        total = math.fsum(amount for _, amount in self.w)
        return {name: (amount / total if total > 0 else 1 / len(self.w)) for name, amount in self.w}

    def to_json(self) -> dict[str, Any]:
        """The recipe as plain JSON; `parse` reads it back."""
        return {**self.__dict__, "w": {name: short(amount) for name, amount in self.w}, "theta": short(self.theta)}

    def to_query(self) -> dict[str, str]:
        """Query parameters; depth and pattern only where they say something."""
        amounts = ",".join(f"{quote(name, safe='')}:{short(amount)}" for name, amount in self.w)
        query = {"data": self.data, "model": self.model, "w": amounts, "theta": f"{short(self.theta)}"}
        query |= {"n": f"{self.n}", "seed": f"{self.seed}", "method": self.method}
        query |= {"depth": f"{self.depth}"} if self.method == "averaging_depth" else {}
        query |= {"k": f"{self.k}"}
        return query | ({"pattern": self.pattern} if self.pattern else {})


def parse(values: Mapping[str, Any], catalogue: Catalogue) -> tuple[Recipe, list[str]]:
    """The recipe in untrusted values (a query string or JSON), and a sentence about each thing that was not taken.

    Raises:
        LookupError: the catalogue has no dataset that can be opened.
    """
    said: list[str] = []
    if not catalogue.datasets():
        raise LookupError("No dataset can be opened: the models folder is empty or every dataset in it is broken.")
    data = one_of(values, "data", catalogue.datasets(), _first(catalogue.datasets()), "dataset", said)
    default_model, start = catalogue.start(data)
    names = catalogue.models(data)
    model = one_of(values, "model", names, default_model if default_model in names else names[0], "model", said)
    chosen = _weights(values.get("w"), catalogue.classes(data), said)
    most = catalogue.components(data)
    recipe = Recipe(
        data=data,
        model=model,
        w=chosen or _even(start, catalogue.classes(data)),
        theta=number(values, "theta", 0.0, 0.0, 1.0, said),
        n=int(number(values, "n", 1, 1, 10, said, whole=True)),
        seed=int(number(values, "seed", 1, 0, MAX_SEED, said, whole=True)),
        method=one_of(values, "method", [m.name for m in methods()], methods()[0].name, "blending method", said),
        depth=int(number(values, "depth", 4, 0, 4, said, whole=True)),
        k=int(number(values, "k", most, min(1, most), most, said, whole=True)),
        pattern=patterns.taken(values.get("pattern"), catalogue.grid(data, model), said),
    )
    if values.get("method") in registry.names("slow"):
        said.append("The slower ways to blend have buttons of their own, below the mixer.")
    if all(amount == 0 for _, amount in recipe.w):
        said.append("Every amount is 0, so the classes share equally.")
    return recipe, said


def with_model(recipe: Recipe, slug: str, catalogue: Catalogue) -> Recipe:
    """The same recipe for another model, without the pattern, as its dimensions are others; another dataset starts with
    its own classes."""
    data, model = slug.split("/", 1)
    if slug == recipe.slug:
        return recipe
    if data == recipe.data:
        return replace(recipe, model=model, pattern="")
    _, start = catalogue.start(data)
    own = _even(start, catalogue.classes(data))
    return replace(recipe, data=data, model=model, w=own, k=catalogue.components(data), pattern="")


def _even(names: Sequence[str], classes: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Equal amounts of the named classes, in the dataset's order."""
    return tuple((name, 50.0) for name in classes if name in names)


def _first(datasets: Sequence[str]) -> str:
    """The dataset of a first visit."""
    return "mnist" if "mnist" in datasets else datasets[0]


def _weights(given: Any, classes: Sequence[str], said: list[str]) -> tuple[tuple[str, float], ...]:
    """Amounts by class in the dataset's order, from "3:50,8:50" or {"3": 50}; what does not fit is left out."""
    if given is None or given == "":
        return ()
    pairs: list[tuple[str, Any]]
    if isinstance(given, Mapping):
        pairs = [(str(name), amount) for name, amount in list(given.items())[: 10 * MAX_CLASSES]]
    else:
        parts = [part.partition(":") for part in str(given)[:20_000].split(",")[: 10 * MAX_CLASSES]]
        pairs = [(unquote(name), amount if colon else 50) for name, colon, amount in parts]
    amounts: dict[str, float] = {}
    unknown = bad = 0
    for name, raw in pairs:
        amount = finite(raw)
        if name not in classes:
            unknown += 1
        elif amount is None or not 0 <= amount <= 100:
            bad += 1
        elif len(amounts) < MAX_CLASSES or name in amounts:
            amounts[name] = amount
    if unknown:
        said.append(f"{unknown} of the classes asked for are not in this dataset and were left out.")
    if bad:
        said.append(f"{bad} amounts were not numbers from 0 to 100 and were left out.")
    if not amounts:
        said.append("No class of this dataset was chosen, so the first ones are shown.")
    return tuple((name, amounts[name]) for name in classes if name in amounts)
