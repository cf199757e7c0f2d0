"""One recipe through all models of its dataset: what each makes of it, and the figures on their cards side by side."""

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from latent_core.artifacts import DEPTH_WORDS, BrokenFolder, ModelCard
from latent_core.artifacts.card import Metric
from latent_core.blends import every
from latent_core.evidence import Reading
from latent_core.graphs.graph import GraphFailed
from latent_core.language import known, t
from latent_core.models.library import Library
from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.models.spectrum import squared_error
from latent_core.recipes.recipe import Recipe
from latent_core.titles import model_title

SURE = 2.0
"""Standard errors by which two figures must differ before one of them is called better."""
BETTER = {
    "cross-entropy": "lower",
    "squared error": "lower",
    "k-NN (10)": "higher",
    "classifier on reconstructions": "higher",
    "own classifier on reconstructions": "higher",
}
"""Which way figures are better, whatever a card says: a code that is to know no class has a goal the other way."""
SHARE = "share"
"""The unit of figures that count pictures, so that their error is known: each picture is right or wrong."""


@dataclass(frozen=True)
class Standing:
    """What one model makes of a recipe: its reading, or why there is none.

    error: squared error per pixel on its card, nan where it is not there.
    """

    slug: str
    title: str
    error: float
    reading: Reading | None
    why: str = ""

    @property
    def least(self) -> tuple[str, float]:
        """The weakest class of the blend and its bits; "" and nan where nothing was read."""
        bits = {name: self.reading.bits[name] for name in self.reading.chosen} if self.reading else {}
        return min(bits.items(), key=lambda one: one[1]) if bits else ("", math.nan)


def cannot(card: ModelCard, recipe: Recipe) -> str:
    """Why a model cannot blend as the recipe asks, in a sentence; "" where it can."""
    method = next((one for one in every() if one.name == recipe.method), None)
    if method and method.latent not in ("", card.latent.kind):
        return t(
            "{method} is for models of {latent}, and {model} is none. Choose another blending method.",
            method=known(method.title), latent=known(method.latent), model=model_title(card.title),
        )  # fmt: skip
    if not (method and method.uses_depth) or recipe.depth in card.averages_at:
        return ""
    return t(
        "{model} cannot average at {depth}. Choose another depth or blending method.",
        model=model_title(card.title), depth=known(DEPTH_WORDS[recipe.depth]),
    )  # fmt: skip


def standings(
    recipe: Recipe, library: Library, open_model: Callable[[str], Model], only: Container[str] | None = None
) -> list[Standing]:
    """What every model of the recipe's dataset makes of it, the best first; those that cannot come last, with why.

    Args:
        open_model: opens a model by its slug, with the groups that the recipe names.
        only: slugs of those that are asked; None is all.

    Raises:
        NoJudge: the dataset has no judge that fits.
    """
    asked = [card for card in cards(recipe.data, library) if only is None or card.slug in only]
    found = [_standing(recipe, card, open_model) for card in asked]
    broken = [
        Standing(slug, slug.split("/", 1)[1], math.nan, None, why) for slug, why in broken_of(recipe.data, library)
    ]
    return sorted([*found, *broken], key=_rank)


def cards(dataset: str, library: Library) -> list[ModelCard]:
    """Cards of the dataset's models that can be opened."""
    return [library.model_cards[f"{dataset}/{name}"] for name in library.models(dataset)]


def broken_of(dataset: str, library: Library) -> list[tuple[str, str]]:
    """(slug, sentence) of the dataset's models that cannot be opened."""
    return [(slug, why) for slug, why in library.broken.items() if slug.startswith(f"{dataset}/")]


def _standing(recipe: Recipe, card: ModelCard, open_model: Callable[[str], Model]) -> Standing:
    error, why = squared_error(card)[0], cannot(card, recipe)
    reading = None
    if not why:
        try:
            reading = measure(open_model(card.slug), recipe)
        except (BrokenFolder, GraphFailed, ValueError) as problem:
            why = str(problem)
    return Standing(card.slug, card.title, error, reading, why)


def _rank(one: Standing) -> tuple[bool, int, float, str]:
    """More classes first, then the more bits of the weakest one; `ranked` of web/engine/contest.js orders alike."""
    if one.reading is None:
        return True, 0, 0.0, one.title
    least = one.least[1]
    return False, -one.reading.k, 0.0 if math.isnan(least) else -least, one.title


@dataclass(frozen=True)
class Cell:
    """A figure of one model: its value and standard error, nan where unknown, and whether it is marked as best."""

    value: float
    error: float
    best: bool = False


@dataclass(frozen=True)
class Figure:
    """One figure of all models: what, its unit and split, on how many pictures, which way is better, "" where neither.

    cells: a cell per model in their order, None where the card does not say it.
    """

    what: str
    unit: str
    split: str
    n: int
    better: str
    cells: list[Cell | None]


def figures(models: Sequence[ModelCard]) -> list[Figure]:
    """Every figure on the models' cards, a row per kind of figure.

    The best value is marked together with those that cannot be told from it, where at least one other can be:
    it is better than that by more than two standard errors of the difference. Without known errors nothing is marked.
    """
    kinds = dict.fromkeys(_kind(one) for card in models for one in card.metrics)
    found = []
    for kind in kinds:
        at = [next((one for one in card.metrics if _kind(one) == kind), None) for card in models]
        what, unit, split, n = kind
        ways = {one.better for one in at if one and one.better}
        better = BETTER.get(what) or (ways.pop() if len(ways) == 1 else "")
        cells = [None if one is None else Cell(one.value, standard_error(one)) for one in at]
        found.append(Figure(what, unit, split, n, better, _marked(cells, better)))
    return found


def _kind(one: Metric) -> tuple[str, str, str, int]:
    return one.what, one.unit, one.split, one.n


def standard_error(one: Metric) -> float:
    """Of a share of n pictures, sqrt(p (1 - p) / n); nan for all other figures, whose spread no card says."""
    if one.unit != SHARE or one.n < 1 or not 0 <= one.value <= 1:
        return math.nan
    return math.sqrt(one.value * (1 - one.value) / one.n)


def _marked(cells: list[Cell | None], better: str) -> list[Cell | None]:
    known = [one for one in cells if one and not math.isnan(one.error)]
    if not better or len(known) < 2 or len(known) < len([one for one in cells if one]):
        return cells
    sign = 1 if better == "higher" else -1
    best = max(known, key=lambda one: sign * one.value)

    def worse(one: Cell) -> bool:
        return sign * (best.value - one.value) > SURE * math.hypot(best.error, one.error)

    if not any(worse(one) for one in known):
        return cells
    return [None if one is None else Cell(one.value, one.error, not worse(one)) for one in cells]


def table(found: Iterable[Standing]) -> list[list[str]]:
    """The standings as text, a header first: what `compare` prints and writes."""
    rows = [["model", "classes in it", "weakest class", "its bits", "sharpness", "squared error", "note"]]
    for one in found:
        name, bits = one.least
        read = one.reading
        rows.append(
            [
                one.slug,
                f"{read.k} of {read.n}" if read else "",
                name,
                "" if math.isnan(bits) else f"{bits:+.2f}",
                f"{read.sharpness:.3f}" if read else "",
                "" if math.isnan(one.error) else f"{one.error:.5f}",
                one.why or (read.note if read else ""),
            ]
        )
    return rows
