"""The recipe of a blend: one small record that the link, the CLI, Python and every exported file share."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, Protocol

from latent_core import registry
from latent_core.blends import every, methods, named
from latent_core.language import known, many, mark, t
from latent_core.recipes import limits, lists
from latent_core.recipes.limits import Limit, short, shown
from latent_core.recipes.theta import Theta
from latent_core.recipes.untrusted import Notice, among, finite, number, one_of, plain
from latent_core.recipes.where import Where

MOST_CLASSES = int(limits.CLASSES.high)
MOST_PAINT = 20_000
"""Characters of paint that are looked at; 40 classes with names of 250 letters need fewer."""


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

    def method(self, dataset: str) -> str:
        """Blending method of a first visit; "" is the first of the list."""

    def components(self, dataset: str) -> int:
        """Number of components of the dataset's linear model (the largest `k`), 0 without one."""

    def grid(self, dataset: str, model: str) -> tuple[int, int]:
        """Classes of the dataset itself and latent dimensions of the model: the size of a pattern."""

    def latent_kind(self, dataset: str, model: str) -> str:
        """Kind of latent that the model has, which some blending methods need."""

    def unpaintable(self, dataset: str) -> str:
        """Why nobody can paint where classes of the dataset show, as a sentence; "" where one can."""


@dataclass(frozen=True)
class Recipe:
    """A blend in full; a link and JSON hold all of it, so what they cannot hold is refused here (`recipes.limits`).

    w: (class name, amount 0..100 to 6 significant digits) of 1 to 40 chosen classes, in the dataset's order; theta:
    multiplier of each class's own spread; n draws averaged, 1..10; seed 0..2^32-1; method: of
    `latent_core.blends.methods()`, or the slower one that made the picture; depth 0..4, of methods that use it; k:
    components of the eigen-image; where: paint of chosen classes, whose order it has; paint of others is dropped.

    Raises:
        ValueError: a value that no recipe can hold; the message names it and its limits.
    """

    data: str
    model: str
    w: tuple[tuple[str, float], ...]
    theta: Theta = field(default_factory=Theta)
    n: int = 1
    seed: int = 1
    method: str = "decoded_mean"
    depth: int = 4
    k: int = 50
    where: Where = field(default_factory=Where)

    def __post_init__(self) -> None:
        names = [name for name, _ in self.w]
        if len(names) not in limits.CLASSES:
            count = t("the number of classes")
            raise ValueError(
                t("{name} must be a {limit}; it was {given}", name=count, limit=limits.CLASSES, given=len(names))
            )
        if len(set(names)) < len(names):
            raise ValueError(f"a class can be in a blend once only; it was given {names}")
        if not isinstance(self.theta, Theta):
            raise ValueError(f"theta must be a Theta, such as Theta(0.4); it was {self.theta!r}")
        if not isinstance(self.where, Where):
            raise ValueError(f"where must be a Where, such as Where.from_text('...'); it was {self.where!r}")
        if self.method not in _methods():
            raise ValueError(f"there is no blending method {self.method!r}; there are {list(_methods())}")
        checked = {
            "w": tuple(
                (name, limits.AMOUNT.check(t("the amount of {name}", name=name), amount)) for name, amount in self.w
            ),
            "n": limits.N.check("n", self.n),
            "seed": limits.SEED.check("seed", self.seed),
            "depth": limits.DEPTH.check("depth", self.depth),
            "k": limits.COMPONENTS.check("k", self.k),
            "where": self.where.only(names),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Recipe":
        """The recipe that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: it is none; `parse` takes what anybody may have written.
        """
        found = {**values, "w": tuple(values["w"].items()), "theta": Theta(values["theta"], values["pattern"])}
        found["where"] = Where.from_text(values.get("where", ""))  # which records of before do not have
        del found["pattern"]
        return cls(**found)

    @property
    def slug(self) -> str:
        """The model's full name, like mnist/elbo-10."""
        return f"{self.data}/{self.model}"

    def shares(self) -> dict[str, float]:
        """Amounts over their sum; equal parts when every amount is 0."""
        total = math.fsum(amount for _, amount in self.w)
        return {name: (amount / total if total > 0 else 1 / len(self.w)) for name, amount in self.w}

    def to_json(self) -> dict[str, Any]:
        """The recipe as plain JSON; `parse` and `from_json` read it back."""
        amounts = {name: short(amount) for name, amount in self.w}
        theta = {"theta": short(self.theta.scale), "pattern": self.theta.pattern}
        return {**self.__dict__, "w": amounts, **theta, "where": self.where.text}

    def to_query(self) -> dict[str, str]:
        """Query parameters; depth, pattern and where only if they say something, so that links stay short."""
        amounts = ",".join(f"{lists.escaped(name)}:{short(amount)}" for name, amount in self.w)
        query = {"data": self.data, "model": self.model, "w": amounts, "theta": f"{short(self.theta.scale)}"}
        query |= {"n": f"{self.n}", "seed": f"{self.seed}", "method": self.method}
        depth_counts = any(one.uses_depth for one in every() if one.name == self.method)
        query |= {"depth": f"{self.depth}"} if depth_counts or self.depth != Recipe.depth else {}
        query |= {"k": f"{self.k}"}
        query |= {"pattern": self.theta.pattern} if self.theta.pattern else {}
        return query | ({"where": self.where.text} if self.where else {})


@cache
def _methods() -> tuple[str, ...]:
    """Names of every way to make a picture, the slower ones last."""
    return (*(one.name for one in every()), *registry.names("slow"))


def parse(values: Mapping[str, Any], catalogue: Catalogue) -> tuple[Recipe, list[Notice]]:
    """The recipe in untrusted values (a query string or JSON), and a sentence about each thing that was not taken.

    Raises:
        LookupError: the catalogue has no dataset that can be opened.
    """
    said: list[Notice] = []
    if not catalogue.datasets():
        raise LookupError("No dataset can be opened: the models folder is empty or every dataset in it is broken.")
    data = one_of(values, "data", catalogue.datasets(), _first(catalogue.datasets()), mark("dataset"), said)
    default_model, start = catalogue.start(data)
    names = catalogue.models(data)
    usual = default_model if default_model in names else names[0]
    model = one_of(values, "model", names, usual, mark("model"), said)
    chosen = _weights(values.get("w"), catalogue.classes(data), said)
    most = catalogue.components(data)
    w = chosen or _even(start, catalogue.classes(data))
    recipe = Recipe(
        data=data,
        model=model,
        w=w,
        theta=_theta(values, catalogue.grid(data, model), said),
        n=int(number(values, "n", Recipe.n, limits.N, said)),
        seed=int(number(values, "seed", Recipe.seed, limits.SEED, said)),
        method=_method(values, catalogue.latent_kind(data, model), catalogue.method(data), said),
        depth=int(number(values, "depth", Recipe.depth, limits.DEPTH, said)),
        k=int(number(values, "k", most, Limit(min(1, most), most, whole=True), said)),
        where=_where(values.get("where"), [name for name, _ in w], catalogue.unpaintable(data), said),
    )
    if values.get("method") in registry.names("slow"):
        slower = t("{method} is one of the slower ways to blend.", method=plain(values["method"]))
        said.append(Notice(t("The slower ways to blend have buttons of their own, below the mixer."), slower))
    if all(amount == 0 for _, amount in recipe.w):
        said.append(Notice(t("Every amount is 0, so the classes share equally.")))
    return recipe, said


def left_out(values: Mapping[str, Any], link: bool, linear: bool) -> list[str]:
    """Fields without a value that the picture depends on; `parse` fills them in, which not everybody may want.

    Args:
        values: what a recipe was read from.
        link: whether that was a link, which says only what counts; a file holds every field.
        linear: whether its model is made of components.
    """
    counts = {"depth": any(one.uses_depth for one in every() if one.name == values.get("method")), "k": linear}
    known = [one.name for one in fields(Recipe) if one.name != "where"]  # without it there is no paint
    wanted = [name for name in known if counts.get(name, True)] if link else [*known, "pattern"]
    empty = ("",) if link else ()  # the pattern of a file may be empty, and its other fields are looked at anyway
    return [name for name in wanted if values.get(name) is None or values[name] in empty]


def with_model(recipe: Recipe, slug: str, catalogue: Catalogue) -> Recipe:
    """The same recipe for another model, without the pattern, as its dimensions are others; with the usual method where
    its latent is not of the kind that the recipe's method needs; another dataset starts with its own classes, and where
    the method was the usual one, with its own."""
    data, model = slug.split("/", 1)
    if slug == recipe.slug:
        return recipe
    if not_for(recipe.method, catalogue.latent_kind(data, model)):
        recipe = replace(recipe, method=every()[0].name)
    if data == recipe.data:
        return replace(recipe, model=model, theta=Theta(recipe.theta.scale))
    if recipe.method == usual_method(recipe.data, catalogue):
        recipe = replace(recipe, method=usual_method(data, catalogue))
    _, start = catalogue.start(data)
    own = _even(start, catalogue.classes(data))
    theta = Theta(recipe.theta.scale)
    k = catalogue.components(data)
    return replace(recipe, data=data, model=model, w=own, theta=theta, k=k, where=Where())


def usual_method(data: str, catalogue: Catalogue) -> str:
    """The blending method that a dataset's first visit has."""
    return catalogue.method(data) or every()[0].name


def not_for(method: str, latent: str) -> str:
    """Why models of that kind of latent have no such blending method, and what they show instead, as a sentence; ""
    where they have it."""
    wanted = next((one for one in every() if one.name == method and one.latent not in ("", latent)), None)
    if wanted is None:
        return ""
    return t(
        "“{method}” is for models of {latent}, so this one shows “{usual}”.",
        method=known(wanted.title), latent=known(wanted.latent), usual=known(every()[0].title),
    )  # fmt: skip


def _method(values: Mapping[str, Any], latent: str, usual: str, said: list[Notice]) -> str:
    """The blending method out of its untrusted value; the usual one where this kind of latent has no such method."""
    names = [one.name for one in methods(latent)]
    given = values.get("method")
    sentence = not_for(given, latent) if isinstance(given, str) else ""
    if sentence:
        wanted = named(str(given))
        latents = {"method": wanted.name, "latent": known(wanted.latent)}
        said.append(Notice(sentence, t("The method {method} is for models of {latent}, and this is none.", **latents)))
        return names[0]
    return one_of(values, "method", names, usual if usual in names else names[0], mark("blending method"), said)


def _even(names: Sequence[str], classes: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Equal amounts of the named classes, in the dataset's order."""
    return tuple((name, 50.0) for name in classes if name in names)


KEPT = ("data", "model", "w")
"""What a link always says: which of these comes first by itself may change when others ship."""


def shortest(query: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Parameters of a link without those that say what it means without them; it is parsed to the same recipe."""
    whole, _ = parse(query, catalogue)
    kept = dict(query)
    for name in query:
        fewer = {other: value for other, value in kept.items() if other != name}
        if name not in KEPT and name in _fields() and parse(fewer, catalogue) == (whole, []):
            kept = fewer
    return kept


@cache
def _fields() -> frozenset[str]:
    """Names of a recipe's parameters; a link may have others beside them."""
    return frozenset((*(one.name for one in fields(Recipe)), "pattern"))


def _first(datasets: Sequence[str]) -> str:
    """The dataset of a first visit."""
    return "mnist" if "mnist" in datasets else datasets[0]


def _theta(values: Mapping[str, Any], grid: tuple[int, int], said: list[Notice]) -> Theta:
    """Theta out of its two untrusted values; all of it everywhere where the pattern does not fit the grid."""
    scale, pattern = number(values, "theta", Theta.scale, limits.THETA, said), values.get("pattern")
    if pattern is None or pattern == "":
        return Theta(scale)
    try:
        if isinstance(pattern, str) and len(pattern) <= 2 * grid[0] * grid[1] + 4:
            found = Theta(scale, pattern)
            found.cells(grid)
            return found
    except ValueError:
        pass
    lost = t("The pattern of theta in the link does not fit this model, so every dimension gets all of theta.")
    said.append(Notice(lost, t("The pattern of theta does not fit this model.")))
    return Theta(scale)


def _where(given: Any, chosen: Sequence[str], unpaintable: str, said: list[Notice]) -> Where:
    """The paint out of its untrusted value, as far as it is of chosen classes; none where it is no such text."""
    if given is None or given == "":
        return Where()
    try:
        found = Where.from_text(given if isinstance(given, str) and len(given) <= MOST_PAINT else "?")
    except ValueError:
        what = t("“where” in the link says nothing that can be read, so no class is painted.")
        said.append(Notice(what, t("where is no paint, such as Medley writes it.")))
        return Where()
    if found and unpaintable:
        said.append(Notice(t("{why} The paint was left out.", why=unpaintable), unpaintable))
        return Where()
    others = [name for name in found.names if name not in chosen]
    if others:
        name = plain(others[0])
        what = t("{name} is painted and not chosen, so that paint was left out.", name=name)
        said.append(Notice(what, t("{name} is painted and not chosen.", name=name)))
    return found


def _weights(given: Any, classes: Sequence[str], said: list[Notice]) -> tuple[tuple[str, float], ...]:
    """Amounts by class in the dataset's order, from "3:50,8:50" or {"3": 50}; what does not fit is left out."""
    if given is None or given == "":
        return ()
    pairs: list[tuple[str, Any]]
    if isinstance(given, Mapping):
        pairs = [(str(name), amount) for name, amount in list(given.items())[: 10 * MOST_CLASSES]]
    else:
        text = given if isinstance(given, str) else shown(given)
        parts = [part.partition(":") for part in text[:20_000].split(",")[: 10 * MOST_CLASSES]]
        pairs = [(lists.plain(name), amount if colon else 50) for name, colon, amount in parts]
    amounts: dict[str, float] = {}
    unknown: list[str] = []
    bad: list[str] = []
    for name, raw in pairs:
        amount = finite(raw)
        if name not in classes:
            unknown.append(plain(name))
        elif amount is None or amount not in limits.AMOUNT:
            bad.append(plain(raw))
        elif len(amounts) < MOST_CLASSES or name in amounts:
            amounts[name] = amount
    if unknown:
        what = many(
            len(unknown),
            "{n} of the classes asked for are not in this dataset and were left out.",
            "{n} of the classes asked for are not in this dataset and were left out.",
        )
        there = t("There is no class “{name}”; there are {known}.", name=unknown[0], known=among(classes))
        said.append(Notice(what, there))
    if bad:
        what = many(
            len(bad),
            "{n} amounts were not numbers from 0 to 100 and were left out.",
            "{n} amounts were not numbers from 0 to 100 and were left out.",
        )
        said.append(Notice(what, t("An amount must be a {limit}; it was {given}.", limit=limits.AMOUNT, given=bad[0])))
    if not amounts:
        there = t("No class of this dataset was chosen; there are {known}.", known=among(classes))
        said.append(Notice(t("No class of this dataset was chosen, so the first ones are shown."), there))
    return tuple((name, amounts[name]) for name in classes if name in amounts)
